"""What was done to documents since they were issued, and the editions of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, and_, select
from sqlalchemy.orm import Session, aliased

from lms.certificates.models import Credential, StatusChange
from lms.foundation.keys.models import SigningKey

MOST_EDITIONS = 50
Reader = Session | Connection


@dataclass(frozen=True, slots=True)
class Change:
    """An act as the public reads it: never why."""

    act: str
    resolution: str
    authority: str
    decided_on: date
    at: datetime
    leaf_index: int


@dataclass(frozen=True, slots=True)
class Seal:
    """The key that signed a PDF: the institution's own, or one that an authority certified."""

    kid: str
    certified: bool
    leaked: bool


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of a document: by which code, whether it holds, and the act that ended it."""

    code: str
    edition: int
    status: str
    issued_at: datetime
    sealed_sha256: str | None
    vc_sha256: str | None
    leaf_index: int
    salt: bytes
    seal: Seal | None
    change: Change | None


def editions(reader: Reader, code: str) -> Sequence[Edition]:
    """All editions of the document with this code, the first one first, each with its act."""
    this = aliased(Credential)
    rows = reader.execute(
        select(
            Credential.code,
            Credential.edition,
            Credential.status,
            Credential.issued_at,
            Credential.sealed_sha256,
            Credential.vc_sha256,
            Credential.leaf_index,
            Credential.salt,
            SigningKey.kid,
            SigningKey.imported,
            SigningKey.leaked_at,
            StatusChange.act,
            StatusChange.resolution,
            StatusChange.authority,
            StatusChange.decided_on,
            StatusChange.at,
            StatusChange.leaf_index.label("act_index"),
        )
        .join(
            this,
            and_(
                this.institution_id == Credential.institution_id,
                this.series == Credential.series,
                this.number == Credential.number,
            ),
        )
        .outerjoin(StatusChange, StatusChange.credential_id == Credential.id)
        .outerjoin(SigningKey, SigningKey.kid == Credential.sealed_kid)
        .where(this.code == code)
        .order_by(Credential.edition)
        .limit(MOST_EDITIONS)
    )
    return [
        Edition(
            *row[:8],
            seal=Seal(row.kid, row.imported, row.leaked_at is not None) if row.kid else None,
            change=_change(row),
        )
        for row in rows
    ]


def reason_of(reader: Reader, code: str) -> str:
    """Why a document was annulled or corrected: for the office only."""
    statement = (
        select(StatusChange.reason)
        .join(Credential, Credential.id == StatusChange.credential_id)
        .where(Credential.code == code)
    )
    return reader.execute(statement).scalar() or ""


def not_valid(reader: Reader, first: int, after: int) -> Sequence[tuple[int, str]]:
    """The documents between two places of the register that are not valid, with their state."""
    rows = reader.execute(
        select(Credential.leaf_index, Credential.status)
        .where(
            Credential.leaf_index >= first,
            Credential.leaf_index < after,
            Credential.status != "valid",
        )
        .order_by(Credential.leaf_index)
    )
    return [(row.leaf_index - first, row.status) for row in rows]


def _change(row: Any) -> Change | None:
    if row.act is None:
        return None
    return Change(row.act, row.resolution, row.authority, row.decided_on, row.at, row.act_index)
