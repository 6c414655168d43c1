"""What people gave a work by hand."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.foundation.db.base import Base, Owned
from lms.foundation.db.types import JsonObject, Key, Moment, UtcDateTime


class GivenMark(Owned, Base):
    """One marking of one version by a person. It never changes: another one is another edition with
    its reason, and the last one counts. With ``correct_by_at`` the work was sent back."""

    __tablename__ = "given_mark"
    __table_args__ = (UniqueConstraint("submission_id", "edition"),)

    id: Mapped[Key]
    submission_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("submission.id"))
    edition: Mapped[int]
    judged: Mapped[JsonObject]
    earned: Mapped[int | None] = mapped_column(BigInteger)
    points: Mapped[int | None] = mapped_column(BigInteger)
    comment: Mapped[str]
    reason: Mapped[str]
    correct_by_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    marker_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("person.id"), index=True)
    at: Mapped[Moment]
