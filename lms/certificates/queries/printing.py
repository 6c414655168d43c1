"""What there is to print of a cohort, in print order, and the files that were made of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.certificates.formats.record import from_json
from lms.certificates.models import CheckLine, CheckList, Credential, PrintFile
from lms.certificates.rules.jobs import PRINT
from lms.certificates.rules.printing import Printed, in_order
from lms.certificates.rules.status import Status
from lms.enrollment.models import Enrollment
from lms.foundation.jobs.models import Job, JobState
from lms.foundation.kernel.errors import NotFound
from lms.people.rules.names import name_of

MOST = 100_000
MOST_LISTS = 50


@dataclass(frozen=True, slots=True)
class Making:
    """How far a print file is that is being made."""

    done: int
    total: int
    failed: bool


def to_print(session: Session, cohort_id: int, list_number: int) -> tuple[Sequence[Printed], int]:
    """The documents that hold and have their file, in print order; and how many still lack it.

    All of a cohort (0), or those issued by one of its check lists.
    """
    statement = (
        select(
            Credential.id,
            Credential.sealed_sha256,
            Credential.holder_sort,
            Credential.record,
            Enrollment.municipality,
        )
        .outerjoin(Enrollment, Enrollment.id == Credential.enrollment_id)
        .where(Credential.cohort_id == cohort_id, Credential.status == Status.VALID)
        .order_by(Credential.id)
        .limit(MOST)
    )
    if list_number:
        issued = (
            select(CheckLine.enrollment_id, CheckLine.course_version_id)
            .join(CheckList, CheckList.id == CheckLine.list_id)
            .where(
                CheckList.cohort_id == cohort_id,
                CheckList.number == list_number,
                CheckLine.credential_id.is_not(None),
                CheckLine.enrollment_id == Credential.enrollment_id,
                CheckLine.course_version_id == Credential.course_version_id,
            )
        )
        statement = statement.where(issued.exists())
    found, lacking = [], 0
    for row in session.execute(statement):
        if row.sealed_sha256 is None:
            lacking += 1
            continue
        record = from_json(row.record)
        found.append(
            Printed(
                row.id,
                row.sealed_sha256,
                record.number,
                name_of(record.holder).surnames_first,
                row.holder_sort,
                row.municipality or "",
            )
        )
    return in_order(found), lacking


def files_of(session: Session, cohort_id: int) -> Sequence[PrintFile]:
    """The print files of a cohort, the last one that was asked for first."""
    return session.scalars(
        select(PrintFile)
        .where(PrintFile.cohort_id == cohort_id)
        .order_by(PrintFile.asked_at.desc(), PrintFile.id.desc())
        .limit(MOST_LISTS + 1)
    ).all()


def file_of(session: Session, cohort_id: int, uid: UUID) -> PrintFile:
    """A print file of this cohort; another's does not exist here."""
    found = session.scalar(
        select(PrintFile).where(PrintFile.uid == uid, PrintFile.cohort_id == cohort_id)
    )
    if found is None:
        raise NotFound()
    return found


def lists_of(session: Session, cohort_id: int) -> Sequence[int]:
    """The numbers of the lists by which documents were issued, the newest first."""
    return session.scalars(
        select(CheckList.number)
        .where(CheckList.cohort_id == cohort_id, CheckList.issued_at.is_not(None))
        .order_by(CheckList.number.desc())
        .limit(MOST_LISTS)
    ).all()


def making(session: Session, files: Sequence[PrintFile]) -> Mapping[UUID, Making]:
    """How far those are that are being made."""
    by_key = {str(each.uid): each.uid for each in files}
    rows = session.execute(
        select(Job.key, Job.state, Job.progress_done, Job.progress_total)
        .where(Job.task == PRINT, Job.key.in_(by_key), Job.state != JobState.DONE)
        .order_by(Job.id)
        .limit(MOST_LISTS + 1)
    )
    return {
        by_key[row.key]: Making(
            row.progress_done or 0, row.progress_total or 0, row.state == JobState.FAILED
        )
        for row in rows
    }
