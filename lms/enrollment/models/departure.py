"""How people left a cohort: when, why, who put it down, and whether it was taken back."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.foundation.db.base import Base, Owned
from lms.foundation.db.types import Key, Moment, Uid, UtcDateTime

_STANDS = text("taken_back_at IS NULL")


class Departure(Owned, Base):
    """Somebody left a cohort: they withdrew, or went on in the cohort of ``to_id``.

    One that was taken back stays on record; at most one of an enrollment stands.
    """

    __tablename__ = "departure"
    __table_args__ = (
        Index(
            "uq_departure_standing",
            "enrollment_id",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
    )

    id: Mapped[Key]
    uid: Mapped[Uid]
    enrollment_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("enrollment.id"), index=True)
    to_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("enrollment.id"), index=True)
    before: Mapped[str]  # the state that comes back when it is taken back
    left_on: Mapped[date]
    cause: Mapped[str]
    reason: Mapped[str]
    document_sha256: Mapped[str | None] = mapped_column(
        String(64), ForeignKey("blob.sha256"), index=True
    )
    document_name: Mapped[str] = mapped_column(default="")
    at: Mapped[Moment]
    by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("person.id"), index=True)
    taken_back_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    taken_back_by_id: Mapped[int | None] = mapped_column(BigInteger)
    taken_back_reason: Mapped[str] = mapped_column(default="")
