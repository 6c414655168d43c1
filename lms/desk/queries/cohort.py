"""A cohort as its staff sees it: figures, people, grades; a fixed number of statements."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from lms.catalog.models import ProgrammeVersion
from lms.catalog.queries.structure import CourseStructure, structure
from lms.certificates.models import Credential
from lms.desk.rules.standings import ABSENT
from lms.enrollment.models import Cohort, CohortCourse, Enrollment
from lms.enrollment.rules.states import SEATED, EnrollmentState
from lms.foundation.kernel.errors import NotFound
from lms.grading.models import CourseResult
from lms.learning.queries.places import days_of
from lms.learning.rules.gate import Days

MOST_COURSES = 60


class Shown(StrEnum):
    """Which people the list shows."""

    ALL = "todas"
    READY = "listas"
    PENDING = "pendientes"
    ABSENT = "sin-entrar"
    FAILED = "no-aprobadas"


@dataclass(frozen=True)
class CohortHead:
    """The cohort, its courses and the one that is looked at."""

    id: int
    uid: UUID
    title: str
    programme: str
    institution_id: int
    days: Days
    policy: Mapping[str, Any]
    courses: tuple[CourseStructure, ...]

    def course(self, key: str) -> CourseStructure:
        """The course of this key; without a key, the first that has something to teach."""
        for each in self.courses:
            if each.key == key or (not key and each.activities):
                return each
        if key or not self.courses:
            raise NotFound()
        return self.courses[0]


@dataclass(frozen=True, slots=True)
class Figures:
    """How many people stand how, in one course of the cohort."""

    people: int
    ready: int
    pending: int
    absent: int
    failed: int
    issued: int
    applied: int

    def of(self, shown: Shown) -> int:
        return {
            Shown.ALL: self.people,
            Shown.READY: self.ready,
            Shown.PENDING: self.pending,
            Shown.ABSENT: self.absent,
            Shown.FAILED: self.failed,
        }[shown]


_HEAD = (
    select(
        Cohort.id,
        Cohort.uid,
        Cohort.title,
        Cohort.institution_id,
        Cohort.starts_at,
        Cohort.ends_at,
        Cohort.closed_at,
        Cohort.calendar,
        Cohort.policy,
        ProgrammeVersion.title.label("programme"),
        CohortCourse.course_version_id,
    )
    .join(ProgrammeVersion, ProgrammeVersion.id == Cohort.programme_version_id)
    .outerjoin(CohortCourse, CohortCourse.cohort_id == Cohort.id)
    .order_by(CohortCourse.position, CohortCourse.id)
    .limit(MOST_COURSES)
)


def head(session: Session, cohort: UUID) -> CohortHead:
    """A cohort with its courses."""
    rows = session.execute(_HEAD.where(Cohort.uid == cohort)).all()
    if not rows:
        raise NotFound()
    first = rows[0]
    ids = [row.course_version_id for row in rows if row.course_version_id is not None]
    return CohortHead(
        id=first.id,
        uid=first.uid,
        title=first.title,
        programme=first.programme,
        institution_id=first.institution_id,
        days=days_of(first.starts_at, first.ends_at, first.closed_at, first.calendar),
        policy=first.policy,
        courses=tuple(structure(session, each) for each in ids),
    )


def issued(course_version_id: int) -> ColumnElement[bool]:
    """Whether the enrollment has a valid document for the course."""
    return exists(
        select(Credential.id).where(
            Credential.enrollment_id == Enrollment.id,
            Credential.course_version_id == course_version_id,
            Credential.status == "valid",
        )
    )


def result_of(course_version_id: int) -> ColumnElement[bool]:
    """The enrollment's result in the course."""
    return and_(
        CourseResult.enrollment_id == Enrollment.id,
        CourseResult.course_version_id == course_version_id,
    )


def conditions_of(course_version_id: int, now: datetime) -> dict[Shown, ColumnElement[bool]]:
    """What puts somebody under each filter."""
    completed = func.coalesce(CourseResult.completed, False).is_(True)
    failed = func.coalesce(CourseResult.failed, False).is_(True)
    absent = or_(Enrollment.last_seen_at.is_(None), Enrollment.last_seen_at <= now - ABSENT)
    return {
        Shown.READY: and_(completed, ~issued(course_version_id)),
        Shown.PENDING: and_(~completed, ~failed),
        Shown.ABSENT: and_(~completed, ~failed, absent),
        Shown.FAILED: and_(~completed, failed),
    }


def figures(session: Session, cohort_id: int, course_version_id: int, now: datetime) -> Figures:
    """Everybody counted once, in one statement."""
    seated = Enrollment.state.in_(SEATED)
    conditions = conditions_of(course_version_id, now)

    def count(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    row = session.execute(
        select(
            count(seated),
            *(
                count(and_(seated, conditions[shown]))
                for shown in (Shown.READY, Shown.PENDING, Shown.ABSENT, Shown.FAILED)
            ),
            count(and_(seated, issued(course_version_id))),
            count(Enrollment.state == EnrollmentState.APPLIED),
        )
        .select_from(Enrollment)
        .outerjoin(CourseResult, result_of(course_version_id))
        .where(Enrollment.cohort_id == cohort_id)
    ).one()
    return Figures(*(int(value) for value in row))
