"""Every page costs a known number of statements, and asks nothing once for each row of a list."""

from collections import Counter

import pytest

from tests.pages.sights import SIGHTS
from tests.pages.town import Town
from tests.statements import statements

#: What opening a page may cost, and how often it may ask the same (with other values).
MOST, SAME = 20, 4
#: What gathers more than other pages: of two accounts, or of two whole states of a programme.
DEARER = {"desk.merge": (37, 7), "authoring.version": (23, 4)}


@pytest.mark.parametrize("group", SIGHTS)
def test_every_page_asks_a_known_number_of_times(group: str, settled: Town) -> None:
    engine = settled.room.db.engine
    wrong = []
    for sight in SIGHTS[group]:
        client = settled.room.app.test_client()
        for cookie in settled.cookies(sight.who):
            client.set_cookie(cookie["name"], cookie["value"])
        path = sight.path(settled)
        client.get(path)  # what a process reads once and keeps has been read
        with statements(engine) as seen:
            client.get(path)
        most, same = DEARER.get(sight.endpoint, (MOST, SAME))
        again = [f"{times} × {text}" for text, times in Counter(seen).items() if times > same]
        if len(seen) > most or again:
            wrong.append("\n  ".join([f"{sight.name}: {len(seen)} of {most}", *again]))
    assert not wrong, "\n".join(wrong)
