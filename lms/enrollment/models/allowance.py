"""What single people are allowed beyond the rules of their cohort, why, and until when."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from lms.foundation.db.base import Base, Owned
from lms.foundation.db.types import Key, Moment, Uid, UtcDateTime


class Allowance(Owned, Base):
    """A later day, more attempts or more time for one person in one thing of their cohort.

    ``about`` is ``course/activity``, or empty for the end of the cohort. Those given together to a
    list bear the same ``batch``. What holds now is kept on the enrollment, where pages read it.
    """

    __tablename__ = "allowance"

    id: Mapped[Key]
    uid: Mapped[Uid]
    batch: Mapped[UUID] = mapped_column(Uuid, index=True)
    cohort_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cohort.id"), index=True)
    enrollment_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("enrollment.id"), index=True)
    about: Mapped[str]
    closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    minutes: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str]
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    given_at: Mapped[Moment]
    by_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("person.id"), index=True)
    # Given to a list, it reaches its people one after another.
    applied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_by_id: Mapped[int | None] = mapped_column(BigInteger)
