"""Greetings, standings, and cells that spreadsheets take for words."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.desk.rules.greeting import ago, greeting
from lms.desk.rules.standings import Known, Lacking, Stand, lacking, stand
from lms.foundation.kernel.spreadsheet import lines, safe
from lms.learning.rules.gate import Days

pytestmark = pytest.mark.pure
NOW = datetime(2026, 11, 23, 16, 42, tzinfo=UTC)
HERE = NOW.astimezone(ZoneInfo("America/Guatemala"))


@pytest.mark.parametrize(
    ("hour", "words"),
    [
        (4, "evening"), (5, "morning"), (11, "morning"),
        (12, "afternoon"), (18, "afternoon"), (19, "evening"),
    ],
)  # fmt: skip
def test_greeting(hour, words):
    assert words in greeting(HERE.replace(hour=hour))


def test_days_turn_where_one_is():
    late = HERE.replace(hour=23, minute=30)
    assert ago(late, late.astimezone(UTC)) == "Today"  # already the next day in UTC
    assert ago(late, late - timedelta(days=1)) == "Yesterday"
    assert ago(late, late - timedelta(days=2)) is None


DAY = timedelta(days=1)
RUNNING = Days(NOW - 30 * DAY, NOW + 30 * DAY)
TO_COME = Days(NOW + 30 * DAY, NOW + 90 * DAY)
OVER = Days(NOW - 90 * DAY, NOW)


def known(**given) -> Known:
    """Somebody admitted before the cohort began, who was here yesterday."""
    values = {
        "completed": False, "failed": False, "waiting": False, "issued": False,
        "name_confirmed": True, "admitted_at": NOW - 60 * DAY, "last_seen_at": NOW - DAY,
        "moved_at": NOW - DAY,
    }  # fmt: skip
    return Known(**(values | given))


@pytest.mark.parametrize("days", [RUNNING, OVER])
@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"completed": True, "issued": True, "name_confirmed": False}, Stand.ISSUED),
        ({"completed": True, "last_seen_at": NOW - 30 * DAY}, Stand.READY),
        ({"completed": True, "name_confirmed": False}, Stand.UNNAMED),
        ({"completed": True, "recognised": True}, Stand.RECOGNISED),
        ({"completed": True, "recognised": True, "issued": True}, Stand.ISSUED),
        ({"completed": True, "recognised": True, "name_confirmed": False}, Stand.UNNAMED),
        ({"failed": True, "last_seen_at": None}, Stand.FAILED),
        ({"failed": True, "waiting": True}, Stand.FAILED),
    ],
)
def test_what_is_decided_does_not_depend_on_the_day(given, expected, days):
    assert stand(known(**given), days, NOW) is expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, Stand.ON_THE_WAY),
        ({"waiting": True}, Stand.ON_THE_WAY),
        ({"last_seen_at": NOW - 7 * DAY}, Stand.ABSENT),
        ({"last_seen_at": NOW - 7 * DAY + timedelta(seconds=1)}, Stand.ON_THE_WAY),
        ({"moved_at": NOW - 7 * DAY}, Stand.STUCK),
        ({"moved_at": None}, Stand.STUCK),
        ({"moved_at": NOW - 7 * DAY, "last_seen_at": NOW - 7 * DAY}, Stand.ABSENT),
        ({"moved_at": None, "admitted_at": NOW - 2 * DAY}, Stand.ON_THE_WAY),
        ({"last_seen_at": None}, Stand.ABSENT),
        ({"last_seen_at": None, "admitted_at": NOW - 2 * DAY}, Stand.NOT_BEGUN),
        ({"last_seen_at": None, "admitted_at": NOW - 7 * DAY}, Stand.ABSENT),
    ],
)
def test_while_the_cohort_runs_absence_counts_from_what_was_last(given, expected):
    assert stand(known(**given), RUNNING, NOW) is expected


def test_absence_counts_from_the_first_day_for_who_was_admitted_before_it():
    someone = known(last_seen_at=None)
    for days, expected in ((6, Stand.NOT_BEGUN), (7, Stand.ABSENT)):
        begun = Days(NOW - days * DAY, NOW + 30 * DAY)
        assert stand(someone, begun, NOW) is expected
    assert stand(someone, TO_COME, NOW) is Stand.NOT_BEGUN


@pytest.mark.parametrize("seen", [None, NOW - 60 * DAY, NOW - DAY])
def test_the_end_of_the_cohort_decides_what_was_left_open(seen):
    assert stand(known(last_seen_at=seen), OVER, NOW) is Stand.FAILED
    assert stand(known(last_seen_at=seen, waiting=True), OVER, NOW) is Stand.WAITING
    closed = Days(NOW - 90 * DAY, NOW + 30 * DAY, closed_at=NOW - DAY)
    assert stand(known(last_seen_at=seen), closed, NOW) is Stand.FAILED


def test_lacking_counts_by_sort():
    lacks = [{"lack": name} for name in ("see", "see", "take", "retry", "failed", "wait", "grade")]
    assert lacking({"lacks": lacks}) == Lacking(lessons=2, graded=3, waiting=1, mark=True)
    assert lacking({}) == Lacking()


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("=1+1", "'=1+1"), ("+502", "'+502"), ("-Ana", "'-Ana"), ("@x", "'@x"), ("\tx", "'\tx"),
        ("-5", "-5"), ("-5.5", "-5.5"), ("Ñáñez", "Ñáñez"), ("", ""),
    ],
)  # fmt: skip
def test_safe_cells(cell, expected):
    assert safe(cell) == expected


@given(st.lists(st.text(max_size=20), max_size=4))
def test_no_cell_begins_like_a_formula(cells):
    for cell in cells:
        assert not safe(cell).startswith(("=", "+", "@", "\t", "\r", "\n"))
    assert len(list(lines([cells]))) == 1
