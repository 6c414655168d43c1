"""The paper of a document handed over: to whom, by whom, when; or sent, and with whom."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Date, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.foundation.db.base import Base, Owned
from lms.foundation.db.types import Key, Moment, Uid, UtcDateTime

_HOLDS = text("undone_at IS NULL")


class Delivery(Owned, Base):
    """A paper left the office. One that was undone stays on record with its reason."""

    __tablename__ = "delivery"
    __table_args__ = (
        Index(
            "uq_delivery_holds",
            "credential_id",
            unique=True,
            sqlite_where=_HOLDS,
            postgresql_where=_HOLDS,
        ),
    )

    id: Mapped[Key]
    uid: Mapped[Uid]
    credential_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("credential.id"), index=True)
    way: Mapped[str]  # to the holder, to somebody for them, or sent
    received_by: Mapped[str]  # who, or with whom it was sent; empty: the holder
    document: Mapped[str]  # of identity that was shown, for the office only
    handed_by: Mapped[str]
    on: Mapped[date] = mapped_column(Date)
    at: Mapped[Moment]
    by_id: Mapped[int | None] = mapped_column(BigInteger)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_by_id: Mapped[int | None] = mapped_column(BigInteger)
    undo_reason: Mapped[str] = mapped_column(default="")
