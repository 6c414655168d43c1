"""An application with its papers, from the first file to what was corrected."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.enrollment.models.call import Requirement
from lms.enrollment.models.cohort import Cohort
from lms.foundation.db.base import Base, Owned
from lms.foundation.db.types import Key, Moment, Uid, UtcDateTime
from lms.people.models import Person


class Application(Owned, Base):
    """What somebody sends to a call. Until it is handed in, it is nobody's business but theirs.

    Handing it in makes the enrollment, whose place in the order is that moment. ``turn`` goes up
    whenever it is sent back, so that what was sent before is still there.
    """

    __tablename__ = "application"
    __table_args__ = (UniqueConstraint("cohort_id", "person_id"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    cohort_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cohort.id"))
    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("person.id"), index=True)
    enrollment_id: Mapped[int | None] = mapped_column(
        BigInteger, ForeignKey("enrollment.id"), unique=True
    )
    # The seats by whose door somebody came, if they came by an agreement.
    quota_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("quota.id"), index=True)
    state: Mapped[str]
    turn: Mapped[int] = mapped_column(default=1)
    begun_at: Mapped[Moment]
    handed_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_handed_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    correct_by_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    cohort: Mapped[Cohort] = relationship()
    person: Mapped[Person] = relationship()


class Paper(Owned, Base):
    """What was sent for one requirement in one turn: a file or words, and what was said of it."""

    __tablename__ = "paper"
    __table_args__ = (UniqueConstraint("application_id", "requirement_id", "turn"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    application_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("application.id"))
    requirement_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("requirement.id"), index=True
    )
    turn: Mapped[int]
    sha256: Mapped[str | None] = mapped_column(String(64), ForeignKey("blob.sha256"), index=True)
    media_type: Mapped[str]
    size: Mapped[int]
    filename: Mapped[str]
    answer: Mapped[str]
    sent_at: Mapped[Moment]
    state: Mapped[str]
    said: Mapped[str]  # why it was observed
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    checked_by_id: Mapped[int | None] = mapped_column(BigInteger)

    requirement: Mapped[Requirement] = relationship()
