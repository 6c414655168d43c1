"""A person in a cohort, from asking for a seat to the end."""

from datetime import datetime

from sqlalchemy import BigInteger, ColumnElement, ForeignKey, Index, UniqueConstraint, or_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.enrollment.models.cohort import Cohort
from lms.enrollment.rules.states import SEATED, EnrollmentState
from lms.foundation.db.base import Base, Owned
from lms.foundation.db.types import Folded, JsonObject, Key, Moment, Uid, UtcDateTime
from lms.people.models import Person

__all__ = ["SEATED", "Enrollment", "EnrollmentState"]


class Enrollment(Owned, Base):
    """One person's place in one cohort. The course and its grades hang from it."""

    __tablename__ = "enrollment"
    __table_args__ = (
        UniqueConstraint("cohort_id", "person_id"),
        Index("ix_enrollment_cohort_id_state_sort_name", "cohort_id", "state", "sort_name"),
    )

    id: Mapped[Key]
    uid: Mapped[Uid]
    cohort_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cohort.id"))
    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("person.id"), index=True)
    # Folded "surname surname given", kept here so that lists sort alike on both databases.
    sort_name: Mapped[Folded]
    municipality: Mapped[str]
    # The seats by whose door somebody came, if they came by an agreement.
    quota_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("quota.id"), index=True)
    state: Mapped[str]
    applied_at: Mapped[Moment]
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(BigInteger)
    reason: Mapped[str | None]
    # Where the person is: last opened activity and paragraph, for exact resume.
    last_activity_key: Mapped[str | None]
    last_block: Mapped[str | None]
    last_seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Goes up with every change of progress or grade; part of the ETag of learner pages.
    progress_version: Mapped[int] = mapped_column(default=0)
    # What holds now of their allowances (see the model of that name), kept where pages read it:
    # a later end of the cohort, and the rest by what it is about.
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    allowances: Mapped[JsonObject] = mapped_column(default=dict)

    cohort: Mapped[Cohort] = relationship()
    person: Mapped[Person] = relationship()


# Said as three comparisons: a list would be unfolded into the statement at each execution.
HAS_SEAT: ColumnElement[bool] = or_(*(Enrollment.state == state for state in SEATED))
"""Whether an enrollment holds a seat, for queries."""
