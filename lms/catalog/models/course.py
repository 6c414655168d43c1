"""Courses, their versions, modules, activities and the facts of law they rest on."""

from datetime import date

from sqlalchemy import BigInteger, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.foundation.db.base import Base, Owned
from lms.foundation.db.types import JsonList, JsonObject, Key, Moment, PointsColumn, Sha256, Uid


class Course(Owned, Base):
    """A course, whatever its version; attempts, marks and banks refer to it across versions."""

    __tablename__ = "course"
    __table_args__ = (UniqueConstraint("institution_id", "key"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    key: Mapped[str]  # "<programme key>/<course key>" for packages inside a programme
    created_at: Mapped[Moment]


class CourseVersion(Owned, Base):
    """A published course: immutable. A cohort is pinned to one."""

    __tablename__ = "course_version"
    __table_args__ = (UniqueConstraint("course_id", "number"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    course_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("course.id"), index=True)
    number: Mapped[int]
    published_at: Mapped[Moment]
    source_sha256: Mapped[Sha256]  # over all paths and hashes: equal means nothing changed
    key: Mapped[str]
    title: Mapped[str]
    summary: Mapped[str]
    state: Mapped[str]  # written | outline
    order: Mapped[str]  # sequential | free
    hours: Mapped[int]
    minutes: Mapped[int]  # credited, all activities, practices and forums
    kilobytes: Mapped[int]
    pass_mark: Mapped[PointsColumn]  # ratio in millionths
    outcomes: Mapped[JsonList]  # [{key, text}]
    detail: Mapped[JsonObject]  # legal_review and whatever else course.yaml says

    course: Mapped[Course] = relationship()
    modules: Mapped[list["Module"]] = relationship(
        order_by="Module.position", back_populates="course_version"
    )


class Module(Owned, Base):
    """A part of a course version."""

    __tablename__ = "module"
    __table_args__ = (UniqueConstraint("course_version_id", "key"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    course_version_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("course_version.id"))
    key: Mapped[str]
    title: Mapped[str]
    outcome: Mapped[str]
    hours: Mapped[int]
    position: Mapped[int]
    detail: Mapped[JsonObject]  # lessons (titles of an outline), practice, forum

    course_version: Mapped[CourseVersion] = relationship(back_populates="modules")
    activities: Mapped[list["Activity"]] = relationship(
        order_by="Activity.position", back_populates="module"
    )


class Activity(Owned, Base):
    """Something to do in a module: a lesson, a quiz, … Its kind is a folder of its own.

    ``key`` stays the same across versions of the course, so progress and grades carry over.
    """

    __tablename__ = "activity"
    __table_args__ = (UniqueConstraint("course_version_id", "key"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    course_version_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("course_version.id"))
    module_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("module.id"), index=True)
    key: Mapped[str]
    kind: Mapped[str]
    title: Mapped[str]
    position: Mapped[int]  # within the course version
    minutes: Mapped[int]
    bytes: Mapped[int]  # of its own media and text
    weight: Mapped[PointsColumn]  # ratio of the course grade; 0 when it does not count
    path: Mapped[str]
    content_sha256: Mapped[Sha256]  # its source text
    settings: Mapped[JsonObject]  # what the kind keeps ready to use (front matter, quiz settings)

    module: Mapped[Module] = relationship(back_populates="activities")


class CourseFact(Owned, Base):
    """A dated fact of law as the course version cites it."""

    __tablename__ = "course_fact"
    __table_args__ = (UniqueConstraint("course_version_id", "key"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    course_version_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("course_version.id"))
    key: Mapped[str]
    text: Mapped[str]
    source: Mapped[str]
    article: Mapped[str | None]
    url: Mapped[str | None]
    verified_on: Mapped[date | None]
    expires: Mapped[date | None]
    doubtful: Mapped[bool] = mapped_column(default=False)
