"""What lets a person in: sessions and single-use codes, both kept only as hashes."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.foundation.db.base import Base, Personal
from lms.foundation.db.types import Key, Moment, Uid, UtcDateTime


class LoginSession(Personal, Base):
    """One browser that is signed in; revocable one by one.

    ``seeing_as_id`` is whom it sees the site as, until ``seeing_until``, if its holder is of the
    staff and helps somebody.
    """

    __tablename__ = "login_session"

    id: Mapped[Key]
    uid: Mapped[Uid]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("person.id"), index=True)
    device: Mapped[str]
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    seeing_as_id: Mapped[int | None] = mapped_column(
        BigInteger, ForeignKey("person.id"), index=True
    )
    seeing_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CodePurpose(StrEnum):
    """What a single-use code is for."""

    CONFIRM_EMAIL = "confirm_email"
    RESET_PASSWORD = "reset_password"  # noqa: S105
    HELP_DESK = "help_desk"
    INVITATION = "invitation"


class OneTimeCode(Personal, Base):
    """A code that opens one thing once, until it expires."""

    __tablename__ = "one_time_code"
    __table_args__ = (Index("ix_one_time_code_code_hash", "code_hash"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("person.id"), index=True)
    purpose: Mapped[str]
    code_hash: Mapped[str] = mapped_column(String(64))
    target: Mapped[str | None]
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
