"""A cohort's calendar as a whole: enrolment, start and end, and the days of single activities.

Everything is checked together, because dates that are good one by one may be bad side by side: a
quiz that closes while people are still being enrolled.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from lms.foundation.kernel.errors import N_

SHORTEST = timedelta(days=1)
WHOLE = ("enrollment_opens_at", "enrollment_closes_at", "starts_at", "ends_at")
"""The dates that every cohort has."""
SINGLE = ("opens_at", "closes_at")
"""Those that an activity may have."""


@dataclass(frozen=True, slots=True)
class Window:
    """When one activity opens and closes, where the calendar says so.

    ``key`` is the course's key and the activity's, with a slash between.
    """

    key: str
    title: str
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    in_order: bool = False
    """Whether what stands before it in the calendar must be done first."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """All the dates of a cohort, those of its activities in the order of the courses."""

    enrollment_opens_at: datetime
    enrollment_closes_at: datetime
    starts_at: datetime
    ends_at: datetime
    windows: tuple[Window, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that may be meant and is more often a slip: said, never refused."""

    message: str
    params: Mapping[str, Any] = field(default_factory=dict)


def named(which: str, key: str) -> str:
    """The name of one date of an activity, by which a form has it and a refusal points at it."""
    return f"{which}--{key.replace('/', '--')}"


def moments(
    calendar: Mapping[str, Mapping[str, Any]], course: str, activity: str
) -> Mapping[str, Any]:
    """What a stored calendar says of an activity: for its course, or for whichever has the key."""
    return calendar.get(f"{course}/{activity}") or calendar.get(activity) or {}


def stored(windows: Iterable[Window]) -> dict[str, dict[str, str]]:
    """Windows as they are stored; what has no date of its own is not named."""
    kept: dict[str, dict[str, str]] = {}
    for each in windows:
        dates = {"opens_at": each.opens_at, "closes_at": each.closes_at}
        said = {name: at.isoformat() for name, at in dates.items() if at is not None}
        if said:
            kept[each.key] = said
    return kept


def wrong(calendar: Calendar) -> dict[str, str]:
    """Dates that cannot be, each by the name of its field."""
    found: dict[str, str] = {}
    if calendar.starts_at >= calendar.ends_at:
        found["ends_at"] = N_("A cohort ends after it starts.")
    if calendar.enrollment_opens_at >= calendar.enrollment_closes_at:
        found["enrollment_closes_at"] = N_(
            "Enrolment would close before it opens: choose a later last day to ask."
        )
    elif calendar.enrollment_closes_at > calendar.ends_at:
        found["enrollment_closes_at"] = N_("Enrolment must close before the cohort ends.")
    for each in calendar.windows:
        if each.opens_at is not None and each.opens_at >= calendar.ends_at:
            said = N_("It would open after the end of the cohort: nobody could do it.")
            found[named("opens_at", each.key)] = said
        if each.closes_at is None:
            continue
        if each.opens_at is not None and each.opens_at >= each.closes_at:
            found[named("closes_at", each.key)] = N_("It closes after it opens.")
        elif each.closes_at <= calendar.starts_at:
            said = N_("It would close before the start of the cohort: nobody could do it.")
            found[named("closes_at", each.key)] = said
    return found


def doubts(calendar: Calendar, now: datetime) -> list[Doubt]:
    """What should be looked at again before the calendar is announced, in its own order."""
    found = _whole(calendar, now)
    for each in calendar.windows:
        found += _single(each, calendar)
    for before, after in pairwise(calendar.windows):
        if _crossed(before, after):
            found.append(
                Doubt(
                    N_("“%(title)s” closes before “%(before)s” opens, which must be done first."),
                    {"title": after.title, "before": before.title},
                )
            )
    return found


def _whole(calendar: Calendar, now: datetime) -> list[Doubt]:
    found = []
    if calendar.ends_at <= now:
        found.append(Doubt(N_("The end of the cohort has passed already.")))
    elif calendar.starts_at <= now:
        found.append(Doubt(N_("The start of the cohort has passed already.")))
    if calendar.enrollment_closes_at <= now < calendar.ends_at:
        said = N_("Enrolment has closed already: people are added by the registrar only.")
        found.append(Doubt(said))
    elif calendar.enrollment_closes_at > calendar.starts_at:
        said = N_("Enrolment stays open after the start: whoever comes last has less time.")
        found.append(Doubt(said))
    return found


def _single(each: Window, calendar: Calendar) -> list[Doubt]:
    found = []
    title = {"title": each.title}
    if each.closes_at is not None and each.closes_at < calendar.enrollment_closes_at:
        said = N_(
            "“%(title)s” closes on %(closes)s, before enrolment closes: whoever enrols after that"
            " never finds it open."
        )
        found.append(Doubt(said, title | {"closes": each.closes_at}))
    if each.opens_at is not None and each.opens_at < calendar.starts_at:
        said = N_("“%(title)s” opens before the cohort starts: it will open with the cohort.")
        found.append(Doubt(said, title))
    if each.closes_at is not None and each.closes_at > calendar.ends_at:
        said = N_("“%(title)s” closes after the cohort ends: it will close with the cohort.")
        found.append(Doubt(said, title))
    if each.closes_at is not None:
        opens = max(each.opens_at or calendar.starts_at, calendar.starts_at)
        if timedelta(0) < each.closes_at - opens < SHORTEST:
            said = N_(
                "“%(title)s” is open for less than a day: one power cut is enough to miss it."
            )
            found.append(Doubt(said, title))
    return found


def _crossed(before: Window, after: Window) -> bool:
    if not after.in_order or before.opens_at is None or after.closes_at is None:
        return False
    return after.closes_at <= before.opens_at


def in_time(calendar: Calendar) -> Sequence[tuple[datetime, str, str]]:
    """Every date with what happens then, the earliest first: how a calendar is best read over."""
    found = [(getattr(calendar, what), what, "") for what in WHOLE]
    for each in calendar.windows:
        for what in SINGLE:
            moment = getattr(each, what)
            if moment is not None:
                found.append((moment, what, each.title))
    return sorted(found, key=lambda one: one[0])
