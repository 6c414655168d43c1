"""All the help desk is told of one person, within its reach; a fixed number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from lms.assessment.models import Attempt
from lms.catalog.models import Activity, ProgrammeVersion
from lms.certificates.models import Credential
from lms.enrollment.models import Cohort, Enrollment
from lms.foundation.mail.models import Letter
from lms.people.queries.reach import Reach

MOST = 20


@dataclass(frozen=True, slots=True)
class Place:
    """One of the person's places in cohorts, whatever its state."""

    uid: UUID
    cohort_uid: UUID
    cohort: str
    programme: str
    state: str
    applied_at: datetime
    last_seen_at: datetime | None
    reason: str | None
    attempts: int


@dataclass(frozen=True, slots=True)
class Sitting:
    """One attempt at a quiz, without what was asked or answered."""

    quiz: str
    cohort: str
    number: int
    started_at: datetime
    deadline: datetime | None
    handed_in_at: datetime | None
    handed_in_by: str | None
    passed: bool | None


@dataclass(frozen=True, slots=True)
class Mailed:
    """One letter: what kind, where to, what became of it."""

    template: str
    address: str
    state: str
    created_at: datetime
    sent_at: datetime | None
    last_error: str | None


@dataclass(frozen=True, slots=True)
class Issued:
    """One document that bears the person's name."""

    code: str
    series: str
    number: int
    status: str
    record: str
    issued_at: datetime


def places(session: Session, person_id: int, reach: Reach) -> Sequence[Place]:
    """Where somebody studies, studied or asked to, the latest first."""
    attempts = (
        select(func.count())
        .select_from(Attempt)
        .where(Attempt.enrollment_id == Enrollment.id)
        .correlate(Enrollment)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            Enrollment.uid,
            Cohort.uid,
            Cohort.title,
            ProgrammeVersion.title,
            Enrollment.state,
            Enrollment.applied_at,
            Enrollment.last_seen_at,
            Enrollment.reason,
            attempts,
        )
        .join(Cohort, Cohort.id == Enrollment.cohort_id)
        .join(ProgrammeVersion, ProgrammeVersion.id == Cohort.programme_version_id)
        .where(Enrollment.person_id == person_id, reach.of(Enrollment.institution_id))
        .order_by(Enrollment.applied_at.desc(), Enrollment.id.desc())
        .limit(MOST)
    )
    return [Place(*row) for row in rows]


def attempts(session: Session, person_id: int, reach: Reach) -> int:
    """How many attempts somebody has begun."""
    return (
        session.scalar(
            select(func.count())
            .select_from(Attempt)
            .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
            .where(Enrollment.person_id == person_id, reach.of(Enrollment.institution_id))
        )
        or 0
    )


def sittings(session: Session, person_id: int, reach: Reach) -> Sequence[Sitting]:
    """The last attempts of somebody."""
    rows = session.execute(
        select(
            Activity.title,
            Cohort.title,
            Attempt.number,
            Attempt.started_at,
            Attempt.deadline,
            Attempt.handed_in_at,
            Attempt.handed_in_by,
            Attempt.passed,
        )
        .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        .join(Cohort, Cohort.id == Enrollment.cohort_id)
        .join(Activity, Activity.id == Attempt.activity_id)
        .where(Enrollment.person_id == person_id, reach.of(Enrollment.institution_id))
        .order_by(Attempt.started_at.desc(), Attempt.id.desc())
        .limit(MOST)
    )
    return [Sitting(*row) for row in rows]


def mailed(session: Session, person_id: int, reach: Reach) -> Sequence[Mailed]:
    """The last letters to somebody: about the account itself, and from the reader's own houses."""
    rows = session.execute(
        select(
            Letter.template,
            Letter.address,
            Letter.state,
            Letter.created_at,
            Letter.sent_at,
            Letter.last_error,
        )
        .where(
            Letter.person_id == person_id,
            or_(Letter.institution_id.is_(None), reach.of(Letter.institution_id)),
        )
        .order_by(Letter.created_at.desc(), Letter.id.desc())
        .limit(MOST)
    )
    return [Mailed(*row) for row in rows]


def issued(session: Session, person_id: int, reach: Reach) -> Sequence[Issued]:
    """The documents of somebody, the latest first."""
    rows = session.execute(
        select(
            Credential.code,
            Credential.series,
            Credential.number,
            Credential.status,
            Credential.record,
            Credential.issued_at,
        )
        .where(Credential.person_id == person_id, reach.of(Credential.institution_id))
        .order_by(Credential.issued_at.desc(), Credential.id.desc())
        .limit(MOST)
    )
    return [Issued(*row) for row in rows]
