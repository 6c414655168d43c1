"""A cohort as its staff sees it: figures, people, grades; a fixed number of statements."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, or_, select
from sqlalchemy.orm import Session

from lms.catalog.models import ProgrammeVersion
from lms.catalog.queries.structure import CourseStructure, structure
from lms.certificates.models import Credential
from lms.certificates.queries.candidates import KIND
from lms.desk.rules.standings import ABSENT, Stand
from lms.enrollment.models import Cohort, CohortCourse, Enrollment
from lms.enrollment.rules.states import SEATED, EnrollmentState
from lms.foundation.kernel.errors import NotFound
from lms.grading.models import CourseResult
from lms.learning.queries.places import days_of
from lms.learning.rules.gate import Days
from lms.people.models import Person

MOST_COURSES = 60


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
    """How many people stand how, in one course of the cohort, and how many asked for a seat."""

    standing: Mapping[Stand, int]
    applied: int

    @property
    def people(self) -> int:
        return sum(self.standing.values())

    def of(self, shown: Stand | None) -> int:
        """How many a filter shows; without one, everybody."""
        return self.people if shown is None else self.standing.get(shown, 0)


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
    """Whether the enrollment has its document for the course."""
    return exists(
        select(Credential.id).where(
            Credential.kind == KIND,
            Credential.enrollment_id == Enrollment.id,
            Credential.course_version_id == course_version_id,
        )
    )


def result_of(course_version_id: int) -> ColumnElement[bool]:
    """The enrollment's result in the course."""
    return and_(
        CourseResult.enrollment_id == Enrollment.id,
        CourseResult.course_version_id == course_version_id,
    )


def admitted_at() -> ColumnElement[datetime]:
    """When somebody was given their seat."""
    return func.coalesce(Enrollment.decided_at, Enrollment.applied_at)


def standing(course_version_id: int, days: Days, now: datetime) -> ColumnElement[str]:
    """What `rules.standings.stand` says of one person, said in SQL; a test compares them."""
    completed = func.coalesce(CourseResult.completed, False).is_(True)
    failed = func.coalesce(CourseResult.failed, False).is_(True)
    waiting = CourseResult.explanation["lacks"].as_string().contains('"wait"')
    over, since = literal(now >= days.over_at), now - ABSENT
    absent = and_(
        literal(days.starts_at <= since),
        admitted_at() <= since,
        or_(Enrollment.last_seen_at.is_(None), Enrollment.last_seen_at <= since),
    )
    return case(
        (and_(completed, issued(course_version_id)), Stand.ISSUED.value),
        (and_(completed, Person.name_confirmed_at.is_not(None)), Stand.READY.value),
        (completed, Stand.UNNAMED.value),
        (failed, Stand.FAILED.value),
        (and_(over, waiting), Stand.WAITING.value),
        (over, Stand.FAILED.value),
        (absent, Stand.ABSENT.value),
        (Enrollment.last_seen_at.is_(None), Stand.NOT_BEGUN.value),
        else_=Stand.ON_THE_WAY.value,
    )


def figures(session: Session, head: CohortHead, course_version_id: int, now: datetime) -> Figures:
    """Everybody counted once, in one statement."""
    stands = case(
        (Enrollment.state.in_(SEATED), standing(course_version_id, head.days, now)),
        else_=Enrollment.state,
    )
    each = (
        select(stands.label("stands"))
        .select_from(Enrollment)
        .join(Person, Person.id == Enrollment.person_id)
        .outerjoin(CourseResult, result_of(course_version_id))
        .where(
            Enrollment.cohort_id == head.id,
            Enrollment.state.in_((*SEATED, EnrollmentState.APPLIED)),
        )
        .subquery()
    )
    rows = session.execute(
        select(each.c.stands, func.count()).group_by(each.c.stands).order_by(each.c.stands)
    )
    counted = {row[0]: int(row[1]) for row in rows}
    applied = counted.pop(EnrollmentState.APPLIED, 0)
    return Figures({Stand(name): many for name, many in counted.items()}, applied)
