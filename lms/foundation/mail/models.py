"""What people are told: a notice on the site and a letter in the outbox."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from lms.foundation.db.base import Base, Personal
from lms.foundation.db.types import JsonObject, Key, Moment, Uid, UtcDateTime


class Notice(Personal, Base):
    """One line under Avisos. Kept as template and plain context, so it follows the language."""

    __tablename__ = "notice"
    __table_args__ = (Index("ix_notice_person_id_created_at", "person_id", "created_at"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("person.id"))
    template: Mapped[str]
    context: Mapped[JsonObject]
    link: Mapped[str | None]
    created_at: Mapped[Moment]
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class LetterState(StrEnum):
    """Where a letter stands."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"
    BOUNCED = "bounced"


class Letter(Personal, Base):
    """One e-mail to send. Rendered when it leaves, never inside a transaction.

    ``institution_id`` is the one it speaks for; letters about an account speak for none. A
    ``secret`` one holds a link that opens an account: nobody else reads it, and it is forgotten
    when it has left. ``kept`` says whether what it says is still here.
    """

    __tablename__ = "letter"

    id: Mapped[Key]
    uid: Mapped[Uid]
    person_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("person.id"), index=True)
    institution_id: Mapped[int | None] = mapped_column(
        BigInteger, ForeignKey("institution.id"), index=True
    )
    address: Mapped[str] = mapped_column(index=True)
    template: Mapped[str]
    context: Mapped[JsonObject]
    link: Mapped[str | None]
    locale: Mapped[str]
    zone: Mapped[str]
    sender_name: Mapped[str]
    secret: Mapped[bool] = mapped_column(default=False)
    kept: Mapped[bool] = mapped_column(default=True)
    state: Mapped[str] = mapped_column(default=LetterState.PENDING, index=True)
    created_at: Mapped[Moment]
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    bounced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_error: Mapped[str | None]
