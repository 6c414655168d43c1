"""When a quiz is open to a cohort."""

from datetime import UTC, datetime, timedelta

import pytest

from lms.assessment.rules.doors import Door, door
from lms.foundation.kernel.errors import Refused

pytestmark = pytest.mark.pure

START = datetime(2026, 11, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def at(days):
    return START + days * DAY


@pytest.mark.parametrize(
    ("own", "closed", "opens", "closes"),
    [
        ({}, None, 0, 30),
        ({"opens_at": at(5).isoformat()}, None, 5, 30),
        ({"closes_at": at(9).isoformat()}, None, 0, 9),
        ({"opens_at": at(5).isoformat(), "closes_at": at(40).isoformat()}, None, 5, 40),
        ({}, 12, 0, 12),
        ({"closes_at": at(9).isoformat()}, 12, 0, 9),
    ],
)
def test_its_own_days_or_the_cohorts(own, closed, opens, closes):
    found = door({"quiz": own}, "quiz", at(0), at(30), None if closed is None else at(closed))
    assert found == Door(at(opens), at(closes))
    assert door({}, "quiz", at(0), at(30), None) == Door(at(0), at(30))


@pytest.mark.parametrize(
    ("now", "says"),
    [(-1, "not opened"), (0, None), (29, None), (30, "has closed"), (31, "has closed")],
)
def test_nobody_begins_before_it_opens_or_after_it_closes(now, says):
    found = Door(at(0), at(30))
    assert found.is_open(at(now)) is (says is None)
    if says:
        with pytest.raises(Refused, match=says):
            found.refuse(at(now))
    else:
        found.refuse(at(now))
