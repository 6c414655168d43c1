"""Documents that were issued. What they say is read from their record and from nowhere else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, exists, func, select
from sqlalchemy.orm import Session

from lms.certificates.formats.record import Record, from_json
from lms.certificates.models import Credential
from lms.certificates.rules.numbers import printed
from lms.enrollment.models import Cohort
from lms.foundation.files.models import Blob
from lms.foundation.kernel.errors import N_, NotFound
from lms.people.belongings import Moved
from lms.people.rules.merging import Remark

PAGE_SIZE = 20
STAFF_PAGE_SIZE = 50
ISSUED = N_(
    "The document %(number)s was issued since on a place that went along, in the name of the"
    " account that stays: the accounts stay joined."
)


@dataclass(frozen=True, slots=True)
class Document:
    """One edition of a document as lists show it; ``size`` in bytes once it is sealed."""

    uid: UUID
    code: str
    status: str
    issued_at: datetime
    sealed_sha256: str | None
    size: int | None
    record: Record


def has_document(session: Session, person_id: int) -> bool:
    """Whether some document bears this person's name."""
    return bool(session.scalar(select(exists().where(Credential.person_id == person_id))))


def issued_since(session: Session, moved: Moved, stays: int) -> Remark | None:
    """A document was issued, in the name of the account that stays, on a place that went along."""
    row = session.execute(
        select(Credential.series, Credential.number, Credential.institution_id)
        .where(
            Credential.enrollment_id.in_(moved.get("enrollment.person_id", ())),
            Credential.id.not_in(moved.get("credential.person_id", ())),
            Credential.person_id == stays,
        )
        .order_by(Credential.id)
        .limit(1)
    ).first()
    if row is None:
        return None
    return Remark(ISSUED, {"number": printed(row.series, row.number)}, row.institution_id)


def has_documents(
    session: Session,
    cohort_id: int,
    enrollment_id: int | None = None,
    course_version_id: int | None = None,
) -> bool:
    """Whether a document that is still valid was issued in a cohort, or to one enrollment of it,
    or that of one course."""
    condition = [Credential.cohort_id == cohort_id, Credential.status == "valid"]
    if enrollment_id is not None:
        condition.append(Credential.enrollment_id == enrollment_id)
    if course_version_id is not None:
        condition.append(Credential.course_version_id == course_version_id)
    return bool(session.scalar(select(exists().where(*condition))))


def documents_of(
    session: Session | Connection, person_id: int, *, number: int = 1, size: int = PAGE_SIZE
) -> Sequence[Document]:
    """The documents of a person, the newest first, page by page."""
    return _documents(
        session.execute(
            _DOCUMENTS.where(Credential.person_id == person_id)
            .order_by(Credential.issued_at.desc(), Credential.id.desc())
            .limit(size)
            .offset((number - 1) * size)
        )
    )


def count_of(session: Session | Connection, person_id: int) -> int:
    """How many documents a person has."""
    statement = select(func.count()).select_from(Credential)
    return session.execute(statement.where(Credential.person_id == person_id)).scalar_one()


def issued_in(reader: Session | Connection, cohort_id: int, number: int) -> Sequence[Document]:
    """One page of the documents issued in a cohort, in the order of the register."""
    return _documents(
        reader.execute(
            _DOCUMENTS.where(Credential.cohort_id == cohort_id)
            .order_by(Credential.leaf_index)
            .limit(STAFF_PAGE_SIZE)
            .offset((number - 1) * STAFF_PAGE_SIZE)
        )
    )


def own(session: Session | Connection, uid: UUID, person_id: int) -> Document:
    """One's own document; somebody else's does not exist."""
    statement = _DOCUMENTS.where(Credential.uid == uid, Credential.person_id == person_id)
    return _one(session.execute(statement))


def of_cohort(session: Session | Connection, uid: UUID, cohort: UUID) -> Document:
    """A document issued in this cohort; another's does not exist here."""
    statement = _DOCUMENTS.join(Cohort, Cohort.id == Credential.cohort_id)
    found = statement.where(Credential.uid == uid, Cohort.uid == cohort)
    return _one(session.execute(found))


def by_code(session: Session | Connection, code: str) -> Document | None:
    """The document with this code, if there is one."""
    found = _documents(session.execute(_DOCUMENTS.where(Credential.code == code).limit(1)))
    return found[0] if found else None


def credential_of(session: Session | Connection, uid: UUID) -> str | None:
    """The hash of a document's signed credential; nothing while there is none."""
    return session.execute(select(Credential.vc_sha256).where(Credential.uid == uid)).scalar()


_DOCUMENTS = select(
    Credential.uid,
    Credential.code,
    Credential.status,
    Credential.issued_at,
    Credential.sealed_sha256,
    Blob.size,
    Credential.record,
).outerjoin(Blob, Blob.sha256 == Credential.sealed_sha256)


def _documents(rows: Iterable[Any]) -> list[Document]:
    return [
        Document(
            uid=row.uid,
            code=row.code,
            status=row.status,
            issued_at=row.issued_at,
            sealed_sha256=row.sealed_sha256,
            size=row.size,
            record=from_json(row.record),
        )
        for row in rows
    ]


def _one(rows: Iterable[Any]) -> Document:
    found = _documents(rows)
    if not found:
        raise NotFound()
    return found[0]
