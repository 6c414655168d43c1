"""The staff's page about the documents of a cohort: its head and the book's next number."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from lms.catalog.models import ProgrammeVersion
from lms.certificates.models import Credential
from lms.certificates.rules.jobs import ISSUE, SEAL
from lms.enrollment.models import Cohort, CohortCourse
from lms.foundation.jobs.models import Job, JobState
from lms.foundation.kernel.errors import NotFound
from lms.people.models import Institution


@dataclass(frozen=True, slots=True)
class Head:
    """The cohort, how far its documents are, and whether a batch is under way or has stopped."""

    id: int
    uid: UUID
    key: str
    title: str
    programme: str
    scale: str
    signers: int
    courses: int
    issued: int
    sealed: int
    batch: str | None
    two_persons: bool

    @property
    def is_issuing(self) -> bool:
        return self.batch in (JobState.PENDING, JobState.LEASED)

    @property
    def has_stopped(self) -> bool:
        return self.batch == JobState.FAILED


def head(reader: Session | Connection, cohort_uid: UUID) -> Head:
    """The cohort of the page, in one statement."""
    issued = select(func.count()).select_from(Credential).where(Credential.cohort_id == Cohort.id)
    courses = select(func.count()).where(CohortCourse.cohort_id == Cohort.id)
    batch = select(Job.state).where(Job.task == ISSUE, Job.key == str(cohort_uid))
    row = reader.execute(
        select(
            Cohort.id,
            Cohort.uid,
            Cohort.key,
            Cohort.title,
            Cohort.policy,
            ProgrammeVersion.title.label("programme"),
            courses.scalar_subquery().label("courses"),
            issued.scalar_subquery().label("issued"),
            issued.where(Credential.sealed_sha256.is_not(None)).scalar_subquery().label("sealed"),
            batch.scalar_subquery().label("batch"),
            Institution.two_person_issuing,
        )
        .join(ProgrammeVersion, ProgrammeVersion.id == Cohort.programme_version_id)
        .join(Institution, Institution.id == Cohort.institution_id)
        .where(Cohort.uid == cohort_uid)
    ).first()
    if row is None:
        raise NotFound()
    return Head(
        id=row.id,
        uid=row.uid,
        key=row.key,
        title=row.title,
        programme=row.programme,
        scale=row.policy["scale"],
        signers=len(row.policy.get("signers") or ()),
        courses=row.courses,
        issued=row.issued,
        sealed=row.sealed,
        batch=row.batch,
        two_persons=row.two_person_issuing,
    )


def stuck(reader: Session | Connection, uids: Collection[UUID]) -> Mapping[str, str]:
    """Of these documents, those that could not be made after all tries, with what went wrong."""
    if not uids:
        return {}
    rows = reader.execute(
        select(Job.key, Job.last_error)
        .where(
            Job.task == SEAL, Job.key.in_([str(uid) for uid in uids]), Job.state == JobState.FAILED
        )
        .order_by(Job.key)
        .limit(len(uids))
    )
    return {row.key: row.last_error or "" for row in rows}
