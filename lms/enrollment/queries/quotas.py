"""A cohort's seats by door: how many there are, are taken, and are kept for whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    bindparam,
    case,
    cast,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session

from lms.enrollment.models import HAS_SEAT, Cohort, Enrollment, Quota
from lms.enrollment.queries.cohorts import SEATS_TAKEN
from lms.enrollment.rules.seats import Room, Share
from lms.foundation.kernel.errors import NotFound

MOST = 50
_TAKEN = (
    select(func.count())
    .select_from(Enrollment)
    .where(Enrollment.quota_id == Quota.id, HAS_SEAT)
    .correlate(Quota)
    .scalar_subquery()
)


def _holds(now: datetime | ColumnElement[datetime]) -> ColumnElement[bool]:
    return or_(Quota.until_at.is_(None), Quota.until_at > now)


# A sum of large numbers is a decimal on PostgreSQL; seats are whole.
KEPT_SEATS = (
    select(
        cast(
            func.coalesce(func.sum(case((Quota.seats > _TAKEN, Quota.seats - _TAKEN), else_=0)), 0),
            Integer,
        )
    )
    .where(Quota.cohort_id == Cohort.id, _holds(bindparam("now", type_=Quota.until_at.type)))
    .correlate(Cohort)
    .scalar_subquery()
)
"""How many free seats of a cohort are kept for agreements at the moment ``now``."""
HELD_SEATS = SEATS_TAKEN + KEPT_SEATS
"""How many seats the public may not take: what is kept counts as taken."""


@dataclass(frozen=True, slots=True)
class Line:
    """Seats that are kept, and how many of them are taken."""

    id: int
    uid: UUID
    name: str
    seats: int
    until_at: datetime | None
    taken: int
    holds: bool


def lines(session: Session | Connection, cohort_id: int, now: datetime) -> Sequence[Line]:
    """Every quota of a cohort, those that hold no more among them."""
    rows = session.execute(
        select(Quota.id, Quota.uid, Quota.name, Quota.seats, Quota.until_at, _TAKEN.label("taken"))
        .where(Quota.cohort_id == cohort_id)
        .order_by(Quota.id)
        .limit(MOST)
    )
    return [
        Line(
            id=row.id,
            uid=row.uid,
            name=row.name,
            seats=row.seats,
            until_at=row.until_at,
            taken=row.taken,
            holds=row.until_at is None or row.until_at > now,
        )
        for row in rows
    ]


def shares(session: Session | Connection, cohort_id: int, now: datetime) -> tuple[Share, ...]:
    """The seats that are kept now, as the rules see them."""
    return tuple(
        Share(each.id, each.seats, each.taken, each.name)
        for each in lines(session, cohort_id, now)
        if each.holds
    )


def room_of(session: Session, cohort: Cohort, now: datetime) -> Room:
    """The seats of a cohort. Asked after the cohort is locked, the answer holds."""
    taken = session.scalar(
        select(func.count())
        .select_from(Enrollment)
        .where(Enrollment.cohort_id == cohort.id, HAS_SEAT)
    )
    return Room(cohort.title, cohort.capacity, taken or 0, shares(session, cohort.id, now))


def quota_of(session: Session, cohort_id: int, uid: UUID) -> Quota:
    """One quota of a cohort; another's does not exist here."""
    found = session.scalar(select(Quota).where(Quota.cohort_id == cohort_id, Quota.uid == uid))
    if found is None:
        raise NotFound()
    return found
