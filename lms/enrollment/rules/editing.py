"""What of a cohort may still be changed, and why the rest may not."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from lms.enrollment.rules import calendar as days
from lms.enrollment.rules.calendar import SINGLE, WHOLE, Calendar, Window, named
from lms.foundation.kernel.errors import N_, Invalid

ALWAYS = {
    "version": N_("People enrolled in this version; another one is another cohort."),
    "courses": N_("People enrolled in these courses; others are another cohort."),
    "key": N_("It stands in files and lists that were handed on."),
}
"""What stays as it was when the cohort opened."""
_GRADES = ("scale", "mark_of", "pass_mark")
_ANY = ("title", "mode", "door", "capacity", "signers", *_GRADES, *WHOLE)
_IN_ENROLMENT = frozenset({"enrollment_opens_at", "enrollment_closes_at"})


@dataclass(frozen=True)
class Standing:
    """How far a cohort has come."""

    now: datetime
    calendar: Calendar
    seated: int = 0
    kept: int = 0
    """How many free seats are kept for agreements."""
    is_closed: bool = False
    has_documents: bool = False

    @property
    def has_started(self) -> bool:
        return self.now >= self.calendar.starts_at


def fixed(standing: Standing) -> Mapping[str, str]:
    """The fields that cannot be changed any more, each with the reason."""
    if standing.is_closed:
        return dict.fromkeys(_ANY, N_("The cohort is closed: it stays as it is."))
    found: dict[str, str] = {}
    if standing.has_started:
        found["starts_at"] = N_("The cohort has started.")
        found["mode"] = N_("The cohort has started: people are taking it this way.")
    if standing.now >= standing.calendar.enrollment_opens_at:
        found["enrollment_opens_at"] = N_("Enrolment has opened already.")
    if standing.seated:
        found |= dict.fromkeys(_GRADES, N_("People hold a seat: they enrolled under this rule."))
    if standing.has_documents:
        found["signers"] = N_("Documents have been issued with these signatures.")
    return found


def fixed_openings(standing: Standing) -> Mapping[str, str]:
    """The activities that are open already: what people can do is not taken from them."""
    said = N_("It is open already: only its closing can be changed.")
    closed = N_("The cohort is closed: it stays as it is.")
    found = {}
    for each in standing.calendar.windows:
        if standing.is_closed:
            found[each.key] = closed
        elif standing.has_started and _opens(each, standing.calendar) <= standing.now:
            found[each.key] = said
    return found


def kept(standing: Standing, wanted: Calendar) -> Calendar:
    """The calendar that is wanted, with every date that cannot be changed as it was.

    Forms know minutes, so a date within the same minute is the same date.
    """
    before, stays = standing.calendar, fixed(standing)
    whole: dict[str, Any] = {
        what: getattr(before, what)
        if what in stays
        else _same(getattr(before, what), getattr(wanted, what))
        for what in WHOLE
    }
    new, open_now = {each.key: each for each in wanted.windows}, fixed_openings(standing)
    windows = []
    for each in before.windows:
        asked = new.get(each.key, replace(each, opens_at=None, closes_at=None))
        opens = each.opens_at if each.key in open_now else _same(each.opens_at, asked.opens_at)
        closes = _same(each.closes_at, asked.closes_at)
        windows.append(replace(each, opens_at=opens, closes_at=closes))
    return Calendar(**whole, windows=tuple(windows))


def check(standing: Standing, after: Calendar, capacity: int | None) -> None:
    """Refuse dates that cannot be, dates put into the past, and seats that are taken already.

    ``after`` is a calendar as `kept` gives it.
    """
    wrong = days.wrong(after)
    past = N_("It lies in the past.")
    before = standing.calendar
    for what in WHOLE:
        if _put_back(getattr(before, what), getattr(after, what), standing.now):
            wrong.setdefault(what, past)
    for was, each in zip(before.windows, after.windows, strict=True):
        for what in SINGLE:
            if _put_back(getattr(was, what), getattr(each, what), standing.now):
                wrong.setdefault(named(what, each.key), past)
    if capacity is not None and capacity < standing.seated:
        wrong["capacity"] = N_("%(seated)s people hold a seat already.")
    elif standing.kept and (capacity is None or capacity < standing.seated + standing.kept):
        wrong["capacity"] = N_("%(seated)s seats are taken and %(kept)s are kept for agreements.")
    if wrong:
        raise Invalid(
            next(iter(wrong.values())), fields=wrong, seated=standing.seated, kept=standing.kept
        )


def concerns_seated(what: str) -> bool:
    """Whether a changed date matters to whoever holds a seat already."""
    return what not in _IN_ENROLMENT


def _opens(window: Window, calendar: Calendar) -> datetime:
    return max(window.opens_at or calendar.starts_at, calendar.starts_at)


def _same(before: datetime | None, after: datetime | None) -> datetime | None:
    if before is None or after is None:
        return after
    minutes = [each.replace(second=0, microsecond=0) for each in (before, after)]
    return before if minutes[0] == minutes[1] else after


def _put_back(before: datetime | None, after: datetime | None, now: datetime) -> bool:
    return after is not None and after != before and after <= now
