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
from lms.certificates.queries.candidates import COUNTS, KIND
from lms.desk.rules.standings import ABSENT, GONE, Stand
from lms.enrollment.models import Cohort, CohortCourse, Enrollment
from lms.enrollment.rules.states import SEATED, EnrollmentState
from lms.foundation.kernel.errors import NotFound
from lms.grading.models import CourseResult
from lms.learning.models import Progress
from lms.learning.queries.places import days_of
from lms.learning.rules.gate import Days
from lms.people.models import Institution, Person

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
    zone: str
    """By whose clocks the institution's files say days and hours."""
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
        """How many hold a seat."""
        return sum(many for stands, many in self.standing.items() if stands not in GONE)

    def of(self, shown: Stand | None) -> int:
        """How many a filter shows; without one, everybody with a seat."""
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
        Institution.zone,
        ProgrammeVersion.title.label("programme"),
        CohortCourse.course_version_id,
    )
    .join(ProgrammeVersion, ProgrammeVersion.id == Cohort.programme_version_id)
    .join(Institution, Institution.id == Cohort.institution_id)
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
        zone=first.zone,
        courses=tuple(structure(session, each) for each in ids),
    )


def issued(course_version_id: Any) -> ColumnElement[bool]:
    """Whether the enrollment has its document for the course."""
    return exists(
        select(Credential.id)
        .where(
            Credential.kind == KIND,
            Credential.enrollment_id == Enrollment.id,
            Credential.course_version_id == course_version_id,
            COUNTS,
        )
        .correlate_except(Credential)
    )


def result_of(course_version_id: Any) -> ColumnElement[bool]:
    """The enrollment's result in the course."""
    return and_(
        CourseResult.enrollment_id == Enrollment.id,
        CourseResult.course_version_id == course_version_id,
    )


def admitted_at() -> ColumnElement[datetime]:
    """When somebody was given their seat."""
    return func.coalesce(Enrollment.decided_at, Enrollment.applied_at)


@dataclass(frozen=True, slots=True)
class Frame:
    """A course of a cohort and the days of the cohort: values, or columns where there are many."""

    version: Any
    course: Any
    starts_at: Any
    over_at: Any
    closed: Any
    """Whether the cohort was closed by hand: then it is over for all."""


def frame(course: CourseStructure, days: Days) -> Frame:
    """One course of one cohort."""
    moment = Enrollment.applied_at.type
    return Frame(
        course.id,
        course.course_id,
        literal(days.starts_at, moment),
        literal(days.over_at, moment),
        literal(days.closed_at is not None),
    )


def moved_at(course_id: Any) -> ColumnElement[datetime]:
    """When the enrollment last finished something of the course."""
    return (
        select(func.max(Progress.at))
        .where(Progress.enrollment_id == Enrollment.id, Progress.course_id == course_id)
        .correlate_except(Progress)
        .scalar_subquery()
    )


def standing(of: Frame, now: datetime) -> ColumnElement[str]:
    """What `rules.standings.stand` says of one person, said in SQL; a test compares them."""
    completed = func.coalesce(CourseResult.completed, False).is_(True)
    failed = func.coalesce(CourseResult.failed, False).is_(True)
    waiting = CourseResult.explanation["lacks"].as_string().contains('"wait"')
    since = now - ABSENT
    own = and_(~of.closed, func.coalesce(Enrollment.ends_at > now, False))
    over = and_(of.over_at <= now, ~own)
    could = and_(of.starts_at <= since, admitted_at() <= since)
    absent = and_(could, or_(Enrollment.last_seen_at.is_(None), Enrollment.last_seen_at <= since))
    moved = exists(
        select(Progress.id)
        .where(
            Progress.enrollment_id == Enrollment.id,
            Progress.course_id == of.course,
            Progress.at > since,
        )
        .correlate_except(Progress)
    )
    return case(
        (and_(completed, issued(of.version)), Stand.ISSUED.value),
        (and_(completed, Person.name_confirmed_at.is_(None)), Stand.UNNAMED.value),
        (and_(completed, CourseResult.recognised.is_(True)), Stand.RECOGNISED.value),
        (completed, Stand.READY.value),
        (failed, Stand.FAILED.value),
        (and_(over, waiting), Stand.WAITING.value),
        (over, Stand.FAILED.value),
        (absent, Stand.ABSENT.value),
        (Enrollment.last_seen_at.is_(None), Stand.NOT_BEGUN.value),
        (and_(could, ~moved), Stand.STUCK.value),
        else_=Stand.ON_THE_WAY.value,
    )


def figures(
    session: Session,
    head: CohortHead,
    course: CourseStructure,
    now: datetime,
    *narrowed: ColumnElement[bool],
) -> Figures:
    """Everybody counted once, in one statement; or only those who fit the conditions."""
    stands = case(
        (Enrollment.state.in_(SEATED), standing(frame(course, head.days), now)),
        *((Enrollment.state == state, stand.value) for stand, state in GONE.items()),
        else_=Enrollment.state,
    )
    each = (
        select(stands.label("stands"))
        .select_from(Enrollment)
        .join(Person, Person.id == Enrollment.person_id)
        .outerjoin(CourseResult, result_of(course.id))
        .where(
            Enrollment.cohort_id == head.id,
            Enrollment.state.in_((*SEATED, EnrollmentState.APPLIED, *GONE.values())),
            *narrowed,
        )
        .subquery()
    )
    rows = session.execute(
        select(each.c.stands, func.count()).group_by(each.c.stands).order_by(each.c.stands)
    )
    counted = {row[0]: int(row[1]) for row in rows}
    applied = counted.pop(EnrollmentState.APPLIED, 0)
    return Figures({Stand(name): many for name, many in counted.items()}, applied)
