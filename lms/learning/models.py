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
    """A message to everybody in a cohort, on the site and by mail.

    One whose ``published_at`` is still to come waits: only staff see it, and may change it.
    """

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


class Message(Owned, Base):
    """A message to some people of a cohort: a notice and a letter to each, nothing to the rest."""

    __tablename__ = "message"

    id: Mapped[Key]
    uid: Mapped[Uid]
    cohort_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cohort.id"), index=True)
    author_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("person.id"), index=True)
    title: Mapped[str]
    body: Mapped[str]  # Markdown
    people: Mapped[int]
    sent_at: Mapped[Moment]
    # The last reader that was told: telling goes on from there, whatever was interrupted.
    told_up_to: Mapped[int] = mapped_column(BigInteger, default=0)
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class MessageReader(Owned, Base):
    """Somebody to whom a message goes; the list is fixed when it is sent."""

    __tablename__ = "message_reader"
    __table_args__ = (UniqueConstraint("message_id", "enrollment_id"),)

    id: Mapped[Key]
    message_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("message.id"))
    enrollment_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("enrollment.id"), index=True)


class Inquiry(Owned, Base):
    """Something a learner asks the teachers of their cohort; nobody else reads it.

    ``waiting_since`` is when the oldest post without an answer was written; none means answered.
    """

    __tablename__ = "inquiry"
    __table_args__ = (
        Index("ix_inquiry_cohort_id_waiting_since", "cohort_id", "waiting_since"),
        Index("ix_inquiry_enrollment_id_last_at", "enrollment_id", "last_at"),
    )

    id: Mapped[Key]
    uid: Mapped[Uid]
    cohort_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cohort.id"))
    enrollment_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("enrollment.id"))
    about: Mapped[str]  # course/activity, or empty
    subject: Mapped[str]
    asked_at: Mapped[Moment]
    last_at: Mapped[Moment]
    waiting_since: Mapped[datetime | None] = mapped_column(UtcDateTime)


class InquiryPost(Owned, Base):
    """One thing that was said in it, by the learner or by a teacher."""

    __tablename__ = "inquiry_post"

    id: Mapped[Key]
    inquiry_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("inquiry.id"), index=True)
    author_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("person.id"), index=True)
    of_team: Mapped[bool]
    body: Mapped[str]  # Markdown
    at: Mapped[Moment]
