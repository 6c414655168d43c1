"""Which dates of a cohort are others now: what its people are told."""

from dataclasses import dataclass
from datetime import datetime

from lms.enrollment.rules.calendar import SINGLE, WHOLE, Calendar, Window
from lms.foundation.kernel.errors import N_


@dataclass(frozen=True, slots=True)
class Change:
    """One date that is another now; None stands for no date of its own."""

    what: str
    before: datetime | None
    after: datetime | None
    title: str = ""
    """Of the activity, where it is one of an activity."""


WHAT = {
    "enrollment_opens_at": N_("Enrolment opens"),
    "enrollment_closes_at": N_("Enrolment closes"),
    "starts_at": N_("Start"),
    "ends_at": N_("End"),
    "opens_at": N_("Opens"),
    "closes_at": N_("Closes"),
}


def changes(before: Calendar, after: Calendar) -> list[Change]:
    """Every date that is another, in the order of the calendar."""
    found = [Change(what, getattr(before, what), getattr(after, what)) for what in WHOLE]
    old = {each.key: each for each in before.windows}
    for each in after.windows:
        was = old.get(each.key, Window(each.key, each.title))
        for what in SINGLE:
            found.append(Change(what, getattr(was, what), getattr(each, what), each.title))
    return [each for each in found if each.before != each.after]
