"""Cohorts for the catalogue: what can be asked for, and how the reader stands there."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import Session

from lms.catalog.offers import Offer, Own
from lms.enrollment.models import SEATED, Application, Cohort, Enrollment
from lms.enrollment.queries.quotas import HELD_SEATS
from lms.enrollment.queries.waiting import PLACE, TAKES_WAITLIST
from lms.enrollment.rules.states import Door, EnrollmentState
from lms.enrollment.rules.words import DOORS, STATES

MOST_OFFERS = 20
MOST_PROGRAMMES = 100
MOST_OWN = 200

_COLUMNS = (
    Cohort.id,
    Cohort.uid,
    Cohort.programme_id,
    Cohort.title,
    Cohort.mode,
    Cohort.door,
    Cohort.capacity,
    Cohort.enrollment_opens_at,
    Cohort.enrollment_closes_at,
    Cohort.starts_at,
    Cohort.ends_at,
    TAKES_WAITLIST.label("takes_waitlist"),
)


_NOW = bindparam("now", type_=Cohort.starts_at.type)
_PROGRAMMES: BindParameter[Any] = bindparam("programme_ids", expanding=True)
_FULL = and_(Cohort.capacity.is_not(None), Cohort.capacity <= HELD_SEATS)
_RANK = case(
    (and_(Cohort.enrollment_opens_at <= _NOW, ~_FULL), 0),
    (Cohort.enrollment_opens_at > _NOW, 1),
    else_=2,
)
_RANKED = (
    select(
        *_COLUMNS,
        HELD_SEATS.label("seated"),
        func.row_number()
        .over(
            partition_by=Cohort.programme_id,
            order_by=(_RANK, Cohort.enrollment_closes_at, Cohort.id),
        )
        .label("place"),
    )
    .where(
        Cohort.programme_id.in_(_PROGRAMMES),
        Cohort.enrollment_closes_at > _NOW,
        Cohort.closed_at.is_(None),
    )
    .subquery()
)
_NEXT = (
    select(_RANKED)
    .where(_RANKED.c.place == 1)
    .order_by(_RANKED.c.programme_id)
    .limit(MOST_PROGRAMMES)
)
_OWN_COLUMNS = (
    Enrollment.uid.label("enrollment_uid"),
    Enrollment.state,
    Enrollment.reason,
    Application.uid.label("application_uid"),
    PLACE.label("place"),
)
_SENT = Application.enrollment_id == Enrollment.id
# A visitor is nobody: no enrollment has a person without a number.
_PERSON = Enrollment.person_id == bindparam("person_id")
_ALL = (
    select(*_COLUMNS, HELD_SEATS.label("seated"), *_OWN_COLUMNS)
    .outerjoin(Enrollment, and_(Enrollment.cohort_id == Cohort.id, _PERSON))
    .outerjoin(Application, _SENT)
    .where(
        Cohort.programme_id == bindparam("programme_id"),
        or_(
            and_(Cohort.ends_at > _NOW, Cohort.closed_at.is_(None)),
            Enrollment.id.is_not(None),
        ),
    )
    .order_by(Cohort.starts_at, Cohort.id)
    .limit(MOST_OFFERS)
)
_OWN = (
    select(Cohort.programme_id, *_OWN_COLUMNS)
    .join(Enrollment, Enrollment.cohort_id == Cohort.id)
    .outerjoin(Application, _SENT)
    # Whoever was transferred stands where they went.
    .where(
        _PERSON,
        Cohort.programme_id.in_(_PROGRAMMES),
        Enrollment.state != EnrollmentState.TRANSFERRED,
    )
    .order_by(Cohort.starts_at, Cohort.id)
    .limit(MOST_OWN)
)


class CohortOffers:
    """Answers the catalogue (see `lms.catalog.offers.Offers`)."""

    def next_of(
        self, reader: Session | Connection, programme_ids: Collection[int], now: datetime
    ) -> Mapping[int, Offer]:
        """For each programme a cohort that takes requests and has seats, else the next one."""
        rows = reader.execute(_NEXT, {"programme_ids": list(programme_ids), "now": now})
        return {row.programme_id: _offer(row, None) for row in rows}

    def all_of(
        self,
        reader: Session | Connection,
        programme_id: int,
        now: datetime,
        person_id: int | None,
    ) -> Sequence[Offer]:
        """The cohorts of a programme that are not over, and the person's own, in order."""
        asked = {"programme_id": programme_id, "person_id": person_id, "now": now}
        return [_offer(row, _own(row)) for row in reader.execute(_ALL, asked)]

    def own_of(
        self, reader: Session | Connection, programme_ids: Collection[int], person_id: int
    ) -> Mapping[int, Own]:
        """How a person stands in their latest cohort of each programme."""
        asked = {"programme_ids": list(programme_ids), "person_id": person_id}
        found: dict[int, Own] = {}
        for row in reader.execute(_OWN, asked):
            own = _own(row)
            if own is not None:
                found[row.programme_id] = own
        return found


def _offer(row: Any, own: Own | None) -> Offer:
    capacity = row.capacity
    return Offer(
        uid=row.uid,
        programme_id=row.programme_id,
        title=row.title,
        mode=row.mode,
        door=row.door,
        door_said=DOORS[Door(row.door)],
        capacity=capacity,
        seats_left=None if capacity is None else max(0, capacity - row.seated),
        enrollment_opens_at=row.enrollment_opens_at,
        enrollment_closes_at=row.enrollment_closes_at,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        own=own,
        takes_waitlist=bool(row.takes_waitlist) and row.door != Door.KEY,
    )


def _own(row: Any) -> Own | None:
    if row.state is None:
        return None
    said, tone = STATES[EnrollmentState(row.state)]
    return Own(
        state=row.state,
        said=said,
        tone=tone,
        enrollment=row.enrollment_uid,
        has_seat=row.state in SEATED,
        reason=row.reason,
        place=row.place,
        application=row.application_uid,
    )
