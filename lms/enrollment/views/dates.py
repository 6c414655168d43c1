"""A calendar on a page: what is doubtful about it, and every date in the order of time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lms.catalog.activity import activity_kinds
from lms.catalog.queries.structure import CourseStructure
from lms.enrollment.forms.opening import CohortForm
from lms.enrollment.rules.calendar import SINGLE, Calendar, Doubt, in_time, named
from lms.enrollment.rules.changes import WHAT
from lms.foundation.locale.formats import moment
from lms.foundation.locale.words import gettext as _


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happens at a moment of the calendar."""

    at: datetime
    said: str


def said(doubts: Iterable[Doubt]) -> list[str]:
    """Doubts as sentences, their moments as the page writes them."""
    return [
        _(doubt.message)
        % {
            name: moment(value) if isinstance(value, datetime) else value
            for name, value in doubt.params.items()
        }
        for doubt in doubts
    ]


def timeline(calendar: Calendar) -> Sequence[Happening]:
    """Every date with what happens then, the earliest first."""
    return [Happening(at, words(what, title)) for at, what, title in in_time(calendar)]


def words(what: str, title: str) -> str:
    """What a date is called: of the cohort, or of one of its activities."""
    return f"{title}: {_(WHAT[what]).lower()}" if title else _(WHAT[what])


@dataclass(frozen=True, slots=True)
class Pair:
    """The fields of one activity's dates; one that cannot be changed any more is None."""

    title: str
    opens: Any
    closes: Any
    fixed: str = ""
    """Why the opening stays as it is."""

    @property
    def is_used(self) -> bool:
        return any(f is not None and (f.data or f.errors) for f in (self.opens, self.closes))


@dataclass(frozen=True, slots=True)
class Group:
    """The dates of a course: what is graded, and apart from it what is only read."""

    title: str
    graded: list[Pair]
    read: list[Pair]

    @property
    def is_open(self) -> bool:
        return any(pair.is_used for pair in self.read)


def groups(
    form: CohortForm, courses: Iterable[CourseStructure], fixed: Mapping[str, str] | None = None
) -> list[Group]:
    """The fields for the dates of activities, as the page shows them."""
    kinds, found = activity_kinds(), []
    for course in courses:
        pairs: dict[bool, list[Pair]] = {True: [], False: []}
        for activity in course.activities:
            key = f"{course.key}/{activity.key}"
            opens, closes = (form._fields.get(named(which, key)) for which in SINGLE)
            pair = Pair(activity.title, opens, closes, (fixed or {}).get(key, ""))
            pairs[kinds[activity.kind].graded].append(pair)
        found.append(Group(course.title, pairs[True], pairs[False]))
    return found


@dataclass(frozen=True, slots=True)
class Difference:
    """A date as it was and as it is now, in words."""

    what: str
    before: str
    after: str


def differences(changes: Iterable[Mapping[str, Any]]) -> list[Difference]:
    """Changed dates as pages and letters tell them."""
    none = _("no date of its own")
    found = []
    for each in changes:
        message, title = each["said"], each["title"]
        found.append(
            Difference(
                f"{title}: {_(message).lower()}" if title else _(message),
                moment(each["before"]) if each["before"] else none,
                moment(each["after"]) if each["after"] else none,
            )
        )
    return found
