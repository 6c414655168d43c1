"""What lateness costs, to the minute and to the point."""

from datetime import UTC, datetime, timedelta

import pytest

from lms.assignments.rules.assignment import Late
from lms.assignments.rules.lateness import after, days_late, penalty, taken_until
from lms.foundation.kernel.points import points

pytestmark = pytest.mark.pure
DUE = datetime(2026, 11, 20, 23, 59, 59, tzinfo=UTC)
LATE = Late(timedelta(hours=2), timedelta(days=5), points("0.05"), points("0.12"))


@pytest.mark.parametrize(
    ("after_due", "days"),
    [
        (timedelta(0), 0),
        (timedelta(hours=2), 0),
        (timedelta(hours=2, seconds=1), 1),
        (timedelta(days=1), 1),
        (timedelta(days=1, seconds=1), 2),
        (timedelta(days=4, hours=23), 5),
    ],
)
def test_begun_days_count_behind_the_hours_of_grace(after_due, days):
    assert days_late(DUE + after_due, DUE, LATE) == days


@pytest.mark.parametrize(("days", "cost"), [(0, 0), (1, 5), (2, 10), (3, 12), (9, 12)])
def test_each_day_costs_the_same_up_to_the_most(days, cost):
    assert penalty(days, LATE, points(100)).points == points(cost)


def test_nobody_falls_below_nothing():
    assert after(points(3), penalty(2, LATE, points(100))) == 0


def test_late_works_are_taken_while_the_cohort_lasts():
    ends = DUE + timedelta(days=3)
    assert taken_until(DUE, ends, LATE) == ends
    assert taken_until(DUE, DUE + timedelta(days=30), LATE) == DUE + timedelta(days=5)
    assert taken_until(DUE, ends, None) == DUE
