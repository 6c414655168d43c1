"""A cohort as its staff sees it: figures, people, grades; a fixed number of statements."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from lms.catalog.models import ProgrammeVersion
from lms.catalog.queries.structure import CourseStructure, structure
from lms.certificates.models import Credential
from lms.desk.rules.standings import ABSENT
from lms.enrollment.models import Cohort, CohortCourse, Enrollment
from lms.enrollment.rules.states import SEATED, EnrollmentState
from lms.foundation.kernel.errors import NotFound
from lms.foundation.kernel.text import like
from lms.grading.models import CourseResult, Grade
from lms.learning.queries.places import days_of
from lms.learning.rules.gate import Days
from lms.people.models import Person

PAGE_SIZE = 50
PIECE = 200
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


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the cohort in one course."""

    enrollment_id: int
    uid: UUID
    name: str
    municipality: str
    state: str
    last_seen_at: datetime | None
    ratio: int | None
    completed: bool
    failed: bool
    issued: bool
    explanation: Mapping[str, Any]


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


def _issued(course_version_id: int) -> ColumnElement[bool]:
    return exists(
        select(Credential.id).where(
            Credential.enrollment_id == Enrollment.id,
            Credential.course_version_id == course_version_id,
            Credential.status == "valid",
        )
    )


def _result(course_version_id: int) -> ColumnElement[bool]:
    return and_(
        CourseResult.enrollment_id == Enrollment.id,
        CourseResult.course_version_id == course_version_id,
    )


def _conditions(course_version_id: int, now: datetime) -> dict[Shown, ColumnElement[bool]]:
    completed = func.coalesce(CourseResult.completed, False).is_(True)
    failed = func.coalesce(CourseResult.failed, False).is_(True)
    absent = or_(Enrollment.last_seen_at.is_(None), Enrollment.last_seen_at <= now - ABSENT)
    return {
        Shown.READY: and_(completed, ~_issued(course_version_id)),
        Shown.PENDING: and_(~completed, ~failed),
        Shown.ABSENT: and_(~completed, ~failed, absent),
        Shown.FAILED: and_(~completed, failed),
    }


def figures(session: Session, cohort_id: int, course_version_id: int, now: datetime) -> Figures:
    """Everybody counted once, in one statement."""
    seated = Enrollment.state.in_(SEATED)
    conditions = _conditions(course_version_id, now)

    def count(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    row = session.execute(
        select(
            count(seated),
            *(
                count(and_(seated, conditions[shown]))
                for shown in (Shown.READY, Shown.PENDING, Shown.ABSENT, Shown.FAILED)
            ),
            count(and_(seated, _issued(course_version_id))),
            count(Enrollment.state == EnrollmentState.APPLIED),
        )
        .select_from(Enrollment)
        .outerjoin(CourseResult, _result(course_version_id))
        .where(Enrollment.cohort_id == cohort_id)
    ).one()
    return Figures(*(int(value) for value in row))


def _lines(
    cohort_id: int, course_version_id: int, shown: Shown, text: str, now: datetime
) -> Select[*tuple[Any, ...]]:
    statement = (
        select(
            Enrollment.id,
            Enrollment.uid,
            Enrollment.sort_name,
            Enrollment.municipality,
            Enrollment.state,
            Enrollment.last_seen_at,
            Person.given_names,
            Person.first_surname,
            Person.second_surname,
            CourseResult.ratio,
            CourseResult.completed,
            CourseResult.failed,
            CourseResult.explanation,
            _issued(course_version_id).label("issued"),
        )
        .join(Person, Person.id == Enrollment.person_id)
        .outerjoin(CourseResult, _result(course_version_id))
        .where(Enrollment.cohort_id == cohort_id, Enrollment.state.in_(SEATED))
        .order_by(Enrollment.sort_name, Enrollment.id)
    )
    if shown is not Shown.ALL:
        statement = statement.where(_conditions(course_version_id, now)[shown])
    for word in text.split()[:6]:
        statement = statement.where(Enrollment.sort_name.like(like(word), escape="\\"))
    return statement


def people(
    session: Session,
    cohort_id: int,
    course_version_id: int,
    shown: Shown,
    text: str,
    now: datetime,
    number: int,
) -> Sequence[Line]:
    """One page of the people, by surname, and one more line if others follow."""
    statement = _lines(cohort_id, course_version_id, shown, text, now)
    rows = session.execute(statement.limit(PAGE_SIZE + 1).offset((number - 1) * PAGE_SIZE))
    return [_line(row) for row in rows]


def count_found(
    session: Session, cohort_id: int, course_version_id: int, shown: Shown, text: str, now: datetime
) -> int:
    """How many people a search finds."""
    found = _lines(cohort_id, course_version_id, shown, text, now).order_by(None).subquery()
    return session.scalar(select(func.count()).select_from(found)) or 0


def everybody(
    session: Session, cohort_id: int, course_version_id: int, shown: Shown, now: datetime
) -> Iterator[tuple[Sequence[Line], Mapping[int, Mapping[str, int]]]]:
    """All of them with their grades, piece by piece, each after the last name of the one before."""
    after: tuple[str, int] | None = None
    statement = _lines(cohort_id, course_version_id, shown, "", now).limit(PIECE)
    while True:
        piece = statement
        if after is not None:
            name, last = after
            piece = piece.where(
                or_(
                    Enrollment.sort_name > name,
                    and_(Enrollment.sort_name == name, Enrollment.id > last),
                )
            )
        rows = session.execute(piece).all()
        lines = [_line(row) for row in rows]
        yield lines, grades(session, lines, course_version_id)
        if len(rows) < PIECE:
            return
        after = rows[-1].sort_name, rows[-1].id


def grades(
    session: Session, lines: Sequence[Line], course_version_id: int
) -> Mapping[int, Mapping[str, int]]:
    """The result of each graded activity, by enrollment and activity key, as ratios."""
    if not lines:
        return {}
    course_id = structure(session, course_version_id).course_id
    rows = session.execute(
        select(Grade.enrollment_id, Grade.activity_key, Grade.ratio)
        .where(
            Grade.enrollment_id.in_([line.enrollment_id for line in lines]),
            Grade.course_id == course_id,
        )
        .order_by(Grade.id)
        .limit(PIECE * 50)
    )
    found: dict[int, dict[str, int]] = {}
    for row in rows:
        found.setdefault(row.enrollment_id, {})[row.activity_key] = row.ratio
    return found


def _line(row: Any) -> Line:
    surnames = " ".join(part for part in (row.first_surname, row.second_surname) if part)
    return Line(
        enrollment_id=row.id,
        uid=row.uid,
        name=f"{surnames}, {row.given_names}",
        municipality=row.municipality,
        state=row.state,
        last_seen_at=row.last_seen_at,
        ratio=row.ratio,
        completed=bool(row.completed),
        failed=bool(row.failed),
        issued=bool(row.issued),
        explanation=row.explanation or {},
    )
