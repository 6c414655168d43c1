"""Seats: how many there are, and that one is never given twice."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from lms.enrollment.rules.states import EnrollmentState
from lms.foundation.kernel.errors import N_, Invalid, Refused

SHORTEST_REASON = 3
LONGEST_REASON = 500

ADMISSIBLE = (EnrollmentState.APPLIED, EnrollmentState.WAITLISTED, EnrollmentState.DECLINED)
"""Who can be admitted: whoever waits, and whoever was declined by mistake."""
DECLINABLE = (EnrollmentState.APPLIED, EnrollmentState.WAITLISTED)


class Why(StrEnum):
    """Why requests are declined, as institutes count it."""

    PAPERS = "papers"
    AUDIENCE = "audience"
    SEATS = "seats"
    REPEATED = "repeated"
    OTHER = "other"


WHY = {
    Why.PAPERS: N_("The documents do not show what the call asks for."),
    Why.AUDIENCE: N_("The call is for other people or posts."),
    Why.SEATS: N_("There were more requests than seats."),
    Why.REPEATED: N_("You have taken this course already or have a seat in another cohort."),
}
"""What each of them says to the person; any other is said in words."""


@dataclass(frozen=True, slots=True)
class Share:
    """Seats that are kept for an agreement at this moment, and how many of them are taken."""

    id: int
    seats: int
    taken: int
    name: str = ""

    @property
    def free(self) -> int:
        return max(0, self.seats - self.taken)


@dataclass(frozen=True)
class Room:
    """A cohort's seats. Without a capacity there is always room.

    Seats kept for an agreement stay closed to the public while they are kept: the agreement is
    signed, the waiting list is not.
    """

    title: str
    capacity: int | None
    taken: int
    shares: tuple[Share, ...] = ()

    @property
    def kept(self) -> int:
        """How many free seats are kept for agreements."""
        return sum(each.free for each in self.shares)

    @property
    def left(self) -> int | None:
        """How many seats are left for the public."""
        return self.left_for(None)

    @property
    def is_full(self) -> bool:
        return self.left == 0

    def left_for(self, share: int | None) -> int | None:
        """How many seats are left for whoever comes by this agreement, or by none."""
        if self.capacity is None:
            return None
        free = max(0, self.capacity - self.taken)
        own = sum(each.free for each in self.shares if each.id == share)
        return min(free, max(0, free - self.kept) + own)

    def seated(self, share: int | None) -> "Room":
        """The same once somebody has taken a seat by this door."""
        shares = tuple(
            replace(each, taken=each.taken + 1) if each.id == share else each
            for each in self.shares
        )
        return replace(self, taken=self.taken + 1, shares=shares)


@dataclass(frozen=True)
class Request:
    """Somebody's request for a seat, as it stands now."""

    uid: UUID
    state: str
    applied_at: datetime
    has_begun: bool = False
    """Whether they have entered the classroom or done anything in it."""
    share: int | None = None
    """The agreement by which they came, if any."""


@dataclass(frozen=True)
class Sorting:
    """What becomes of several requests decided at once."""

    granted: tuple[UUID, ...] = ()
    without_seat: tuple[UUID, ...] = ()
    not_waiting: tuple[UUID, ...] = ()


def admit(room: Room, requests: Sequence[Request], *, is_over: bool) -> Sorting:
    """Admit in the order of arrival while seats remain by each door; the others keep waiting.

    Whoever was decided in the meantime is passed over, not decided again.
    """
    _still_decides(room, is_over)
    waiting = sorted(
        (each for each in requests if each.state in ADMISSIBLE),
        key=lambda each: (each.applied_at, each.uid),
    )
    granted, without = [], []
    for each in waiting:
        if room.left_for(each.share) == 0:
            without.append(each.uid)
        else:
            granted.append(each.uid)
            room = room.seated(each.share)
    if waiting and not granted:
        raise Refused(N_("All seats of %(cohort)s are taken."), cohort=room.title)
    return Sorting(tuple(granted), tuple(without), _others(requests, ADMISSIBLE))


def decline(room: Room, requests: Sequence[Request], reason: str, *, is_over: bool) -> Sorting:
    """Decline with a reason that the person will read."""
    _still_decides(room, is_over)
    check_reason(reason)
    granted = tuple(each.uid for each in requests if each.state in DECLINABLE)
    return Sorting(granted, (), _others(requests, DECLINABLE))


def reopen(room: Room, requests: Sequence[Request], *, is_over: bool) -> Sorting:
    """What was declined waits for an answer again, in its old place."""
    _still_decides(room, is_over)
    granted = tuple(each.uid for each in requests if each.state == EnrollmentState.DECLINED)
    if not granted:
        raise Refused(N_("None of these requests is declined any more."))
    return Sorting(granted, (), _others(requests, (EnrollmentState.DECLINED,)))


def take_back(room: Room, requests: Sequence[Request], reason: str, *, is_over: bool) -> Sorting:
    """An admission is taken back while nothing was done with it: afterwards one withdraws."""
    _still_decides(room, is_over)
    check_reason(reason)
    granted = tuple(each.uid for each in requests if can_take_back(each))
    if not granted:
        raise Refused(
            N_("Whoever has entered the classroom is withdrawn instead, with what they have done.")
        )
    return Sorting(granted, (), tuple(each.uid for each in requests if not can_take_back(each)))


def can_take_back(request: Request) -> bool:
    """Whether an admission can still be taken back."""
    return request.state == EnrollmentState.ENROLLED and not request.has_begun


def check_reason(reason: str) -> None:
    """What changes somebody's place is done for a reason that they read."""
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        said = N_("Write the reason in up to 500 characters: the person will read it.")
        raise Invalid(said, fields={"reason": said})


def _still_decides(room: Room, is_over: bool) -> None:
    if is_over:
        raise Refused(
            N_("%(cohort)s has ended: nobody is admitted or declined any more."),
            cohort=room.title,
        )


def _others(requests: Sequence[Request], states: Sequence[EnrollmentState]) -> tuple[UUID, ...]:
    return tuple(each.uid for each in requests if each.state not in states)
