"""The applications page: who asked for a seat in a cohort, in the order of arrival."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from lms.catalog.models import ProgrammeVersion
from lms.enrollment.models import SEATED, Cohort, Enrollment, EnrollmentState
from lms.enrollment.queries.cohorts import SEATS_TAKEN
from lms.enrollment.rules.seats import Room
from lms.foundation.kernel.errors import NotFound
from lms.people.models import Identifier, Person, Post
from lms.people.models.person import IdentifierKind
from lms.people.rules.names import name_of

# Deciding about one page is one transaction: this many take about 50 ms of the writer.
PAGE_SIZE = 25


class Shown(StrEnum):
    """Which requests the page shows."""

    WAITING = "en-espera"
    ADMITTED = "admitidas"
    DECLINED = "no-admitidas"


STATES = {
    Shown.WAITING: (EnrollmentState.APPLIED, EnrollmentState.WAITLISTED),
    Shown.ADMITTED: SEATED,
    Shown.DECLINED: (EnrollmentState.DECLINED,),
}


@dataclass(frozen=True, slots=True)
class CohortHead:
    """The cohort that the page is about."""

    id: int
    uid: UUID
    title: str
    programme: str
    door: str
    enrollment_closes_at: datetime
    is_over: bool
    room: Room


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One person's request. Of the identity document only what may be shown."""

    uid: UUID
    person_id: int
    name: str
    municipality: str
    position: str
    document: str
    state: str
    applied_at: datetime
    decided_at: datetime | None
    reason: str | None


def head(reader: Session | Connection, cohort_uid: UUID, now: datetime) -> CohortHead:
    """The cohort with its seats."""
    row = reader.execute(
        select(
            Cohort.id,
            Cohort.uid,
            Cohort.title,
            ProgrammeVersion.title.label("programme"),
            Cohort.door,
            Cohort.enrollment_closes_at,
            Cohort.ends_at,
            Cohort.closed_at,
            Cohort.capacity,
            SEATS_TAKEN.label("taken"),
        )
        .join(ProgrammeVersion, ProgrammeVersion.id == Cohort.programme_version_id)
        .where(Cohort.uid == cohort_uid)
    ).first()
    if row is None:
        raise NotFound()
    return CohortHead(
        id=row.id,
        uid=row.uid,
        title=row.title,
        programme=row.programme,
        door=row.door,
        enrollment_closes_at=row.enrollment_closes_at,
        is_over=row.closed_at is not None or row.ends_at <= now,
        room=Room(row.title, row.capacity, row.taken),
    )


def counts(reader: Session | Connection, cohort_id: int) -> dict[Shown, int]:
    """How many requests there are of each sort."""
    rows = reader.execute(
        select(Enrollment.state, func.count().label("many"))
        .where(Enrollment.cohort_id == cohort_id)
        .group_by(Enrollment.state)
        .order_by(Enrollment.state)
    )
    by_state = {row.state: row.many for row in rows}
    return {
        shown: sum(by_state.get(state, 0) for state in states) for shown, states in STATES.items()
    }


def page(
    reader: Session | Connection, cohort_id: int, shown: Shown, number: int
) -> Sequence[RequestLine]:
    """One page of requests, whoever came first at the top."""
    statement = (
        _LINES.where(Enrollment.cohort_id == cohort_id, Enrollment.state.in_(STATES[shown]))
        .order_by(Enrollment.applied_at, Enrollment.uid)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    return _lines(reader.execute(statement))


def chosen(
    reader: Session | Connection, cohort_id: int, uids: Collection[UUID]
) -> Sequence[RequestLine]:
    """These requests of the cohort, whoever came first at the top."""
    statement = (
        _LINES.where(Enrollment.cohort_id == cohort_id, Enrollment.uid.in_(uids))
        .order_by(Enrollment.applied_at, Enrollment.uid)
        .limit(len(uids))
    )
    return _lines(reader.execute(statement))


_POST = (
    select(func.max(Post.id))
    .where(Post.person_id == Enrollment.person_id, Post.ends_on.is_(None))
    .correlate(Enrollment)
    .scalar_subquery()
)
_DOCUMENT = (
    select(func.min(Identifier.shown))
    .where(Identifier.person_id == Enrollment.person_id, Identifier.kind == IdentifierKind.DOCUMENT)
    .correlate(Enrollment)
    .scalar_subquery()
)
_LINES = (
    select(
        Enrollment.uid,
        Enrollment.person_id,
        Person.given_names,
        Person.first_surname,
        Person.second_surname,
        Enrollment.municipality,
        Post.position,
        _DOCUMENT.label("document"),
        Enrollment.state,
        Enrollment.applied_at,
        Enrollment.decided_at,
        Enrollment.reason,
    )
    .join(Person, Person.id == Enrollment.person_id)
    .outerjoin(Post, Post.id == _POST)
)


def _lines(rows: Iterable[Any]) -> list[RequestLine]:
    return [
        RequestLine(
            uid=row.uid,
            person_id=row.person_id,
            name=name_of(row).full,
            municipality=row.municipality,
            position=row.position or "",
            document=row.document or "",
            state=row.state,
            applied_at=row.applied_at,
            decided_at=row.decided_at,
            reason=row.reason,
        )
        for row in rows
    ]
