"""The waiting list: who is next when a seat becomes free. Its order is the moment of asking."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from lms.enrollment.rules.seats import Request, Room, Sorting
from lms.enrollment.rules.states import EnrollmentState
from lms.foundation.kernel.errors import N_, Refused


class Promotion(StrEnum):
    """Who gives free seats to the waiting list."""

    BY_REGISTRAR = "registrar"
    AUTOMATIC = "automatic"


PROMOTIONS = {
    Promotion.BY_REGISTRAR: N_("By the registrar, who is told when a seat is free"),
    Promotion.AUTOMATIC: N_("At once, to whoever is first"),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody on the list, and whether they meanwhile hold a seat of the same course elsewhere."""

    uid: UUID
    applied_at: datetime
    is_seated_elsewhere: bool = False
    share: int | None = None
    """The agreement by which they came, if any."""


@dataclass(frozen=True, slots=True)
class Promoted:
    """Who gets a seat, in the order of the list, and who was passed over and stays on it."""

    granted: tuple[UUID, ...] = ()
    passed_over: tuple[UUID, ...] = ()


def promote(room: Room, waiting: Sequence[Waiting]) -> Promoted:
    """Free seats go to whoever asked first, by each door; who holds one of the same course
    elsewhere is passed over and keeps their place."""
    granted: list[UUID] = []
    passed: list[UUID] = []
    for each in sorted(waiting, key=lambda one: (one.applied_at, one.uid)):
        if room.left_for(each.share) == 0:
            continue  # by another door there may be one
        if each.is_seated_elsewhere:
            passed.append(each.uid)
            continue
        granted.append(each.uid)
        room = room.seated(each.share)
    return Promoted(tuple(granted), tuple(passed))


def put_on(room: Room, requests: Sequence[Request], *, is_over: bool) -> Sorting:
    """Whoever waits for an answer waits for a seat instead, by the moment they asked."""
    refuse_over(room, is_over)
    granted = tuple(each.uid for each in requests if each.state == EnrollmentState.APPLIED)
    if not granted:
        raise Refused(N_("None of these people is waiting for an answer any more."))
    return Sorting(granted, (), _others(requests, EnrollmentState.APPLIED))


def take_off(room: Room, requests: Sequence[Request], *, is_over: bool) -> Sorting:
    """Whoever is on the list waits for an answer again, in their old place."""
    refuse_over(room, is_over)
    granted = tuple(each.uid for each in requests if each.state == EnrollmentState.WAITLISTED)
    if not granted:
        raise Refused(N_("None of these people is on the waiting list any more."))
    return Sorting(granted, (), _others(requests, EnrollmentState.WAITLISTED))


def refuse_over(room: Room, is_over: bool) -> None:
    """Nobody waits for a seat in a cohort that has ended."""
    if is_over:
        raise Refused(
            N_("%(cohort)s has ended: nobody waits for a seat any more."), cohort=room.title
        )


def _others(requests: Sequence[Request], state: EnrollmentState) -> tuple[UUID, ...]:
    return tuple(each.uid for each in requests if each.state != state)
