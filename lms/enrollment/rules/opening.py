"""What a cohort must be like before it opens."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from lms.enrollment.rules import calendar
from lms.enrollment.rules.calendar import Calendar, Window
from lms.enrollment.rules.states import Door
from lms.foundation.kernel.errors import N_, Invalid, Refused
from lms.foundation.kernel.points import SCALE, Ratio, scale_of
from lms.foundation.kernel.text import fold

LARGEST_COHORT = 100_000
LONGEST_KEY = 40
LONGEST_TITLE = 120
MOST_SIGNERS = 3
"""The document has room for as many."""
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_BETWEEN = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Grades:
    """By which scale a cohort is graded, and what passes.

    ``for_all`` puts the one mark in place of what each course says of itself.
    """

    scale: str
    pass_mark: Ratio
    for_all: bool = False


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
    windows: tuple[Window, ...] = ()

    @property
    def calendar(self) -> Calendar:
        return Calendar(
            self.enrollment_opens_at,
            self.enrollment_closes_at,
            self.starts_at,
            self.ends_at,
            self.windows,
        )


@dataclass(frozen=True)
class Offered:
    """A course of the programme as it could be taught."""

    key: str
    title: str
    is_outline: bool


@dataclass(frozen=True)
class Term:
    """Somebody who signs for an institution, from one day to another."""

    name: str
    starts_on: date
    ends_on: date | None = None

    def holds(self, day: date) -> bool:
        """Whether they are in office on a day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


def check(plan: Plan, modes: Collection[str]) -> None:
    """Refuse a plan that could not be taught: every field that is wrong is named."""
    wrong: dict[str, str] = {}
    if not _KEY.fullmatch(plan.key) or len(plan.key) > LONGEST_KEY:
        wrong["key"] = N_("Write the key in small letters, figures and hyphens.")
    if not plan.title:
        wrong["title"] = N_("Write a title.")
    if plan.mode not in modes:
        wrong["mode"] = N_("The programme is not taught in this mode.")
    if plan.door not in set(Door):
        wrong["door"] = N_("Choose how one gets in: open, approval or key.")
    if plan.capacity is not None and not 1 <= plan.capacity <= LARGEST_COHORT:
        wrong["capacity"] = N_("A cohort has at least one seat.")
    refuse(wrong | calendar.wrong(plan.calendar))


def refuse(wrong: Mapping[str, str]) -> None:
    """Refuse with everything that is wrong at once, each beside its field."""
    if wrong:
        raise Invalid(next(iter(wrong.values())), fields=wrong)


def check_grades(grades: Grades) -> None:
    """A cohort is graded by a scale that we know, with a mark that lies on it."""
    scale_of(grades.scale)
    if grades.for_all and not 0 < grades.pass_mark <= SCALE:
        refuse({"pass_mark": N_("The pass mark lies between zero and the top of the scale.")})


def check_signers(terms: Collection[Term], day: date) -> None:
    """Whoever signs is in office on the last day of the cohort; a document has room for three."""
    if len(terms) > MOST_SIGNERS:
        refuse({"signers": N_("A document has room for three signatures.")})
    for term in terms:
        if not term.holds(day):
            said = N_("%(name)s is not in office on the last day of the cohort.")
            raise Invalid(said, fields={"signers": said}, name=term.name)


def key_of(title: str) -> str:
    """The key that a title suggests, for whoever writes none: short, in letters and figures."""
    return _BETWEEN.sub("-", fold(title)).strip("-")[:LONGEST_KEY].strip("-")


def free_key(wanted: str, taken: Collection[str]) -> str:
    """The wanted key, or the first one after it that no cohort of the institution has."""
    number, key = 1, wanted
    while key in taken:
        number += 1
        key = f"{wanted[: LONGEST_KEY - 4]}-{number}"
    return key


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
