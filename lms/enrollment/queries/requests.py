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
from lms.enrollment.models import (
    SEATED,
    Application,
    Cohort,
    Enrollment,
    EnrollmentState,
    Paper,
    Quota,
)
from lms.enrollment.queries.cohorts import SEATS_TAKEN
from lms.enrollment.queries.quotas import shares
from lms.enrollment.rules.applying import ApplicationState, PaperState
from lms.enrollment.rules.seats import Room
from lms.foundation.kernel.errors import NotFound
from lms.people.models import Identifier, Person, Post
from lms.people.models.person import IdentifierKind
from lms.people.rules.names import name_of

IS_CORRECTING = func.coalesce(Application.state, "") == ApplicationState.CORRECTING
"""Whether a request was sent back and is being corrected, where applications are joined."""

# Deciding about one page is one transaction: this many take about 50 ms of the writer.
PAGE_SIZE = 25


class Shown(StrEnum):
    """Which requests the page shows."""

    WAITING = "en-espera"
    CORRECTING = "en-correccion"
    WAITLISTED = "lista-de-espera"
    ADMITTED = "admitidas"
    DECLINED = "no-admitidas"


STATES = {
    Shown.WAITING: (EnrollmentState.APPLIED,),
    Shown.CORRECTING: (EnrollmentState.APPLIED,),
    Shown.WAITLISTED: (EnrollmentState.WAITLISTED,),
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
    zone: str
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
    has_begun: bool = False
    share: int | None = None
    """The agreement by which they came, if any."""
    agreement: str = ""
    application: UUID | None = None
    """What they sent, if documents were asked for."""
    correct_by_at: datetime | None = None
    """Until when they correct it, if it was sent back."""
    unread: int = 0
    observed: int = 0

    @property
    def is_correcting(self) -> bool:
        return self.correct_by_at is not None


def has_begun(row: Any) -> bool:
    """Whether somebody with a seat has entered the classroom or done anything in it."""
    return row.last_seen_at is not None or row.progress_version > 0


def head(reader: Session | Connection, cohort_uid: UUID, now: datetime) -> CohortHead:
    """The cohort with its seats."""
    row = reader.execute(
        select(
            Cohort.id,
            Cohort.uid,
            Cohort.title,
            ProgrammeVersion.title.label("programme"),
            Cohort.policy,
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
        zone=row.policy["zone"],
        door=row.door,
        enrollment_closes_at=row.enrollment_closes_at,
        is_over=row.closed_at is not None or row.ends_at <= now,
        room=Room(row.title, row.capacity, row.taken, shares(reader, row.id, now)),
    )


def counts(reader: Session | Connection, cohort_id: int) -> dict[Shown, int]:
    """How many requests there are of each sort."""
    rows = reader.execute(
        select(Enrollment.state, IS_CORRECTING.label("correcting"), func.count().label("many"))
        .outerjoin(Application, Application.enrollment_id == Enrollment.id)
        .where(Enrollment.cohort_id == cohort_id)
        .group_by(Enrollment.state, IS_CORRECTING)
        .order_by(Enrollment.state, IS_CORRECTING)
    )
    found = dict.fromkeys(Shown, 0)
    for row in rows:
        for shown, states in STATES.items():
            apart = shown in (Shown.WAITING, Shown.CORRECTING)
            if row.state in states and (
                not apart or bool(row.correcting) is (shown is Shown.CORRECTING)
            ):
                found[shown] += row.many
    return found


def page(
    reader: Session | Connection, cohort_id: int, shown: Shown, number: int
) -> Sequence[RequestLine]:
    """One page of requests, whoever came first at the top."""
    chosen = _LINES.where(Enrollment.cohort_id == cohort_id, Enrollment.state.in_(STATES[shown]))
    if shown in (Shown.WAITING, Shown.CORRECTING):
        chosen = chosen.where(IS_CORRECTING if shown is Shown.CORRECTING else ~IS_CORRECTING)
    statement = (
        chosen.order_by(Enrollment.applied_at, Enrollment.uid)
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


def of_application(
    reader: Session | Connection, cohort_id: int, application_id: int
) -> Sequence[RequestLine]:
    """The request that an application became."""
    statement = _LINES.where(
        Enrollment.cohort_id == cohort_id, Application.id == application_id
    ).limit(1)
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
_PAPERS = {
    name: select(func.count())
    .select_from(Paper)
    .where(Paper.application_id == Application.id, *conditions)
    .correlate(Application)
    .scalar_subquery()
    .label(name)
    for name, conditions in (
        ("unread", (Paper.state == PaperState.SENT,)),
        ("observed", (Paper.state == PaperState.OBSERVED, Paper.turn == Application.turn)),
    )
}
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
        Enrollment.last_seen_at,
        Enrollment.progress_version,
        Enrollment.quota_id,
        Quota.name.label("agreement"),
        Application.uid.label("application"),
        Application.state.label("application_state"),
        Application.correct_by_at,
        *_PAPERS.values(),
    )
    .outerjoin(Application, Application.enrollment_id == Enrollment.id)
    .join(Person, Person.id == Enrollment.person_id)
    .outerjoin(Quota, Quota.id == Enrollment.quota_id)
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
            has_begun=has_begun(row),
            share=row.quota_id,
            agreement=row.agreement or "",
            application=row.application,
            correct_by_at=row.correct_by_at
            if row.application_state == ApplicationState.CORRECTING
            else None,
            unread=row.unread,
            observed=row.observed,
        )
        for row in rows
    ]
