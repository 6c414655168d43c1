"""A person, what identifies them, and the posts they hold."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.foundation.db.base import Base, Personal
from lms.foundation.db.types import Folded, Key, Moment, Uid, UtcDateTime
from lms.people.rules.alike import bare
from lms.people.rules.names import name_of


class PersonState(StrEnum):
    """Whether an account may be used.

    Pending: its owner registered and has not confirmed it. Invited: an institution enrolled them,
    and they have not come in yet. Merged: it was joined into another account of the same person.
    """

    PENDING = "pending"
    INVITED = "invited"
    ACTIVE = "active"
    CLOSED = "closed"
    MERGED = "merged"


class Person(Personal, Base):
    """One human being, once. Names are kept exactly as written."""

    __tablename__ = "person"

    id: Mapped[Key]
    uid: Mapped[Uid]
    given_names: Mapped[str]
    first_surname: Mapped[str]
    second_surname: Mapped[str | None]
    search: Mapped[Folded] = mapped_column(index=True)
    name_confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    country: Mapped[str]
    language: Mapped[str] = mapped_column(default="es")
    zone: Mapped[str | None]
    password_hash: Mapped[str | None]
    state: Mapped[str] = mapped_column(default=PersonState.PENDING)
    # The account that stays, of one that was joined into it; always one that is in use itself.
    merged_into_id: Mapped[int | None] = mapped_column(
        BigInteger, ForeignKey("person.id"), index=True
    )
    demo: Mapped[bool] = mapped_column(default=False)
    consented_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    consent_version: Mapped[str | None]
    created_at: Mapped[Moment]

    @property
    def full_name(self) -> str:
        """The name as it stands on a diploma: given names, then surnames."""
        return name_of(self).full

    @property
    def short_name(self) -> str:
        """How the site greets: the first given name."""
        return self.given_names.split(" ", 1)[0]


class IdentifierKind(StrEnum):
    """What somebody can be known by."""

    EMAIL = "email"
    PHONE = "phone"
    DOCUMENT = "document"


def _alike(context: Any) -> str | None:
    given = context.get_current_parameters()
    is_document = given["kind"] == IdentifierKind.DOCUMENT
    return bare(given["value"].rpartition(":")[2]) if is_document else None


class Identifier(Personal, Base):
    """An e-mail address, phone number or identity document; each belongs to one person only.

    ``value`` is normalised (``GT:dpi:2345…`` for documents) and never changes: what was wrong is
    replaced. ``verified_at`` says when its owner proved it; only verified ones receive mail or
    open a session. ``alike`` is equal for documents that a slip of the eye makes two of.
    """

    __tablename__ = "identifier"
    __table_args__ = (UniqueConstraint("kind", "value"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("person.id"), index=True)
    kind: Mapped[str]
    value: Mapped[str]
    shown: Mapped[str]
    alike: Mapped[Folded | None] = mapped_column(index=True, default=_alike)
    verified_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    verified_by: Mapped[str | None]
    created_at: Mapped[Moment]


class Post(Personal, Base):
    """A position at a municipality or organisation, from one day to another."""

    __tablename__ = "post"

    id: Mapped[Key]
    uid: Mapped[Uid]
    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("person.id"), index=True)
    country: Mapped[str]
    region: Mapped[str]
    municipality: Mapped[str]
    position: Mapped[str]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
