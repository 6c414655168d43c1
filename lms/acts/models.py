"""Grade acts: numbered, frozen when they are closed, changed by nothing but another act."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from lms.foundation.db.base import Base, Owned
from lms.foundation.db.types import Folded, Key, Moment, Uid, UtcDateTime


class GradeAct(Owned, Base):
    """The act of one course of a cohort, or of the whole programme (``subject`` is empty).

    A draft while ``closed_at`` is empty; from then on triggers refuse every change. ``edition`` 0
    is the act itself, each higher one an act that amends it.
    """

    __tablename__ = "grade_act"
    __table_args__ = (
        UniqueConstraint("cohort_id", "subject", "edition"),
        UniqueConstraint("institution_id", "series", "number"),
    )

    id: Mapped[Key]
    uid: Mapped[Uid]
    cohort_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cohort.id"))
    subject: Mapped[str]  # the key of the course
    title: Mapped[str]  # what the course is called, or the programme
    edition: Mapped[int] = mapped_column(default=0)
    amends_id: Mapped[int | None] = mapped_column(
        BigInteger, ForeignKey("grade_act.id"), index=True
    )
    created_at: Mapped[Moment]
    # When the draft was last sent to those who teach, for them to look over.
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by_id: Mapped[int | None] = mapped_column(BigInteger)
    series: Mapped[str | None]
    number: Mapped[int | None]
    people: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(default="")  # why it amends, and by whose decision
    authority: Mapped[str] = mapped_column(default="")
    record: Mapped[str | None]  # canonical JSON, exactly the bytes that were hashed
    sha256: Mapped[str | None] = mapped_column(String(64))


class GradeActLine(Owned, Base):
    """How one person ended, as a closed act says it; in an amending act also as it was before."""

    __tablename__ = "grade_act_line"
    __table_args__ = (UniqueConstraint("act_id", "position"),)

    id: Mapped[Key]
    act_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("grade_act.id"))
    position: Mapped[int]
    enrollment_id: Mapped[int] = mapped_column(BigInteger, index=True)
    name: Mapped[str]
    sort_name: Mapped[Folded]
    document: Mapped[str]
    outcome: Mapped[str]
    grade: Mapped[str]
    before_outcome: Mapped[str | None]
    before_grade: Mapped[str | None]
    before_name: Mapped[str | None]


class ActSignature(Owned, Base):
    """A place to sign under an act; once signed it stays so."""

    __tablename__ = "act_signature"
    __table_args__ = (UniqueConstraint("act_id", "order"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    act_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("grade_act.id"))
    order: Mapped[int]
    signer_uid: Mapped[UUID] = mapped_column(Uuid)
    # As printed; of who has signed, once somebody has (a substitute may).
    name: Mapped[str]
    position: Mapped[str]
    how: Mapped[str] = mapped_column(default="")  # on the site, or on paper
    signed_on: Mapped[date | None]
    signed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("person.id"), index=True)
    scan_sha256: Mapped[str | None] = mapped_column(
        String(64), ForeignKey("blob.sha256"), index=True
    )
    scan_name: Mapped[str] = mapped_column(default="")


class ActRemark(Owned, Base):
    """What somebody who teaches says of the draft of an act."""

    __tablename__ = "act_remark"

    id: Mapped[Key]
    uid: Mapped[Uid]
    act_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("grade_act.id"), index=True)
    by_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("person.id"), index=True)
    at: Mapped[Moment]
    text: Mapped[str]
