"""The append-only log: what was done, by whom, to what. Triggers refuse change and deletion."""

from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from lms.foundation.db.base import Base, Personal, Shared
from lms.foundation.db.types import BigKey, JsonObject, Key, Moment, Uid


class AuditEntry(Shared, Base):
    """One deed: who did it (``actor_id``), to what, and whom it concerns (``person_id``).

    ``detail`` never holds a person's data; that sits apart, erasable.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_subject", "subject_kind", "subject_uid"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    at: Mapped[Moment] = mapped_column(index=True)
    deed: Mapped[str]
    actor_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    acting_as_id: Mapped[int | None] = mapped_column(BigInteger)
    channel: Mapped[str]
    institution_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    person_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    subject_kind: Mapped[str]
    subject_uid: Mapped[UUID | None] = mapped_column(Uuid)
    detail: Mapped[JsonObject]


class AuditPersonal(Personal, Base):
    """The personal values of an entry (names before and after); erasing them leaves the deed."""

    __tablename__ = "audit_personal"

    entry_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("audit_entry.id"), primary_key=True, autoincrement=False
    )
    values: Mapped[JsonObject]
