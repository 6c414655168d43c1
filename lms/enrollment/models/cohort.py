"""Cohorts: a programme version taught to a group, on its own calendar and by its own rules."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.catalog.models import CourseVersion, ProgrammeVersion
from lms.enrollment.rules.states import Door
from lms.foundation.db.base import Base, Owned
from lms.foundation.db.types import Folded, JsonObject, Key, Moment, Uid, UtcDateTime

__all__ = ["Cohort", "CohortCourse", "Door", "InvitationKey"]


class Cohort(Owned, Base):
    """A cohort pins versions, calendar and grading policy when it opens."""

    __tablename__ = "cohort"
    __table_args__ = (
        UniqueConstraint("institution_id", "key"),
        Index("ix_cohort_programme_id_starts_at", "programme_id", "starts_at"),
    )

    id: Mapped[Key]
    uid: Mapped[Uid]
    key: Mapped[str]
    title: Mapped[str]
    title_folded: Mapped[Folded]
    programme_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("programme.id"))
    programme_version_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("programme_version.id"), index=True
    )
    mode: Mapped[str]
    door: Mapped[str]
    capacity: Mapped[int | None]
    enrollment_opens_at: Mapped[Moment]
    enrollment_closes_at: Mapped[Moment]
    starts_at: Mapped[Moment]
    ends_at: Mapped[Moment]
    # {scale, pass_mark (ratio), for_all (it stands for what courses say), place, zone,
    # signers: [{uid, name, position}]}: what opened with it.
    policy: Mapped[JsonObject]
    # "course/activity" -> {"opens_at": iso, "closes_at": iso}; what is not named follows the
    # cohort.
    calendar: Mapped[JsonObject]
    created_at: Mapped[Moment]
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    programme_version: Mapped[ProgrammeVersion] = relationship()
    courses: Mapped[list["CohortCourse"]] = relationship(
        order_by="CohortCourse.position", back_populates="cohort"
    )

    def day(self, moment: datetime) -> date:
        """Which day a moment is by the cohort's clocks."""
        return moment.astimezone(ZoneInfo(self.policy["zone"])).date()


class CohortCourse(Owned, Base):
    """A course version that a cohort is taught by."""

    __tablename__ = "cohort_course"
    __table_args__ = (UniqueConstraint("cohort_id", "course_version_id"),)

    id: Mapped[Key]
    cohort_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cohort.id"))
    course_version_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("course_version.id"), index=True
    )
    position: Mapped[int]

    cohort: Mapped[Cohort] = relationship(back_populates="courses")
    course_version: Mapped[CourseVersion] = relationship()


class InvitationKey(Owned, Base):
    """A key that opens a cohort to whoever was given it, a number of times, until a day.

    It also confirms an account that has a phone but no e-mail: its bearer was invited in person.
    """

    __tablename__ = "invitation_key"

    id: Mapped[Key]
    uid: Mapped[Uid]
    cohort_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("cohort.id"), index=True)
    code: Mapped[str] = mapped_column(unique=True)
    uses: Mapped[int]  # how many people it was made for
    uses_left: Mapped[int]
    note: Mapped[str] = mapped_column(default="")  # for whom
    # The seats that its bearers may take, if some are kept for them.
    quota_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("quota.id"), index=True)
    expires_on: Mapped[date]
    created_at: Mapped[Moment]
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
