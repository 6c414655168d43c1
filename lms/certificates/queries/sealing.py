"""What sealing a document needs to know of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.certificates.models import Credential
from lms.people.models import Institution


@dataclass(frozen=True, slots=True)
class ToSeal:
    """A record that stands in the register and has no document yet."""

    record: str
    salt: bytes
    leaf_index: int
    issued_at: datetime
    institution_uid: UUID
    institution_key: str


def to_seal(session: Session, credential_uid: UUID) -> ToSeal | None:
    """The record to make a document of; nothing if it has one, or does not exist."""
    row = session.execute(
        select(
            Credential.record,
            Credential.salt,
            Credential.leaf_index,
            Credential.issued_at,
            Institution.uid.label("institution_uid"),
            Institution.key.label("institution_key"),
        )
        .join(Institution, Institution.id == Credential.institution_id)
        .where(Credential.uid == credential_uid, Credential.sealed_sha256.is_(None))
    ).first()
    return ToSeal(**row._mapping) if row else None
