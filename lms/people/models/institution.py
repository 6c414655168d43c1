"""Institutions, who acts for them, and who signs their documents."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.foundation.db.base import Base, Owned, Shared
from lms.foundation.db.types import Key, Moment, PointsColumn, Uid, UtcDateTime


class Institution(Shared, Base):
    """A training institute, municipality, association or partner.

    ``demo`` institutions print MUESTRA on their documents and number them in a book of their own.
    """

    __tablename__ = "institution"

    id: Mapped[Key]
    uid: Mapped[Uid]
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    short_name: Mapped[str]
    place: Mapped[str]
    country: Mapped[str]
    locale: Mapped[str]
    zone: Mapped[str]
    scale: Mapped[str]
    pass_mark: Mapped[PointsColumn]
    academic_hour_minutes: Mapped[int]
    hue: Mapped[str] = mapped_column(default="petrol")
    contact: Mapped[str] = mapped_column(default="")
    # The logo as it is printed, and small as it stands on every page.
    logo: Mapped[str | None] = mapped_column(String(64), ForeignKey("blob.sha256"), index=True)
    mark: Mapped[str | None] = mapped_column(String(64), ForeignKey("blob.sha256"), index=True)
    # Its own privacy notice (none: the one that comes with the site), and how often it changed.
    privacy: Mapped[str] = mapped_column(default="")
    privacy_version: Mapped[int] = mapped_column(default=0)
    demo: Mapped[bool] = mapped_column(default=False)
    # Whoever writes a course does not publish it alone: another person approves it.
    two_person_publishing: Mapped[bool] = mapped_column(default=False)
    # Documents are issued only by a check list that another person approved.
    two_person_issuing: Mapped[bool] = mapped_column(default=False)
    parent_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("institution.id"))
    created_at: Mapped[Moment]


class Grant(Owned, Base):
    """A role that a person holds at an institution, for a time and in one place of it."""

    __tablename__ = "grant"
    __table_args__ = (Index("ix_grant_person_id", "person_id"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("person.id"))
    role: Mapped[str]
    kind: Mapped[str]
    cohort_id: Mapped[int | None] = mapped_column(BigInteger)
    course_id: Mapped[int | None] = mapped_column(BigInteger)
    starts_at: Mapped[Moment]
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Signer(Owned, Base):
    """Somebody whose name and post stand under documents, within their term of office.

    A substitute signs on days on which whom they substitute is not in office.
    """

    __tablename__ = "signer"

    id: Mapped[Key]
    uid: Mapped[Uid]
    name: Mapped[str]
    position: Mapped[str]
    order: Mapped[int] = mapped_column(default=1)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    substitutes_id: Mapped[int | None] = mapped_column(
        BigInteger, ForeignKey("signer.id"), index=True
    )
    # By which account they sign on the site; who has none signs on paper.
    account_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("person.id"), index=True)


class Installation(Shared, Base):
    """The one row of this installation: whose site it is, and how often what all share changed.

    ``version`` goes up with every change of an institution, so that processes know when what they
    remember is out of date; it is read in the same query as the session.
    """

    __tablename__ = "installation"

    id: Mapped[Key]
    version: Mapped[int] = mapped_column(default=1)
    institution_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("institution.id"))
