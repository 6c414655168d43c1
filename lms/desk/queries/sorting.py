"""The order of a cohort's people by any of their columns, the same on both databases."""

from functools import reduce
from typing import Any

from sqlalchemy import ColumnElement, Select, case, cast, func, select

from lms.catalog.queries.structure import CourseStructure
from lms.desk.queries.cohort import admitted_at
from lms.desk.rules.asked import BY_GRADE, NAME, Asked, Column
from lms.desk.rules.standings import Stand
from lms.enrollment.models import Enrollment
from lms.grading.models import CourseResult, Grade
from lms.learning.models import Progress
from lms.learning.rules.marks import DONE

_ACCENTS = dict(zip("ÁÉÍÓÚÜÑáéíóúüñ", "AEIOUUNaeiouun", strict=True))


def in_order(
    statement: Select[*tuple[Any, ...]],
    asked: Asked,
    course: CourseStructure,
    stands: ColumnElement[str],
) -> Select[*tuple[Any, ...]]:
    """The statement in the order that is asked for; who has nothing in it comes last, and equals
    stand by surname."""
    if asked.order == NAME:
        names = Enrollment.sort_name
        return statement.order_by(names.desc() if asked.descending else names, Enrollment.id)
    by = _by(asked.order, course, stands)
    return statement.order_by(
        (by.desc() if asked.descending else by.asc()).nulls_last(),
        Enrollment.sort_name,
        Enrollment.id,
    )


def _by(order: str, course: CourseStructure, stands: ColumnElement[str]) -> Any:
    if order.startswith(BY_GRADE):
        return _result(course, order.removeprefix(BY_GRADE))
    match Column(order):
        case Column.MUNICIPALITY:
            return _bare(Enrollment.municipality)
        case Column.GRADE:
            return CourseResult.ratio
        case Column.PROGRESS:
            return done(course)
        case Column.STATE:
            return case({each.value: rank for rank, each in enumerate(Stand)}, value=stands)
        case Column.SEEN:
            return Enrollment.last_seen_at
        case _:
            return admitted_at()


def _result(course: CourseStructure, key: str) -> ColumnElement[Any]:
    return (
        select(Grade.ratio)
        .where(
            Grade.enrollment_id == Enrollment.id,
            Grade.course_id == course.course_id,
            Grade.activity_key == key,
        )
        .correlate(Enrollment)
        .scalar_subquery()
    )


def done(course: CourseStructure) -> ColumnElement[int]:
    """How many activities of the course the enrollment has finished."""
    return (
        select(func.count())
        .select_from(Progress)
        .where(
            Progress.enrollment_id == Enrollment.id,
            Progress.course_id == course.course_id,
            Progress.state.in_(DONE),
        )
        .correlate(Enrollment)
        .scalar_subquery()
    )


def _bare(column: Any) -> ColumnElement[str]:
    """A text without case and accents, by its bytes."""
    bare = reduce(lambda text, pair: func.replace(text, *pair), _ACCENTS.items(), column)
    return cast(func.nullif(func.lower(bare), ""), Enrollment.sort_name.type)
