"""Changes of a cohort's dates: kept to tell everybody of them, and to be looked up later."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from lms.foundation.db.base import Base, Owned
from lms.foundation.db.types import JsonList, Key, Moment, Uid, UtcDateTime


class CalendarChange(Owned, Base):
    """Dates of a cohort that became others, all at once. Who holds or waits for a seat is told."""

    __tablename__ = "calendar_change"

    id: Mapped[Key]
    uid: Mapped[Uid]
    cohort_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cohort.id"), index=True)
    changes: Mapped[JsonList]  # [{said, title, before, after}]: moments as ISO text or null
    to_seated: Mapped[bool]  # else only whoever waits: nothing but enrolment has other dates
    at: Mapped[Moment]
    by_id: Mapped[int | None] = mapped_column(BigInteger)
    # The last enrollment that was told: telling goes on from there, whatever was interrupted.
    told_up_to: Mapped[int] = mapped_column(BigInteger, default=0)
    # The same for whoever only prepares an application, told after the others.
    preparing_up_to: Mapped[int] = mapped_column(BigInteger, default=0)
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
