"""Who sits a quiz now, as the server knows it, and what may be done for them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from lms.enrollment.rules.states import EnrollmentState
from lms.foundation.kernel.errors import N_, Refused

SILENT_AFTER = timedelta(minutes=5)
"""After so long without a save somebody counts as silent. It is a hint and no proof: whoever reads
or thinks sends nothing either."""
MOST_MINUTES = 600
SHORTEST_REASON = 5
REASON = N_("Write the reason in a few words: whoever looks later must know it.")
NOBODY = N_("It can be done for nobody of these.")


class Sitting(StrEnum):
    """How far somebody is with a quiz: their last attempt, seen at one moment."""

    NOT_BEGUN = "not_begun"
    IN = "in"
    SILENT = "silent"
    EXPIRED = "expired"
    HANDED_IN = "handed_in"


RUNNING = frozenset({Sitting.IN, Sitting.SILENT})
OVER = frozenset({Sitting.EXPIRED, Sitting.HANDED_IN})


class Deed(StrEnum):
    """What is done for somebody in the middle of a quiz."""

    EXTEND = "extend"
    REOPEN = "reopen"
    HAND_IN = "hand_in"


@dataclass(frozen=True)
class Seen:
    """What decides whether something may be done for somebody: their place, their last attempt."""

    sitting: Sitting
    state: str
    started_at: datetime | None = None
    deadline: datetime | None = None
    limit: timedelta | None = None
    """The time they are allowed now, exceptions and grace included; none without a limit."""
    closes: datetime | None = None
    """When the quiz closes to them."""
    has_own_close: bool = False
    """Whether the quiz has a day of its own and does not merely close with the cohort."""
    ends: datetime | None = None
    """When the cohort ends for them."""


@dataclass(frozen=True)
class More:
    """The exception that gives an attempt its new deadline: minutes, a later close or both."""

    until: datetime
    minutes: int = 0
    closes_at: datetime | None = None


def more_time(seen: Seen, minutes: int) -> More:
    """What somebody in a quiz must be allowed to end so many minutes later; else why not."""
    refuse(Deed.EXTEND, seen)
    assert seen.deadline is not None
    assert seen.started_at is not None
    assert seen.closes is not None
    until = seen.deadline + timedelta(minutes=minutes)
    closes_at = None
    if until > seen.closes:
        if not seen.has_own_close or (seen.ends is not None and until > seen.ends):
            raise Refused(N_("The cohort ends before that: give a later end of the cohort first."))
        closes_at = until
    if seen.limit is None:
        return More(until, 0, closes_at)
    # One that was reopened runs longer than its limit; the rest of the way is given with the rest.
    lacking = until - (seen.started_at + seen.limit)
    needed = -(-lacking // timedelta(minutes=1))
    if needed > MOST_MINUTES:
        raise Refused(
            N_("It was reopened with a time of its own: hand it in and reopen it with more.")
        )
    return More(until, needed, closes_at)


def refuse(deed: Deed, seen: Seen) -> None:
    """Say why something cannot be done for somebody now."""
    if seen.state == EnrollmentState.COMPLETED:
        raise Refused(N_("Has completed the cohort: its grades stand."))
    if seen.state != EnrollmentState.ENROLLED:
        raise Refused(N_("Does not study in this cohort any more."))
    if seen.sitting is Sitting.NOT_BEGUN:
        raise Refused(N_("Has not begun."))
    if deed is Deed.REOPEN and seen.sitting in RUNNING:
        raise Refused(N_("Is in it: nothing is to be reopened."))
    if deed is not Deed.REOPEN and seen.sitting is Sitting.HANDED_IN:
        raise Refused(N_("Has handed in."))
    if deed is not Deed.REOPEN and seen.sitting is Sitting.EXPIRED:
        raise Refused(N_("The time was over. Reopen it to give more."))


def reopened_until(now: datetime, minutes: int, ends: datetime) -> datetime:
    """Until when an attempt that is reopened runs; never longer than the cohort."""
    until = now + timedelta(minutes=minutes)
    if until > ends:
        raise Refused(N_("The cohort ends before that: give a later end of the cohort first."))
    return until


def sitting(
    *,
    started_at: datetime | None,
    deadline: datetime | None,
    handed_in_at: datetime | None,
    by_time: bool,
    heard_at: datetime | None,
    now: datetime,
) -> Sitting:
    """How far an attempt is. The list asks the database the same; a test compares the two."""
    if started_at is None:
        return Sitting.NOT_BEGUN
    if handed_in_at is not None:
        return Sitting.EXPIRED if by_time else Sitting.HANDED_IN
    if deadline is not None and now > deadline:
        return Sitting.EXPIRED
    return Sitting.SILENT if now - (heard_at or started_at) > SILENT_AFTER else Sitting.IN
