"""What those who run a quiz did to single attempts of it, and why."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, String, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.foundation.db.base import Base, Owned
from lms.foundation.db.types import Key, Moment, Uid, UtcDateTime


class Intervention(Owned, Base):
    """An attempt that somebody reopened, or handed in for its person, with the reason.

    ``batch`` joins those that were asked for together; ``refused`` says why one was not done.
    """

    __tablename__ = "intervention"
    __table_args__ = (
        Index(
            "ix_intervention_to_do",
            "batch",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
    )

    id: Mapped[Key]
    uid: Mapped[Uid]
    batch: Mapped[UUID] = mapped_column(Uuid)
    attempt_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("attempt.id"), index=True)
    deed: Mapped[str]
    minutes: Mapped[int | None]
    reason: Mapped[str] = mapped_column(String(300))
    by_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("person.id"), index=True)
    asked_at: Mapped[Moment]
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    refused: Mapped[str]
