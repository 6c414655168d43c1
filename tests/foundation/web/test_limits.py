import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.foundation.kernel.errors import TooMany
from lms.foundation.web.limits import Limit
from lms.foundation.web.models import Count

TRIES = Limit("tries", 3, 900)


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
