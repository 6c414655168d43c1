"""An examination in which the server's processes are killed one after another: nothing is lost."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.engine import make_url

from bench.examination import examine
from bench.installation import Installation
from bench.measure import tree
from bench.servers import Server
from lms.assessment.models import Attempt
from lms.assessment.queries.replay import replay
from lms.foundation.db.engine import engine_for

PEOPLE, KILLS = 40, 3


@pytest.fixture
def house(database_kind: str) -> Iterator[Installation]:
    """An installation of its own, durable as in production."""
    found = Installation(database_kind)
    yield found
    found.close()


def test_every_acknowledged_answer_survives_whatever_is_killed(house: Installation) -> None:
    laid = house.lay(PEOPLE, 0)
    server = house.serve()
    over = threading.Event()
    killed: list[str] = []
    killer = threading.Thread(target=_kill, args=(server, over, killed))
    try:
        killer.start()
        found = examine(server.port, laid, PEOPLE, within=8, pace=0.8, rounds=2)
    finally:
        over.set()
        killer.join()
        server.stop()
    assert len(killed) == KILLS
    assert found.repeated  # somebody noticed
    assert len(found.saved) == PEOPLE * 20
    assert house.lost(found.saved) == 0
    engine = engine_for(make_url(house.database_url()))
    with engine.connect() as connection:
        attempts = connection.execute(select(Attempt.uid, Attempt.handed_in_at)).all()
        assert len(attempts) == PEOPLE
        assert all(each.handed_in_at for each in attempts)
        assert [replay(connection, each.uid).wrong for each in attempts] == [None] * PEOPLE
    engine.dispose()


def _kill(server: Server, over: threading.Event, killed: list[str]) -> None:
    """One web process, the whole web server, the worker of tasks: in some order, at some moment."""
    victims: dict[str, Callable[[], int]] = {
        "a web process": lambda: tree(server.child("lms.web"))[-1],
        "the web server": lambda: server.child("lms.web"),
        "the worker": lambda: server.child("worker"),
    }
    chance = Random(7)
    for name in chance.sample(sorted(victims), KILLS):
        if over.wait(chance.uniform(3, 6)):
            return
        os.kill(victims[name](), signal.SIGKILL)
        killed.append(name)
