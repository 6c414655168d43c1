"""Seats of a cohort that are kept for whoever comes by an agreement."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from lms.foundation.db.base import Base, Owned
from lms.foundation.db.types import Key, Uid, UtcDateTime


class Quota(Owned, Base):
    """So many seats are kept for the bearers of certain keys, until a moment; then they are
    everybody's. Who has taken one keeps it."""

    __tablename__ = "quota"

    id: Mapped[Key]
    uid: Mapped[Uid]
    cohort_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cohort.id"), index=True)
    name: Mapped[str]
    seats: Mapped[int]
    until_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
