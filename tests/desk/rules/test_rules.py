"""Greetings, standings, and cells that spreadsheets take for words."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.desk.formats.spreadsheet import lines, safe
from lms.desk.rules.greeting import ago, greeting
from lms.desk.rules.standings import Lacking, Stand, lacking, stand

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


@pytest.mark.parametrize(
    ("completed", "failed", "issued", "idle", "expected"),
    [
        (True, False, True, 30, Stand.ISSUED),
        (True, False, False, 30, Stand.READY),
        (False, True, False, 1, Stand.FAILED),
        (False, False, False, 7, Stand.ABSENT),
        (False, False, False, None, Stand.ABSENT),
        (False, False, False, 6, Stand.ON_THE_WAY),
    ],
)
def test_standing(completed, failed, issued, idle, expected):
    seen = None if idle is None else NOW - timedelta(days=idle)
    found = stand(completed=completed, failed=failed, issued=issued, last_seen_at=seen, now=NOW)
    assert found is expected


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
