"""Programmes and their versions: what the catalogue offers."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.catalog.models.course import CourseVersion
from lms.foundation.db.base import Base, Owned
from lms.foundation.db.types import (
    Folded,
    JsonObject,
    Key,
    Moment,
    Sha256,
    Uid,
    UtcDateTime,
)


class Programme(Owned, Base):
    """A diploma, course, workshop…: what people apply for. Its content lives in versions."""

    __tablename__ = "programme"
    __table_args__ = (UniqueConstraint("institution_id", "key"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    key: Mapped[str]
    slug: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[Moment]
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # The version the catalogue shows. No foreign key: the two tables would point at each other.
    current_version_id: Mapped[int | None] = mapped_column(BigInteger)


class ProgrammeVersion(Owned, Base):
    """A programme as it stood on the day it was published. Frozen from then on."""

    __tablename__ = "programme_version"
    __table_args__ = (
        UniqueConstraint("programme_id", "number"),
        Index("ix_programme_version_title_folded", "title_folded"),
    )

    id: Mapped[Key]
    uid: Mapped[Uid]
    programme_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("programme.id"), index=True)
    number: Mapped[int]
    published_at: Mapped[Moment]
    published_by_id: Mapped[int | None] = mapped_column(BigInteger)
    source_sha256: Mapped[Sha256]
    title: Mapped[str]
    title_folded: Mapped[Folded]
    search: Mapped[Folded]
    kind: Mapped[str] = mapped_column(index=True)
    language: Mapped[str]
    country: Mapped[str]
    hours: Mapped[int]
    academic_hour_minutes: Mapped[int]
    summary: Mapped[str]
    # Space-separated keys with a space at both ends, so that LIKE '% finance %' is exact.
    audience: Mapped[str]
    topics: Mapped[str]
    modes: Mapped[str]
    hue: Mapped[str]
    icon: Mapped[str]
    kilobytes: Mapped[int]
    detail: Mapped[JsonObject]  # outcomes, entry, certificate, final_work, as in programme.yaml

    programme: Mapped[Programme] = relationship(foreign_keys=[programme_id])
    courses: Mapped[list["ProgrammeCourse"]] = relationship(
        order_by="ProgrammeCourse.position", back_populates="programme_version"
    )


class ProgrammeCourse(Owned, Base):
    """A course version's place in a programme version."""

    __tablename__ = "programme_course"
    __table_args__ = (UniqueConstraint("programme_version_id", "position"),)

    id: Mapped[Key]
    programme_version_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("programme_version.id")
    )
    course_version_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("course_version.id"), index=True
    )
    position: Mapped[int]

    programme_version: Mapped[ProgrammeVersion] = relationship(back_populates="courses")
    course_version: Mapped[CourseVersion] = relationship()
