"""Keys as they are published: every one there ever was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from lms.foundation.keys.models import Purpose, SigningKey

MOST = 500


@dataclass(frozen=True, slots=True)
class Public:
    """What everybody may know of a key."""

    purpose: str
    holder: str
    edition: int
    kid: str
    public: str
    certificates: str
    imported: bool
    created_at: datetime
    retired_at: datetime | None
    leaked_at: datetime | None


def published(
    session: Session | Connection, purpose: Purpose | None = None, holder: str | None = None
) -> Sequence[Public]:
    """Every key there ever was, the newest of each purpose first: the history is public."""
    wanted = _PUBLIC
    if purpose is not None:
        wanted = wanted.where(SigningKey.purpose == purpose)
    if holder is not None:
        wanted = wanted.where(SigningKey.holder == holder)
    return [Public(**row._mapping) for row in session.execute(wanted)]


_PUBLIC = (
    select(
        SigningKey.purpose,
        SigningKey.holder,
        SigningKey.edition,
        SigningKey.kid,
        SigningKey.public,
        SigningKey.certificates,
        SigningKey.imported,
        SigningKey.created_at,
        SigningKey.retired_at,
        SigningKey.leaked_at,
    )
    .order_by(SigningKey.purpose, SigningKey.holder, SigningKey.edition.desc())
    .limit(MOST)
)
