"""What is open to a learner now, and why the rest is not.

Three things decide: the days of the cohort, the days that its calendar gives a single activity,
and in a sequential course the order. The reason is always one sentence that says what to do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from lms.enrollment.rules.calendar import moments
from lms.foundation.kernel.errors import N_
from lms.learning.rules.marks import DONE, Mark

ALL_BEFORE = N_("It opens when you finish all that comes before it. Go on with “%(title)s”.")


class Access(StrEnum):
    """What a learner may do with an activity now."""

    OPEN = "open"
    OVER = "over"
    """May still be read; nothing done to it counts any more."""
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Step:
    """One activity in its place in the course; ``graded`` ones are passed, others seen."""

    key: str
    title: str
    graded: bool = False
    mark: Mark | None = None

    @property
    def is_done(self) -> bool:
        return self.mark in DONE


@dataclass(frozen=True, slots=True)
class Days:
    """When a cohort may work: its own dates, and those of single activities by key."""

    starts_at: datetime
    ends_at: datetime
    closed_at: datetime | None = None
    calendar: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    course: str = ""
    """The key of the course whose activities are asked about: two courses may share a key."""

    @property
    def over_at(self) -> datetime:
        """The last moment of the cohort; one closed by hand ended then."""
        return min(self.ends_at, self.closed_at) if self.closed_at else self.ends_at

    def of(self, course: str) -> "Days":
        """The same days, to be asked about the activities of one course."""
        return replace(self, course=course)

    def opens_at(self, key: str) -> datetime | None:
        """When the calendar opens this activity, if it says so."""
        return self._moment(key, "opens_at")

    def closes_at(self, key: str) -> datetime | None:
        """When the calendar closes this activity, if it says so."""
        return self._moment(key, "closes_at")

    def _moment(self, key: str, name: str) -> datetime | None:
        text = moments(self.calendar, self.course, key).get(name)
        return datetime.fromisoformat(text) if text else None


@dataclass(frozen=True, slots=True)
class Standing:
    """What may be done with one activity, and why not more: a message id with parameters.

    ``opens_at`` says when waiting alone will open it.
    """

    access: Access
    message: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    opens_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.access is Access.OPEN

    @property
    def is_readable(self) -> bool:
        return self.access is not Access.LOCKED


OPEN = Standing(Access.OPEN)


def standings(
    steps: Sequence[Step], *, sequential: bool, days: Days, now: datetime
) -> list[Standing]:
    """What is open of a course, activity by activity, in its order.

    In a sequential course an activity opens when all before it are done; what is done stays open.
    """
    found: list[Standing] = []
    undone: list[Step] = []
    for step in steps:
        behind = undone if sequential and not step.is_done else []
        found.append(_standing(step, behind, days, now))
        if not step.is_done:
            undone.append(step)
    return found


def _standing(step: Step, behind: Sequence[Step], days: Days, now: datetime) -> Standing:
    if now < days.starts_at:
        return Standing(Access.LOCKED, N_("The cohort has not begun yet."), opens_at=days.starts_at)
    opens_at, closes_at = days.opens_at(step.key), days.closes_at(step.key)
    not_yet = opens_at is not None and now < opens_at
    reachable = not behind and not not_yet
    if now >= days.over_at:
        return _over(reachable, N_("The cohort has ended."))
    if behind:
        return _behind(behind[0], alone=len(behind) == 1)
    if not_yet:
        return Standing(Access.LOCKED, N_("It is not open yet."), opens_at=opens_at)
    if closes_at is not None and now >= closes_at:
        return _over(reachable, N_("Its time has passed."))
    return OPEN


def _over(reachable: bool, message: str) -> Standing:
    return Standing(Access.OVER if reachable else Access.LOCKED, message)


def _behind(blocker: Step, *, alone: bool) -> Standing:
    """What is in the way: the one thing, or the first of several."""
    match blocker.mark:
        case Mark.EXHAUSTED:
            message = N_(
                "“%(title)s” was not passed and has no attempts left. Ask your instructor what "
                "can be done."
            )
        case Mark.WAITING:
            message = N_("It opens when “%(title)s” has been marked.")
        case _ if not alone:
            message = ALL_BEFORE
        case _ if blocker.graded:
            message = N_("It opens when you pass “%(title)s”.")
        case _:
            message = N_("It opens when you finish “%(title)s”.")
    return Standing(Access.LOCKED, message, {"title": blocker.title})
