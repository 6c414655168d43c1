"""Nobody studies the same course twice at once; whoever decides is told of whom it would be so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from lms.enrollment.rules.calendar import Doubt
from lms.foundation.kernel.errors import N_


@dataclass(frozen=True, slots=True)
class Held:
    """A seat in another cohort that teaches a same course and has not ended."""

    cohort: str
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Passed:
    """A course that somebody has passed in another cohort."""

    course: str
    cohort: str


def doubts(held: Iterable[Held], passed: Iterable[Passed]) -> list[Doubt]:
    """What a registrar should know before a seat is given to this person: said, never refused."""
    found = [
        Doubt(
            N_("Holds a seat in %(cohort)s, which teaches the same until %(ends)s."),
            {"cohort": each.cohort, "ends": each.ends_at},
        )
        for each in held
    ]
    return found + [
        Doubt(
            N_("Has already passed “%(course)s” in %(cohort)s."),
            {"course": each.course, "cohort": each.cohort},
        )
        for each in passed
    ]
