"""A work as one learner writes it and hands it in, version by version."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.foundation.db.base import Base, Owned
from lms.foundation.db.types import Key, Moment, PointsColumn, Sha256, Uid, UtcDateTime


class Submission(Owned, Base):
    """One version of a work: a draft until it is handed in, from then on frozen.

    ``due_at`` and ``days_late`` are as they were when it was handed in; ``points`` are what is left
    of ``earned`` after what lateness costs. Of the versions handed in, one is the ``latest``.
    """

    __tablename__ = "submission"
    __table_args__ = (
        UniqueConstraint("enrollment_id", "course_id", "activity_key", "number"),
        Index(
            "ix_submission_to_mark",
            "activity_id",
            sqlite_where=text("latest AND points IS NULL"),
            postgresql_where=text("latest AND points IS NULL"),
        ),
    )

    id: Mapped[Key]
    uid: Mapped[Uid]
    enrollment_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("enrollment.id"))
    activity_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("activity.id"), index=True)
    course_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("course.id"), index=True)
    activity_key: Mapped[str]
    number: Mapped[int]
    text: Mapped[str] = mapped_column(default="")
    begun_at: Mapped[Moment]
    saved_at: Mapped[Moment]
    handed_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    latest: Mapped[bool] = mapped_column(default=False)
    receipt: Mapped[str | None] = mapped_column(String(40), unique=True)
    digest: Mapped[str | None] = mapped_column(String(64))
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    days_late: Mapped[int] = mapped_column(default=0)
    out_of: Mapped[PointsColumn]
    earned: Mapped[int | None] = mapped_column(BigInteger)
    points: Mapped[int | None] = mapped_column(BigInteger)
    passed: Mapped[bool | None]
    returned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    correct_by_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Which tutor marks it, where works are shared out.
    tutor_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("person.id"), index=True)


class HandedFile(Owned, Base):
    """A file of a version, as it is kept; ``sent_sha256`` is the hash of what the device sent.

    With an ``edition`` it was put there by whoever gave that mark: notes on the work.
    """

    __tablename__ = "handed_file"
    __table_args__ = (UniqueConstraint("submission_id", "position"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    submission_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("submission.id"))
    position: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64), ForeignKey("blob.sha256"), index=True)
    sent_sha256: Mapped[Sha256]
    media_type: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    filename: Mapped[str]
    sent_at: Mapped[Moment]
    edition: Mapped[int | None]
