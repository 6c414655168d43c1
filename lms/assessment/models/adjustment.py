"""Questions that were corrected after people had answered them, and why."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.foundation.db.base import Base, Owned
from lms.foundation.db.types import JsonObject, Key, Moment, Uid, UtcDateTime


class Adjustment(Owned, Base):
    """One correction of a question for one cohort: how it is marked there, and since when.

    It never changes; what turns out wrong is taken back. ``through`` is the last attempt that was
    marked anew, ``settled_at`` when all were.
    """

    __tablename__ = "adjustment"
    __table_args__ = (Index("ix_adjustment_cohort_quiz", "cohort_id", "course_id", "activity_key"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    cohort_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cohort.id"))
    course_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("course.id"), index=True)
    activity_key: Mapped[str]
    question_version_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("question_version.id"), index=True
    )
    change: Mapped[str]
    data: Mapped[JsonObject]
    keeps: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(300))
    by_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("person.id"), index=True)
    at: Mapped[Moment]
    through: Mapped[int] = mapped_column(BigInteger, default=0)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    taken_back_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    taken_back_by_id: Mapped[int | None] = mapped_column(
        BigInteger, ForeignKey("person.id"), index=True
    )
    taken_back_why: Mapped[str] = mapped_column(String(300), default="")
