"""Which courses of somebody are recognised, with what shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from lms.enrollment.models import Cohort, Enrollment
from lms.foundation.files.models import Blob
from lms.foundation.kernel.errors import NotFound
from lms.grading.models import Recognition
from lms.people.models import Person
from lms.people.rules.names import name_of

MOST = 50

STANDS: ColumnElement[bool] = Recognition.revoked_at.is_(None)


@dataclass(frozen=True, slots=True)
class Recognised:
    """One course passed elsewhere, as pages show it."""

    uid: UUID
    course_id: int
    where_passed: str
    title: str
    hours: int
    grade: str
    passed_on: date
    reason: str
    document: str
    document_size: int
    at: datetime
    by: str
    revoked_at: datetime | None
    revoked_reason: str

    @property
    def holds(self) -> bool:
        return self.revoked_at is None


def recognised_courses(session: Session, enrollment_id: int) -> frozenset[int]:
    """The courses, by id, that count as passed elsewhere for an enrollment."""
    return frozenset(
        session.scalars(
            select(Recognition.course_id).where(Recognition.enrollment_id == enrollment_id, STANDS)
        )
    )


def recognitions_of(session: Session, enrollment_id: int) -> Sequence[Recognised]:
    """Everything that was recognised for an enrollment, the latest first; taken back ones too."""
    rows = session.execute(
        select(Recognition, Person, Blob.size)
        .join(Blob, Blob.sha256 == Recognition.document_sha256)
        .outerjoin(Person, Person.id == Recognition.by_id)
        .where(Recognition.enrollment_id == enrollment_id)
        .order_by(Recognition.at.desc(), Recognition.id.desc())
        .limit(MOST)
    )
    return [
        Recognised(
            uid=found.uid,
            course_id=found.course_id,
            where_passed=found.where_passed,
            title=found.title,
            hours=found.hours,
            grade=found.grade,
            passed_on=found.passed_on,
            reason=found.reason,
            document=found.document_name,
            document_size=size,
            at=found.at,
            by=name_of(person).short if person is not None else "",
            revoked_at=found.revoked_at,
            revoked_reason=found.revoked_reason,
        )
        for found, person, size in rows
    ]


def document_of(session: Session, cohort: UUID, recognition: UUID) -> tuple[str, str, str]:
    """The document of a recognition in this very cohort: hash, media type and name."""
    row = session.execute(
        select(Blob.sha256, Blob.media_type, Recognition.document_name)
        .select_from(Recognition)
        .join(Blob, Blob.sha256 == Recognition.document_sha256)
        .join(Enrollment, Enrollment.id == Recognition.enrollment_id)
        .join(Cohort, Cohort.id == Enrollment.cohort_id)
        .where(Recognition.uid == recognition, Cohort.uid == cohort)
    ).first()
    if row is None:
        raise NotFound()
    return row.sha256, row.media_type, row.document_name
