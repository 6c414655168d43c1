import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.errors import TooMany
from lms.foundation.web.limits import Limit, give_back, take
from lms.foundation.web.models import Count

TRIES = Limit("tries", 3, 900)
MANY = Limit("many", 100, 900)


def miss(app, *places):
    with app.test_request_context():
        TRIES.miss(*places)


def check(app, *places):
    with app.test_request_context():
        TRIES.check(*places)


def test_whoever_has_used_up_their_misses_waits_for_the_next_window(app, clock):
    clock.now = clock.now.replace(minute=0, second=0)
    for _ in range(3):
        check(app, "here")
        miss(app, "here", "there")
    with pytest.raises(TooMany) as refused:
        check(app, "elsewhere", "there")
    assert refused.value.retry_after == 901
    check(app, "elsewhere")
    clock.now += timedelta(minutes=15)
    check(app, "here", "there")


def test_misses_at_the_same_moment_are_all_counted(app, db):
    threads = [threading.Thread(target=miss, args=(app, "here")) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with db.reading() as session:
        assert session.scalars(select(Count.times)).all() == [6]


def test_tries_at_the_same_moment_are_no_more_than_are_allowed(app, db):
    """Each is counted before it is judged, so a crowd gets no further than one after another."""
    answers = []

    def attempt() -> None:
        with app.test_request_context():
            try:
                take((TRIES, "here"), (MANY, "anywhere"))
                answers.append("judged")
            except TooMany as refused:
                answers.append(refused.params["minutes"])

    threads = [threading.Thread(target=attempt) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers.count("judged") == 3
    assert len(answers) == 8


def test_whoever_was_right_gets_the_try_back(app, db):
    with app.test_request_context():
        for _ in range(5):
            take((TRIES, "here"))
            db.perform(give_back, SYSTEM, (TRIES, "here"))
    db.perform(give_back, SYSTEM, (TRIES, "here"))
    with db.reading() as session:
        assert session.scalars(select(Count.times)).all() == [0]
