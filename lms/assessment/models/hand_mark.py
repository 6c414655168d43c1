"""What people gave by hand, and the comments they keep to give again."""

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.foundation.db.base import Base, Owned, Personal
from lms.foundation.db.types import Key, Moment, PointsColumn, Uid


class HandMark(Owned, Base):
    """One marking of one answer by a person. It never changes: another one is another edition with
    its reason, and the last one counts."""

    __tablename__ = "hand_mark"
    __table_args__ = (UniqueConstraint("attempt_id", "slot", "edition"),)

    id: Mapped[Key]
    attempt_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("attempt.id"))
    slot: Mapped[int]
    edition: Mapped[int]
    points: Mapped[PointsColumn]
    comment: Mapped[str]
    reason: Mapped[str]
    marker_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("person.id"), index=True)
    at: Mapped[Moment]


class MarkingPhrase(Personal, Base):
    """A comment that somebody who marks keeps, to give it again with one press."""

    __tablename__ = "marking_phrase"
    __table_args__ = (UniqueConstraint("person_id", "text"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(String(500))
    kept_at: Mapped[Moment]
