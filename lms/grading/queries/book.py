"""The gradebook of a course in a cohort: a page of its people with all their marks."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from lms.catalog.activity import activity_kinds, gives_grade
from lms.catalog.queries.structure import ActivityStructure, CourseStructure, structure
from lms.enrollment.models import HAS_SEAT, Cohort, CohortCourse, Enrollment
from lms.foundation.kernel.errors import NotFound
from lms.foundation.kernel.points import Ratio
from lms.foundation.kernel.text import fold, like
from lms.grading.models import CourseResult, Entry, Grade
from lms.grading.queries.entries import ENTRY_STANDS
from lms.grading.rules.policy import Grading, grading_of
from lms.grading.rules.scheme import Scheme, scheme_of
from lms.people.models import Person
from lms.people.rules.names import name_of

PAGE_SIZE = 50
MOST_COURSES = 60
MOST_PEOPLE = 20_000
MOST_CELLS = 20_000
AT_ONCE = 500


@dataclass(frozen=True)
class Book:
    """The cohort, one of its courses, and how that is graded."""

    cohort_id: int
    uid: UUID
    title: str
    institution_id: int
    policy: Mapping[str, Any]
    ends_at: datetime
    closed_at: datetime | None
    course: CourseStructure
    courses: tuple[CourseStructure, ...]

    @property
    def scheme(self) -> Scheme:
        return scheme_of(self.policy, self.course.key)

    @property
    def grading(self) -> Grading:
        return grading_of(self.policy, self.course.pass_mark)

    @property
    def graded(self) -> tuple[ActivityStructure, ...]:
        """The activities that can carry a weight of the grade."""
        kinds = activity_kinds()
        return tuple(
            each for each in self.course.activities if gives_grade(kinds[each.kind], each.settings)
        )

    def is_over(self, now: datetime) -> bool:
        return self.closed_at is not None or now >= self.ends_at


@dataclass(frozen=True, slots=True)
class Asked:
    """Which people are wanted: by name, below the pass mark, without a mark in some column."""

    text: str = ""
    shown: str = ""
    column: str = ""


BELOW, WITHOUT = "bajo", "sin"


@dataclass(frozen=True, slots=True)
class Line:
    """One person and how the course stands for them."""

    enrollment_id: int
    uid: UUID
    name: str
    ratio: Ratio | None
    completed: bool
    recognised: bool
    sums: Mapping[str, Ratio]


@dataclass(frozen=True, slots=True)
class Cell:
    """What counts for one person in one column, and whether it was written by hand."""

    ratio: Ratio
    by_hand: bool = False


def book(session: Session, cohort: UUID, course: str = "", *, lock: bool = False) -> Book:
    """A cohort and the course of this key; without a key, the first that has something to do."""
    statement = (
        select(Cohort, CohortCourse.course_version_id)
        .join(CohortCourse, CohortCourse.cohort_id == Cohort.id)
        .where(Cohort.uid == cohort)
        .order_by(CohortCourse.position, CohortCourse.id)
        .limit(MOST_COURSES)
    )
    if lock:
        statement = statement.with_for_update(of=Cohort).execution_options(populate_existing=True)
    rows = session.execute(statement).all()
    if not rows:
        raise NotFound()
    row = rows[0][0]
    courses = tuple(structure(session, each.course_version_id) for each in rows)
    wanted = [each for each in courses if each.key == course] if course else [
        *(each for each in courses if each.activities), *courses,
    ]  # fmt: skip
    if not wanted:
        raise NotFound()
    return Book(
        row.id, row.uid, row.title, row.institution_id, row.policy, row.ends_at, row.closed_at,
        wanted[0], courses,
    )  # fmt: skip


def count(session: Session, of: Book, asked: Asked) -> int:
    """How many people that is."""
    return session.scalar(_chosen(of, asked, func.count(Enrollment.id))) or 0


def page(
    session: Session, of: Book, asked: Asked, number: int, size: int = PAGE_SIZE
) -> list[Line]:
    """One page of them, by surname, with what their course comes to as it was last worked out."""
    rows = session.execute(
        _chosen(
            of,
            asked,
            Enrollment.id,
            Enrollment.uid,
            Person.given_names,
            Person.first_surname,
            Person.second_surname,
            CourseResult.ratio,
            CourseResult.completed,
            CourseResult.recognised,
            CourseResult.explanation,
        )
        .order_by(Enrollment.sort_name, Enrollment.id)
        .limit(size)
        .offset((number - 1) * size)
    )
    return [
        Line(
            row.id,
            row.uid,
            name_of(row).surnames_first,
            row.ratio,
            bool(row.completed),
            bool(row.recognised),
            (row.explanation or {}).get("sums", {}),
        )
        for row in rows
    ]


def cells(session: Session, of: Book, people: Collection[int]) -> Mapping[int, Mapping[str, Cell]]:
    """What counts in each column for these people, in two statements: what activities gave, and
    over it what was written by hand."""
    found: dict[int, dict[str, Cell]] = {each: {} for each in people}
    rows = session.execute(
        select(Grade.enrollment_id, Grade.activity_key, Grade.ratio)
        .where(Grade.enrollment_id.in_(people), Grade.course_id == of.course.course_id)
        .order_by(Grade.id)
        .limit(MOST_CELLS)
    )
    columns = {each.key for each in of.scheme.columns}
    for row in rows:
        if row.activity_key not in columns:
            found[row.enrollment_id][row.activity_key] = Cell(row.ratio)
    written = session.execute(
        select(Entry.enrollment_id, Entry.item_key, Entry.ratio)
        .where(
            Entry.enrollment_id.in_(people), Entry.course_id == of.course.course_id, ENTRY_STANDS
        )
        .order_by(Entry.id)
        .limit(MOST_CELLS)
    )
    for row in written:
        found[row.enrollment_id][row.item_key] = Cell(row.ratio, by_hand=True)
    return found


def marked_columns(session: Session, of: Book) -> frozenset[str]:
    """The columns in which somebody of the cohort has a mark."""
    return frozenset(
        session.scalars(
            select(Entry.item_key)
            .join(Enrollment, Enrollment.id == Entry.enrollment_id)
            .where(
                Enrollment.cohort_id == of.cohort_id,
                Entry.course_id == of.course.course_id,
                ENTRY_STANDS,
            )
            .distinct()
            .order_by(Entry.item_key)
            .limit(MOST_CELLS)
        )
    )


def _chosen(of: Book, asked: Asked, *columns: Any) -> Select[*tuple[Any, ...]]:
    statement = (
        select(*columns)
        .select_from(Enrollment)
        .join(Person, Person.id == Enrollment.person_id)
        .outerjoin(
            CourseResult,
            and_(
                CourseResult.enrollment_id == Enrollment.id,
                CourseResult.course_version_id == of.course.id,
            ),
        )
        .where(Enrollment.cohort_id == of.cohort_id, HAS_SEAT)
    )
    for word in fold(asked.text).split()[:6]:
        statement = statement.where(Enrollment.sort_name.like(like(word), escape="\\"))
    if asked.shown == BELOW:
        least = of.grading.scale.least(of.grading.pass_mark)
        statement = statement.where(
            or_(CourseResult.id.is_(None), func.coalesce(CourseResult.ratio, 0) < least),
            func.coalesce(CourseResult.recognised, False).is_(False),
        )
    elif asked.shown == WITHOUT:
        statement = statement.where(_without(of, asked.column))
    return statement


def _without(of: Book, column: str) -> ColumnElement[bool]:
    """Whoever has no mark in this column, or in any of them."""
    keys = [each.key for each in of.graded] + [each.key for each in of.scheme.columns]
    wanted = [column] if column in keys else keys
    typed = {each.key for each in of.scheme.columns}
    activities = [each for each in wanted if each not in typed]
    counted = _many(Grade, Grade.activity_key, of, activities)
    written = _many(Entry, Entry.item_key, of, [each for each in wanted if each in typed])
    return counted + written < len(wanted)


def _many(table: Any, key: Any, of: Book, keys: Sequence[str]) -> ColumnElement[int]:
    statement = select(func.count()).where(
        table.enrollment_id == Enrollment.id,
        table.course_id == of.course.course_id,
        key.in_(keys),
    )
    if table is Entry:
        statement = statement.where(ENTRY_STANDS)
    return statement.correlate(Enrollment).scalar_subquery()
