"""The call of a cohort: what applicants are told, and what they are asked for."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.enrollment.models.cohort import Cohort
from lms.foundation.db.base import Base, Owned
from lms.foundation.db.types import Key, Moment, Uid, UtcDateTime


class Call(Owned, Base):
    """One call for a cohort. It opens and closes with the cohort's enrolment: one pair of dates."""

    __tablename__ = "call"

    id: Mapped[Key]
    cohort_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cohort.id"), unique=True)
    words: Mapped[str] = mapped_column(default="")
    # Whether one can ask though all seats are taken, and who gives the list a seat that is free.
    takes_waitlist: Mapped[bool] = mapped_column(default=False)
    promotes: Mapped[str] = mapped_column(default="registrar")
    changed_at: Mapped[Moment]

    cohort: Mapped[Cohort] = relationship()


class Requirement(Owned, Base):
    """Something that applicants send: a document as a file, or an answer in words.

    One that is taken out is asked no more; what was sent for it stays where it is.
    """

    __tablename__ = "requirement"

    id: Mapped[Key]
    uid: Mapped[Uid]
    cohort_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cohort.id"), index=True)
    position: Mapped[int]
    sort: Mapped[str]  # document, answer
    name: Mapped[str]
    why: Mapped[str]
    is_obligatory: Mapped[bool]
    formats: Mapped[str]  # of a document, with spaces between: pdf jpg png
    megabytes: Mapped[int]
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
