"""What a cohort must be like before it opens."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from lms.enrollment.rules.states import Door
from lms.foundation.kernel.errors import N_, Invalid, Refused

LARGEST_COHORT = 100_000
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Plan:
    """A cohort as somebody wants it."""

    key: str
    title: str
    mode: str
    door: str
    capacity: int | None
    enrollment_opens_at: datetime
    enrollment_closes_at: datetime
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Offered:
    """A course of the programme as it could be taught."""

    key: str
    title: str
    is_outline: bool


def check(plan: Plan, modes: Collection[str]) -> None:
    """Refuse a plan that could not be taught: every field that is wrong is named."""
    wrong: dict[str, str] = {}
    if not _KEY.fullmatch(plan.key):
        wrong["key"] = N_("Write the key in small letters, figures and hyphens.")
    if not plan.title:
        wrong["title"] = N_("Write a title.")
    if plan.mode not in modes:
        wrong["mode"] = N_("The programme is not taught in this mode.")
    if plan.door not in set(Door):
        wrong["door"] = N_("Choose how one gets in: open, approval or key.")
    if plan.capacity is not None and not 1 <= plan.capacity <= LARGEST_COHORT:
        wrong["capacity"] = N_("A cohort has at least one seat.")
    if plan.starts_at >= plan.ends_at:
        wrong["ends_at"] = N_("A cohort ends after it starts.")
    if plan.enrollment_opens_at >= plan.enrollment_closes_at:
        wrong["enrollment_closes_at"] = N_("Enrolment closes after it opens.")
    elif plan.enrollment_closes_at > plan.ends_at:
        wrong["enrollment_closes_at"] = N_("Enrolment closes before the cohort ends.")
    if wrong:
        raise Invalid(next(iter(wrong.values())), fields=wrong)


def choose(offered: Sequence[Offered], wanted: Collection[str]) -> list[Offered]:
    """The courses a cohort is taught by: those named, else all that are written.

    An outline has no lessons, so nobody can be taught by it.
    """
    by_key = {course.key: course for course in offered}
    for key in wanted:
        if key not in by_key:
            raise Refused(N_("The programme has no course %(course)s."), course=key)
        if by_key[key].is_outline:
            raise Refused(
                N_("The course %(course)s is still being prepared: it has no lessons to teach."),
                course=by_key[key].title,
            )
    chosen = [
        course for course in offered if (course.key in wanted if wanted else not course.is_outline)
    ]
    if not chosen:
        raise Refused(N_("All courses of the programme are still being prepared."))
    return chosen


def first_moment(day: date, zone: str) -> datetime:
    """The moment a day begins where the institution is."""
    return datetime.combine(day, time(0), ZoneInfo(zone))


def last_moment(day: date, zone: str) -> datetime:
    """The last minute of a day where the institution is, as closings are announced (23:59)."""
    return datetime.combine(day, time(23, 59, 59), ZoneInfo(zone))
