"""An earlier cohort's dates moved to a new start."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.enrollment.rules.calendar import Calendar, Window
from lms.enrollment.rules.shifting import Shift, shifted

pytestmark = pytest.mark.pure
ZONES = ("America/Guatemala", "America/Tijuana", "America/Santiago")
OLD_START = date(2026, 2, 2)  # a Monday


def calendar(zone):
    def at(days, hour=23, minute=59):
        day = OLD_START + timedelta(days=days)
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone))

    return Calendar(
        at(-30, 8, 0), at(-3), at(0, 8, 0), at(90),
        (Window("t/q", "Q", at(6, 8, 0), at(20)), Window("t/l", "L")),
    )  # fmt: skip


def local(moment, zone):
    return moment.astimezone(ZoneInfo(zone))


def every(found):
    dates = [found.enrollment_opens_at, found.enrollment_closes_at, found.ends_at]
    return dates + [d for w in found.windows for d in (w.opens_at, w.closes_at) if d]


@given(st.dates(date(2026, 1, 1), date(2035, 12, 31)), st.sampled_from(ZONES))
def test_by_weeks_every_date_keeps_its_day_of_the_week_and_its_hour(start, zone):
    before = calendar(zone)
    after = shifted(before, start, Shift.WEEKS, zone)
    assert local(after.starts_at, zone).date() == start
    moved = set()
    for old, new in zip(every(before), every(after), strict=True):
        old, new = local(old, zone), local(new, zone)
        assert (old.weekday(), old.time()) == (new.weekday(), new.time())
        moved.add((new.date() - old.date()).days)
    assert len(moved) == 1
    assert abs(moved.pop() - (start - OLD_START).days) <= 3


@given(st.dates(date(2026, 1, 1), date(2035, 12, 31)), st.sampled_from(ZONES))
def test_by_days_every_date_moves_as_far_as_the_start(start, zone):
    before = calendar(zone)
    after = shifted(before, start, Shift.DAYS, zone)
    for old, new in zip(every(before), every(after), strict=True):
        days = local(new, zone).date() - local(old, zone).date()
        assert days == start - OLD_START
        assert local(new, zone).time() == local(old, zone).time()


def test_a_start_on_the_same_day_of_the_week_moves_all_alike():
    before = calendar(ZONES[0])
    start = OLD_START + timedelta(weeks=52)
    assert shifted(before, start, Shift.WEEKS, ZONES[0]) == shifted(
        before, start, Shift.DAYS, ZONES[0]
    )


def test_what_had_no_date_gets_none():
    after = shifted(calendar(ZONES[0]), date(2027, 2, 1), Shift.WEEKS, ZONES[0])
    assert after.windows[1] == Window("t/l", "L")
