"""The dates of an earlier cohort, moved to a new start."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from lms.enrollment.rules.calendar import Calendar

WEEK = 7


class Shift(StrEnum):
    """How the dates of an earlier cohort are moved to a new start."""

    WEEKS = "semanas"
    """By whole weeks: what closed on a Sunday closes on a Sunday."""
    DAYS = "dias"
    """By the very same number of days, whatever day of the week comes out."""


def shifted(calendar: Calendar, start: date, shift: Shift, zone: str) -> Calendar:
    """The calendar of a cohort that starts on another day; hours stay as the clock shows them.

    The start falls on the day asked for. By weeks, every other date moves by the number of whole
    weeks that is nearest, so that it keeps its day of the week.
    """
    place = ZoneInfo(zone)
    days = (start - calendar.starts_at.astimezone(place).date()).days
    moved = days if shift is Shift.DAYS else (days + WEEK // 2) // WEEK * WEEK

    def on(moment: datetime, by: int) -> datetime:
        here = moment.astimezone(place)
        return datetime.combine(here.date() + timedelta(days=by), here.time(), place)

    return Calendar(
        enrollment_opens_at=on(calendar.enrollment_opens_at, moved),
        enrollment_closes_at=on(calendar.enrollment_closes_at, moved),
        starts_at=on(calendar.starts_at, days),
        ends_at=on(calendar.ends_at, moved),
        windows=tuple(
            replace(
                each,
                opens_at=on(each.opens_at, moved) if each.opens_at else None,
                closes_at=on(each.closes_at, moved) if each.closes_at else None,
            )
            for each in calendar.windows
        ),
    )
