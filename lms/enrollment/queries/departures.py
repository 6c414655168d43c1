"""How people of a cohort left it: for whoever puts it down, for their page, for themselves."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased, contains_eager

from lms.enrollment.models import Cohort, Departure, Enrollment
from lms.enrollment.rules.departures import Leaver
from lms.foundation.files.models import Blob
from lms.foundation.kernel.errors import NotFound
from lms.people.models import Person
from lms.people.rules.names import name_of

MOST = 50

STANDS: ColumnElement[bool] = Departure.taken_back_at.is_(None)
"""Whether a departure holds: at most one of an enrollment does."""


@dataclass(frozen=True, slots=True)
class Left:
    """One departure as pages show it."""

    uid: UUID
    left_on: date
    cause: str
    reason: str
    document: str
    document_size: int | None
    at: datetime
    by: str
    taken_back_at: datetime | None
    taken_back_reason: str
    to_cohort: str
    to_cohort_uid: UUID | None
    to_enrollment: UUID | None

    @property
    def holds(self) -> bool:
        return self.taken_back_at is None


def locked(session: Session, cohort_id: int, uids: Collection[UUID]) -> Sequence[Enrollment]:
    """These enrollments of a cohort with their people, locked one after the other."""
    wanted = set(uids)
    found = session.scalars(
        select(Enrollment)
        .join(Enrollment.person)
        .options(contains_eager(Enrollment.person))
        .where(Enrollment.cohort_id == cohort_id, Enrollment.uid.in_(wanted))
        .order_by(Enrollment.id)
        .limit(MOST)
        .with_for_update(of=Enrollment)
        .execution_options(populate_existing=True)
    ).all()
    if not wanted or len(found) != len(wanted):
        raise NotFound()
    return found


def leaver(enrollment: Enrollment, cohort: Cohort) -> Leaver:
    """Somebody of a cohort as the rules of leaving see them."""
    since = (enrollment.decided_at or enrollment.applied_at).astimezone(
        ZoneInfo(cohort.policy["zone"])
    )
    return Leaver(enrollment.uid, enrollment.person.full_name, enrollment.state, since.date())


def standing(session: Session, enrollment_id: int) -> Departure | None:
    """The departure of an enrollment that holds."""
    return session.scalar(
        select(Departure).where(Departure.enrollment_id == enrollment_id, STANDS).with_for_update()
    )


def departures_of(session: Session, enrollment_id: int) -> Sequence[Left]:
    """Every departure of an enrollment, the latest first, those taken back too."""
    to, cohort = aliased(Enrollment), aliased(Cohort)
    rows = session.execute(
        select(
            Departure,
            Person,
            Blob.size,
            cohort.title,
            cohort.uid,
            to.uid,
        )
        .outerjoin(Person, Person.id == Departure.by_id)
        .outerjoin(Blob, Blob.sha256 == Departure.document_sha256)
        .outerjoin(to, to.id == Departure.to_id)
        .outerjoin(cohort, cohort.id == to.cohort_id)
        .where(Departure.enrollment_id == enrollment_id)
        .order_by(Departure.at.desc(), Departure.id.desc())
        .limit(MOST)
    )
    return [
        Left(
            uid=found.uid,
            left_on=found.left_on,
            cause=found.cause,
            reason=found.reason,
            document=found.document_name,
            document_size=size,
            at=found.at,
            by=name_of(person).short if person is not None else "",
            taken_back_at=found.taken_back_at,
            taken_back_reason=found.taken_back_reason,
            to_cohort=title or "",
            to_cohort_uid=cohort_uid,
            to_enrollment=enrollment_uid,
        )
        for found, person, size, title, cohort_uid, enrollment_uid in rows
    ]


def document_of(session: Session, cohort: UUID, departure: UUID) -> tuple[str, str, str]:
    """The document of a departure of this very cohort: hash, media type and name."""
    row = session.execute(
        select(Blob.sha256, Blob.media_type, Departure.document_name)
        .select_from(Departure)
        .join(Blob, Blob.sha256 == Departure.document_sha256)
        .join(Enrollment, Enrollment.id == Departure.enrollment_id)
        .join(Cohort, Cohort.id == Enrollment.cohort_id)
        .where(Departure.uid == departure, Cohort.uid == cohort)
    ).first()
    if row is None:
        raise NotFound()
    return row.sha256, row.media_type, row.document_name
