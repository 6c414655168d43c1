"""Seats: how many there are, and that one is never given twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lms.enrollment.rules.states import EnrollmentState
from lms.foundation.kernel.errors import N_, Invalid, Refused

SHORTEST_REASON = 3
LONGEST_REASON = 500

ADMISSIBLE = (EnrollmentState.APPLIED, EnrollmentState.WAITLISTED, EnrollmentState.DECLINED)
"""Who can be admitted: whoever waits, and whoever was declined by mistake."""
DECLINABLE = (EnrollmentState.APPLIED, EnrollmentState.WAITLISTED)


@dataclass(frozen=True)
class Room:
    """A cohort's seats. Without a capacity there is always room."""

    title: str
    capacity: int | None
    taken: int

    @property
    def left(self) -> int | None:
        return None if self.capacity is None else max(0, self.capacity - self.taken)

    @property
    def is_full(self) -> bool:
        return self.left == 0


@dataclass(frozen=True)
class Request:
    """Somebody's request for a seat, as it stands now."""

    uid: UUID
    state: str
    applied_at: datetime


@dataclass(frozen=True)
class Sorting:
    """What becomes of several requests decided at once."""

    granted: tuple[UUID, ...] = ()
    without_seat: tuple[UUID, ...] = ()
    not_waiting: tuple[UUID, ...] = ()


def admit(room: Room, requests: Sequence[Request], *, is_over: bool) -> Sorting:
    """Admit in the order of arrival while seats remain; the others keep waiting.

    Whoever was decided in the meantime is passed over, not decided again.
    """
    _still_decides(room, is_over)
    waiting = sorted(
        (each for each in requests if each.state in ADMISSIBLE),
        key=lambda each: (each.applied_at, each.uid),
    )
    seats = len(waiting) if room.left is None else min(room.left, len(waiting))
    if waiting and not seats:
        raise Refused(N_("All seats of %(cohort)s are taken."), cohort=room.title)
    uids = tuple(each.uid for each in waiting)
    return Sorting(uids[:seats], uids[seats:], _others(requests, ADMISSIBLE))


def decline(room: Room, requests: Sequence[Request], reason: str, *, is_over: bool) -> Sorting:
    """Decline with a reason that the person will read."""
    _still_decides(room, is_over)
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        said = N_("Write the reason in up to 500 characters: the person will read it.")
        raise Invalid(said, fields={"reason": said})
    granted = tuple(each.uid for each in requests if each.state in DECLINABLE)
    return Sorting(granted, (), _others(requests, DECLINABLE))


def _still_decides(room: Room, is_over: bool) -> None:
    if is_over:
        raise Refused(
            N_("%(cohort)s has ended: nobody is admitted or declined any more."),
            cohort=room.title,
        )


def _others(requests: Sequence[Request], states: Sequence[EnrollmentState]) -> tuple[UUID, ...]:
    return tuple(each.uid for each in requests if each.state not in states)
