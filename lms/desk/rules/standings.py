"""How a person of a cohort stands, in a word with a tone, and what they lack in a line."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from lms.enrollment.rules.states import EnrollmentState
from lms.foundation.kernel.errors import N_
from lms.learning.rules.gate import Days

ABSENT = timedelta(days=7)


class Stand(StrEnum):
    """The states a member of staff works by, as addresses name them. Everybody is in one."""

    READY = "listas"
    RECOGNISED = "convalidadas"
    UNNAMED = "sin-nombre"
    WAITING = "por-calificar"
    ON_THE_WAY = "pendientes"
    NOT_BEGUN = "sin-comenzar"
    STUCK = "detenidas"
    ABSENT = "sin-entrar"
    FAILED = "no-aprobadas"
    ISSUED = "con-documento"
    WITHDRAWN = "retiradas"
    TRANSFERRED = "trasladadas"


GONE = {
    Stand.WITHDRAWN: EnrollmentState.WITHDRAWN,
    Stand.TRANSFERRED: EnrollmentState.TRANSFERRED,
}
"""Those who hold no seat any more: no list has them unless it asks for them."""


WORDS = {
    Stand.READY: (N_("Ready for the document"), "good"),
    Stand.RECOGNISED: (N_("Recognised, ready for the document"), "good"),
    Stand.UNNAMED: (N_("Name to be confirmed"), "warn"),
    Stand.WAITING: (N_("Waiting to be marked"), "info"),
    Stand.ON_THE_WAY: (N_("On the way"), "info"),
    Stand.NOT_BEGUN: (N_("Has not begun"), ""),
    Stand.STUCK: (N_("Stuck for 7 days"), "warn"),
    Stand.ABSENT: (N_("Not entered in 7 days"), "warn"),
    Stand.FAILED: (N_("Cannot pass any more"), "bad"),
    Stand.ISSUED: (N_("Document issued"), "good"),
    Stand.WITHDRAWN: (N_("Withdrawn"), ""),
    Stand.TRANSFERRED: (N_("Transferred"), ""),
}


@dataclass(frozen=True, slots=True)
class Known:
    """What is on record of somebody in one course of a cohort."""

    completed: bool
    failed: bool
    waiting: bool
    """Something they handed in waits to be marked."""
    issued: bool
    name_confirmed: bool
    admitted_at: datetime
    last_seen_at: datetime | None
    moved_at: datetime | None = None
    """When something of the course was last seen to the end or handed in."""
    own_end: datetime | None = None
    """A later end of the cohort that they were allowed."""
    recognised: bool = False
    """The course was passed elsewhere."""
    gone: Stand | None = None
    """They hold no seat any more, and so."""


def stand(known: Known, days: Days, now: datetime) -> Stand:
    """How somebody stands in one course; the end of the cohort decides what was left open.

    Whoever has completed the course is never called absent, and nobody is before they could begin.
    """
    if known.gone is not None:
        return known.gone
    if known.completed:
        if known.issued:
            return Stand.ISSUED
        if not known.name_confirmed:
            return Stand.UNNAMED
        return Stand.RECOGNISED if known.recognised else Stand.READY
    if known.failed:
        return Stand.FAILED
    if now >= over_at(known, days):
        return Stand.WAITING if known.waiting else Stand.FAILED
    if now >= absent_at(known, days):
        return Stand.ABSENT
    if known.last_seen_at is None:
        return Stand.NOT_BEGUN
    return Stand.STUCK if now >= stuck_at(known, days) else Stand.ON_THE_WAY


def over_at(known: Known, days: Days) -> datetime:
    """When the cohort is over for one person: one closed by hand is over for all."""
    if known.own_end is None:
        return days.over_at
    return replace(days, ends_at=max(days.ends_at, known.own_end)).over_at


def absent_at(known: Known, days: Days) -> datetime:
    """A week after they last did something, were admitted or could begin, whichever is latest."""
    return max(known.last_seen_at or known.admitted_at, known.admitted_at, days.starts_at) + ABSENT


def stuck_at(known: Known, days: Days) -> datetime:
    """A week after they last finished something, were admitted or could begin: whoever enters all
    that time and finishes nothing is stuck."""
    return max(known.moved_at or known.admitted_at, known.admitted_at, days.starts_at) + ABSENT


@dataclass(frozen=True, slots=True)
class Lacking:
    """How many things of each sort somebody lacks."""

    lessons: int = 0
    graded: int = 0
    waiting: int = 0
    mark: bool = False


def lacking(explanation: Mapping[str, Any]) -> Lacking:
    """What an explanation of a result says is missing, counted."""
    found = Counter(each["lack"] for each in explanation.get("lacks", ()))
    return Lacking(
        lessons=found["see"],
        graded=found["take"] + found["retry"] + found["failed"],
        waiting=found["wait"],
        mark=bool(found["grade"] + found["least"]),
    )
