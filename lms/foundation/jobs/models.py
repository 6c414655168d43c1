"""Background work as rows: the row is the truth, whatever wakes the worker is only a bell."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.foundation.db.base import Base, Shared
from lms.foundation.db.types import JsonObject, Key, Moment, Uid, UtcDateTime


class JobState(StrEnum):
    """Where a job stands."""

    PENDING = "pending"
    LEASED = "leased"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Job(Shared, Base):
    """One thing to do later; ``task`` and ``key`` together exist once, so repeats are harmless.

    ``progress_done`` of ``progress_total`` says how far a long one has come, where it tells.
    """

    __tablename__ = "job"
    __table_args__ = (
        UniqueConstraint("task", "key"),
        Index("ix_job_state_due_at", "state", "due_at"),
        Index("ix_job_task", "task"),
    )

    id: Mapped[Key]
    uid: Mapped[Uid]
    task: Mapped[str]
    key: Mapped[str]
    payload: Mapped[JsonObject]
    state: Mapped[str] = mapped_column(default=JobState.PENDING)
    due_at: Mapped[Moment]
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None]
    progress_done: Mapped[int | None] = mapped_column(BigInteger)
    progress_total: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[Moment]
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
