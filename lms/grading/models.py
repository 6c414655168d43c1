"""Grades and completion: recorded results of rules that can be run again."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.foundation.db.base import Base, Owned
from lms.foundation.db.types import JsonObject, Key, Moment, PointsColumn, Uid, UtcDateTime


class Grade(Owned, Base):
    """What counts for one graded activity of one enrollment, as a ratio of its points."""

    __tablename__ = "grade"
    __table_args__ = (UniqueConstraint("enrollment_id", "course_id", "activity_key"),)

    id: Mapped[Key]
    enrollment_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("enrollment.id"))
    course_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("course.id"), index=True)
    activity_key: Mapped[str]
    ratio: Mapped[PointsColumn]
    passed: Mapped[bool]
    source: Mapped[str]  # the kind of activity it comes from
    at: Mapped[Moment]


class CourseResult(Owned, Base):
    """Whether an enrollment has completed a course, with the arithmetic that says so.

    Recomputable at any time: same progress and grades, same row.
    """

    __tablename__ = "course_result"
    __table_args__ = (UniqueConstraint("enrollment_id", "course_version_id"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    enrollment_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("enrollment.id"))
    course_version_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("course_version.id"), index=True
    )
    ratio: Mapped[int | None] = mapped_column(BigInteger)
    completed: Mapped[bool]
    completed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failed: Mapped[bool] = mapped_column(default=False)  # nothing can complete it any more
    recognised: Mapped[bool] = mapped_column(default=False)  # passed elsewhere: no grade of ours
    explanation: Mapped[JsonObject]
    computed_at: Mapped[Moment]


_STANDS = text("revoked_at IS NULL")


class Recognition(Owned, Base):
    """A course that somebody passed elsewhere and that counts as completed here, with the document
    that shows it. One that was taken back stays on record."""

    __tablename__ = "recognition"
    __table_args__ = (
        Index(
            "uq_recognition_standing",
            "enrollment_id",
            "course_id",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
    )

    id: Mapped[Key]
    uid: Mapped[Uid]
    enrollment_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("enrollment.id"), index=True)
    course_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("course.id"), index=True)
    where_passed: Mapped[str]
    title: Mapped[str]  # as the course is called there
    hours: Mapped[int]
    grade: Mapped[str]  # as the document says it; empty where it says none
    passed_on: Mapped[date]
    reason: Mapped[str]
    document_sha256: Mapped[str] = mapped_column(String(64), ForeignKey("blob.sha256"), index=True)
    document_name: Mapped[str]
    at: Mapped[Moment]
    by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("person.id"), index=True)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_by_id: Mapped[int | None] = mapped_column(BigInteger)
    revoked_reason: Mapped[str] = mapped_column(default="")


class Entry(Owned, Base):
    """A mark written by hand: the mark of a column, or one that stands in place of an activity's.

    What is changed or taken back stays on record: the standing one is what was not revoked.
    """

    __tablename__ = "grade_entry"
    __table_args__ = (
        Index(
            "uq_grade_entry_standing",
            "enrollment_id",
            "course_id",
            "item_key",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
        Index("ix_grade_entry_enrollment_id_course_id", "enrollment_id", "course_id"),
    )

    id: Mapped[Key]
    uid: Mapped[Uid]
    enrollment_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("enrollment.id"))
    course_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("course.id"), index=True)
    item_key: Mapped[str]  # of the column, or of the activity
    ratio: Mapped[PointsColumn]
    before: Mapped[int | None] = mapped_column(BigInteger)  # what counted until then, if anything
    reason: Mapped[str] = mapped_column(default="")  # of a column's first mark there is none
    at: Mapped[Moment]
    by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("person.id"), index=True)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_by_id: Mapped[int | None] = mapped_column(BigInteger)
    revoked_reason: Mapped[str] = mapped_column(default="")
