"""Leaving a cohort: who can be withdrawn, from when, for which cause; and coming back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from lms.enrollment.rules.seats import LONGEST_REASON, Room
from lms.enrollment.rules.states import EnrollmentState
from lms.foundation.kernel.errors import N_, Invalid, Refused

SHORTEST_REASON = 5

LEAVABLE = (EnrollmentState.ENROLLED, EnrollmentState.FAILED)
"""Who can leave: whoever has completed the cohort has nothing left to leave."""
NOT_GONE = N_("This person is not withdrawn any more.")


class Cause(StrEnum):
    """Why somebody leaves, as institutes count it."""

    OWN_WISH = "own_wish"
    WORK = "work"
    HEALTH = "health"
    FAMILY = "family"
    SIGNAL = "signal"
    POST = "post"
    NEVER_CAME = "never_came"
    MISTAKE = "mistake"
    OTHER = "other"


CAUSES = {
    Cause.OWN_WISH: N_("Asked to leave"),
    Cause.WORK: N_("Work leaves no time"),
    Cause.HEALTH: N_("Health"),
    Cause.FAMILY: N_("Family"),
    Cause.SIGNAL: N_("No signal or no device"),
    Cause.POST: N_("Left the post or the institution"),
    Cause.NEVER_CAME: N_("Never came in, or stopped coming"),
    Cause.MISTAKE: N_("Was enrolled by mistake"),
    Cause.OTHER: N_("Another cause"),
}


@dataclass(frozen=True, slots=True)
class Leaver:
    """Somebody who is to leave: how they stand, and the day on which they got their seat."""

    uid: UUID
    name: str
    state: str
    since: date


@dataclass(frozen=True, slots=True)
class Leaving:
    """Who can leave, and whom it passes over: they have left already, or completed the cohort."""

    leave: tuple[UUID, ...]
    stay: tuple[UUID, ...]


def withdraw(
    cohort: str,
    people: Sequence[Leaver],
    *,
    left_on: date,
    cause: str,
    reason: str,
    today: date,
    is_closed: bool,
) -> Leaving:
    """Withdraw whoever still studies, from a day between their enrolment and today.

    ``today`` is the day where the institution is. The cause is one that institutes count; the
    reason is in words, and the person reads it.
    """
    refuse_closed(cohort, is_closed=is_closed)
    leave = [each for each in people if each.state in LEAVABLE]
    latest = max(leave, key=lambda each: each.since, default=None)
    check_said(
        left_on,
        latest.since if latest else None,
        cause,
        reason,
        today,
        tuple(Cause),
        name=latest.name if latest else "",
    )
    if not leave:
        raise Refused(N_("None of these people still studies in the cohort."))
    gone = {each.uid for each in leave}
    return Leaving(
        tuple(each.uid for each in leave), tuple(p.uid for p in people if p.uid not in gone)
    )


def check_said(
    left_on: date,
    since: date | None,
    cause: str,
    reason: str,
    today: date,
    causes: Collection[Cause],
    *,
    name: str = "",
) -> None:
    """The day lies between enrolment and today, the cause is one of these, the reason is in words.

    ``since`` is when ``name`` was enrolled. Raises Invalid with what is wrong beside each field.
    """
    faults: dict[str, str] = {}
    if left_on > today:
        faults["left_on"] = N_("That day has not come yet.")
    elif since is not None and left_on < since:
        faults["left_on"] = (
            N_("%(name)s was enrolled later than that.")
            if name
            else N_("The person was enrolled later than that.")
        )
    if cause not in set(causes):
        faults["cause"] = N_("Choose the cause.")
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        faults["reason"] = N_("Write the reason in up to 500 characters: the person will read it.")
    if faults:
        raise Invalid(next(iter(faults.values())), fields=faults, name=name)


def take_back(room: Room, state: str, reason: str, *, share: int | None, is_closed: bool) -> None:
    """A withdrawal is taken back, for a reason, while a seat is free and grades are not closed.

    ``share`` is the agreement by which they had their seat, if any.
    """
    refuse_closed(room.title, is_closed=is_closed)
    if state != EnrollmentState.WITHDRAWN:
        raise Refused(NOT_GONE)
    if room.left_for(share) == 0:
        raise Refused(N_("All seats of %(cohort)s are taken."), cohort=room.title)
    refuse_unsaid(reason)


def refuse_unsaid(reason: str) -> None:
    """What is undone is undone for a reason in words."""
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        said = N_("Write the reason in up to 500 characters: the person will read it.")
        raise Invalid(said, fields={"reason": said})


def refuse_closed(cohort: str, *, is_closed: bool) -> None:
    """Nobody leaves a closed cohort, and nobody comes back to one: its grades stand."""
    if is_closed:
        raise Refused(N_("%(cohort)s is closed: its grades stand."), cohort=cohort)
