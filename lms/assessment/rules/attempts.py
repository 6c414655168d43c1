"""The life of an attempt: when it may begin, when it is over, what counts.

Time is the server's alone. An attempt whose time has passed is over without anybody doing
anything: reading derives it from the clock, and the next writer only puts it on record.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from math import floor
from typing import Any

from lms.assessment.rules.sitting import Counts, Settings
from lms.foundation.kernel.errors import N_, Refused
from lms.foundation.kernel.points import Points

MOST_ATTEMPTS = 500
"""Of one person at one quiz; practice without limit stops here."""


TOO_SOON = N_("Another attempt may not be begun yet. Minutes to wait: %(minutes)s.")


class State(StrEnum):
    """How far an attempt is, as seen at one moment."""

    OPEN = "open"
    OUT_OF_TIME = "out_of_time"
    """Its time has passed and nobody has put it on record yet: nothing more counts."""
    HANDED_IN = "handed_in"


@dataclass(frozen=True)
class Times:
    """The three moments that decide an attempt's state."""

    started_at: datetime
    deadline: datetime | None = None
    handed_in_at: datetime | None = None
    grace: timedelta = timedelta(0)
    """The last part of the time up to the deadline, meant for what is on its way."""

    @property
    def due_at(self) -> datetime | None:
        """Until when there is time to answer; from here to the deadline is grace."""
        return None if self.deadline is None else self.deadline - self.grace


def closes_at(own: Mapping[str, Any], ends_at: datetime, closed_at: datetime | None) -> datetime:
    """When a quiz closes to a cohort: with the cohort, or earlier if its own dates say so."""
    own_end = own.get("closes_at")
    moments = [ends_at, closed_at, datetime.fromisoformat(own_end) if own_end else None]
    return min(moment for moment in moments if moment is not None)


def deadline(
    started_at: datetime,
    limit: timedelta | None,
    closes: datetime,
    grace: timedelta = timedelta(0),
) -> datetime:
    """An attempt ends after its own time and the grace that follows it, or when the quiz closes if
    that is earlier."""
    return closes if limit is None else min(started_at + limit + grace, closes)


def grace(started_at: datetime, limit: timedelta | None, ends: datetime) -> timedelta:
    """How much of an attempt's time is grace: what goes beyond its own time."""
    return timedelta(0) if limit is None else max(timedelta(0), ends - started_at - limit)


def state(times: Times, now: datetime) -> State:
    """What arrives in the very moment of the deadline is still in time."""
    if times.handed_in_at is not None:
        return State.HANDED_IN
    if times.deadline is not None and now > times.deadline:
        return State.OUT_OF_TIME
    return State.OPEN


def over_since(times: Times, now: datetime) -> datetime | None:
    """When the attempt ended: handed in, or at its deadline; None while it is open."""
    match state(times, now):
        case State.HANDED_IN:
            return times.handed_in_at
        case State.OUT_OF_TIME:
            return times.deadline
    return None


def attempts_left(allowed: int | None, used: int) -> int | None:
    """How many more may be begun; None means any number."""
    return None if allowed is None else max(0, allowed - used)


def again_at(settings: Settings, ended: datetime | None) -> datetime | None:
    """From when another attempt may be begun, after one that ended; none where nobody waits."""
    return ended + settings.wait if ended is not None and settings.wait else None


def refuse_start(
    settings: Settings, used: int, closes: datetime, now: datetime, ended: datetime | None = None
) -> None:
    """An attempt begins while the quiz is open and attempts are left, and not sooner after the one
    before, which ``ended`` then, than the quiz says."""
    if now >= closes:
        raise Refused(N_("This quiz has closed."))
    if attempts_left(settings.attempts, used) == 0 or used >= MOST_ATTEMPTS:
        raise Refused(N_("You have used all the attempts of this quiz."))
    again = again_at(settings, ended)
    if again is not None and now < again:
        raise Refused(TOO_SOON, minutes=-((now - again) // timedelta(minutes=1)))


@dataclass(frozen=True)
class Result:
    """What one marked attempt reached."""

    number: int
    points: Points
    out_of: Points

    @property
    def part(self) -> Fraction:
        """The exact part of the whole; nothing of nothing is nothing."""
        return Fraction(self.points, self.out_of) if self.out_of else Fraction(0)


def counting(results: Sequence[Result], counts: Counts) -> Result | None:
    """The result that counts among those marked so far; the earlier one when two are equal.

    An average is a figure of its own: the mean of the parts reached, of the last attempt's whole,
    half up.
    """
    ordered = sorted(results, key=lambda result: result.number)
    if not ordered:
        return None
    match counts:
        case Counts.BEST:
            return max(ordered, key=lambda result: (result.part, -result.number))
        case Counts.FIRST:
            return ordered[0]
        case Counts.LAST:
            return ordered[-1]
        case Counts.AVERAGE:
            last = ordered[-1]
            mean = sum((result.part for result in ordered), Fraction(0)) / len(ordered)
            return Result(last.number, floor(mean * last.out_of + Fraction(1, 2)), last.out_of)
