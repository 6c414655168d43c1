"""Attempts, every answer that arrived for them, and what each question earned."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.foundation.db.base import Base, Owned
from lms.foundation.db.types import (
    JsonList,
    JsonObject,
    JsonType,
    Key,
    Moment,
    PointsColumn,
    Uid,
    UtcDateTime,
)


class HandedInBy(StrEnum):
    """What ended an attempt."""

    PERSON = "person"
    TIME = "time"
    ABANDONED = "abandoned"
    """Its time was over, and what nobody hands in counts as not taken."""
    STAFF = "staff"
    """Somebody who runs the quiz handed it in for its person."""


BY_TIME = frozenset({HandedInBy.TIME, HandedInBy.ABANDONED})
"""What ends without anybody doing anything."""


class Attempt(Owned, Base):
    """One sitting of a quiz. What was asked, in which order and until when is frozen in it.

    ``course_id`` and ``activity_key`` outlive versions of the course: attempts used are counted
    by them. ``slots`` holds, in order, ``{"version": question_version_id, "points": …,
    "shown": …}``, with the ``heading`` it was drawn under if it has one; slot numbers begin with 1.
    The last ``grace`` seconds before the deadline are for what is on its way. A slot whose page
    was ``left`` is not answered any more, nor one that is ``settled``: checked for the last time.
    """

    __tablename__ = "attempt"
    __table_args__ = (
        UniqueConstraint("enrollment_id", "course_id", "activity_key", "number"),
        Index(
            "uq_attempt_open",
            "enrollment_id",
            "course_id",
            "activity_key",
            unique=True,
            sqlite_where=text("handed_in_at IS NULL"),
            postgresql_where=text("handed_in_at IS NULL"),
        ),
        Index("ix_attempt_activity_id_handed_in_at", "activity_id", "handed_in_at"),
    )

    id: Mapped[Key]
    uid: Mapped[Uid]
    enrollment_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("enrollment.id"))
    activity_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("activity.id"), index=True)
    course_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("course.id"), index=True)
    activity_key: Mapped[str]
    number: Mapped[int]
    seed: Mapped[int] = mapped_column(BigInteger)
    slots: Mapped[JsonList]
    started_at: Mapped[Moment]
    deadline: Mapped[datetime | None] = mapped_column(UtcDateTime)
    grace: Mapped[int] = mapped_column(default=0)
    handed_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    handed_in_by: Mapped[str | None]
    receipt: Mapped[str | None] = mapped_column(String(40), unique=True)
    out_of: Mapped[PointsColumn]
    points: Mapped[int | None] = mapped_column(BigInteger)
    passed: Mapped[bool | None]


class Answer(Owned, Base):
    """One answer as it arrived. Every one is kept; the highest sequence in time counts.

    ``position`` and ``digest`` are its link in the attempt's chain; attempts from before chains
    were kept have none.
    """

    __tablename__ = "answer"
    __table_args__ = (
        UniqueConstraint("attempt_id", "client_key"),
        Index("ix_answer_attempt_id_slot_sequence", "attempt_id", "slot", "sequence"),
        Index("uq_answer_attempt_id_position", "attempt_id", "position", unique=True),
    )

    id: Mapped[Key]
    attempt_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("attempt.id"))
    slot: Mapped[int]
    client_key: Mapped[str] = mapped_column(String(64))
    sequence: Mapped[int] = mapped_column(BigInteger)
    value: Mapped[Any] = mapped_column(JsonType, nullable=True)
    received_at: Mapped[Moment]
    late: Mapped[bool]
    position: Mapped[int | None]
    digest: Mapped[str | None] = mapped_column(String(64))


class Mark(Owned, Base):
    """What one question of an attempt earned, and why (``detail``: its parts).

    While it ``waits`` for a person to mark it, it has earned nothing yet.
    """

    __tablename__ = "mark"
    __table_args__ = (
        UniqueConstraint("attempt_id", "slot"),
        Index(
            "ix_mark_waits",
            "attempt_id",
            sqlite_where=text("waits"),
            postgresql_where=text("waits"),
        ),
    )

    id: Mapped[Key]
    attempt_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("attempt.id"))
    slot: Mapped[int]
    question_version_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("question_version.id"), index=True
    )
    answer_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("answer.id"), index=True)
    ratio: Mapped[PointsColumn]
    points: Mapped[PointsColumn]
    out_of: Mapped[PointsColumn]
    detail: Mapped[JsonObject]
    waits: Mapped[bool] = mapped_column(default=False)
    marked_at: Mapped[Moment]
