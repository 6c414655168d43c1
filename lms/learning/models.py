"""What a learner has seen, and what they are told in their cohort."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.foundation.db.base import Base, Owned
from lms.foundation.db.types import Key, Moment, Uid, UtcDateTime


class Progress(Owned, Base):
    """One enrollment's state in one activity, by the activity's key (it outlives versions).

    ``course_id`` tells apart the same key in two courses of a cohort.
    """

    __tablename__ = "progress"
    __table_args__ = (UniqueConstraint("enrollment_id", "course_id", "activity_key"),)

    id: Mapped[Key]
    enrollment_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("enrollment.id"))
    course_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("course.id"), index=True)
    activity_key: Mapped[str]
    state: Mapped[str]  # lms.learning.rules.marks.Mark
    at: Mapped[Moment]


class Announcement(Owned, Base):
    """A message to everybody in a cohort, on the site and by mail."""

    __tablename__ = "announcement"
    __table_args__ = (Index("ix_announcement_cohort_id_published_at", "cohort_id", "published_at"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    cohort_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cohort.id"))
    author_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("person.id"), index=True)
    title: Mapped[str]
    body: Mapped[str]  # Markdown
    published_at: Mapped[Moment]
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # The last enrollment that was told: telling goes on from there, whatever was interrupted.
    told_up_to: Mapped[int] = mapped_column(BigInteger, default=0)
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
