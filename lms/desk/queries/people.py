"""The people of a cohort in one of its courses: a page of them, or all of them piece by piece."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from lms.catalog.queries.structure import structure
from lms.desk.queries.cohort import CohortHead, admitted_at, issued, result_of, standing
from lms.desk.rules.standings import Known, Stand, lacking
from lms.enrollment.models import Enrollment
from lms.enrollment.rules.states import SEATED
from lms.foundation.kernel.text import like
from lms.grading.models import CourseResult, Grade
from lms.people.models import Person
from lms.people.rules.names import name_of

PAGE_SIZE = 50
PIECE = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the cohort in one course."""

    enrollment_id: int
    uid: UUID
    name: str
    municipality: str
    ratio: int | None
    explanation: Mapping[str, Any]
    known: Known


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which people of a cohort, in which of its courses, at which moment."""

    head: CohortHead
    course_version_id: int
    shown: Stand | None
    now: datetime
    text: str = ""


def _lines(wanted: Wanted) -> Select[*tuple[Any, ...]]:
    statement = (
        select(
            Enrollment.id,
            Enrollment.uid,
            Enrollment.sort_name,
            Enrollment.municipality,
            Enrollment.last_seen_at,
            admitted_at().label("admitted_at"),
            Person.given_names,
            Person.first_surname,
            Person.second_surname,
            Person.name_confirmed_at,
            CourseResult.ratio,
            CourseResult.completed,
            CourseResult.failed,
            CourseResult.explanation,
            issued(wanted.course_version_id).label("issued"),
        )
        .join(Person, Person.id == Enrollment.person_id)
        .outerjoin(CourseResult, result_of(wanted.course_version_id))
        .where(Enrollment.cohort_id == wanted.head.id, Enrollment.state.in_(SEATED))
        .order_by(Enrollment.sort_name, Enrollment.id)
    )
    if wanted.shown is not None:
        stands = standing(wanted.course_version_id, wanted.head.days, wanted.now)
        statement = statement.where(stands == wanted.shown.value)
    for word in wanted.text.split()[:6]:
        statement = statement.where(Enrollment.sort_name.like(like(word), escape="\\"))
    return statement


def page(session: Session, wanted: Wanted, number: int) -> Sequence[Line]:
    """One page of the people, by surname, and one more line if others follow."""
    statement = _lines(wanted).limit(PAGE_SIZE + 1).offset((number - 1) * PAGE_SIZE)
    return [_line(row) for row in session.execute(statement)]


def count_found(session: Session, wanted: Wanted) -> int:
    """How many people a search finds."""
    found = _lines(wanted).order_by(None).subquery()
    return session.scalar(select(func.count()).select_from(found)) or 0


def everybody(
    session: Session, wanted: Wanted
) -> Iterator[tuple[Sequence[Line], Mapping[int, Mapping[str, int]]]]:
    """All of them with their grades, piece by piece, each after the last name of the one before."""
    after: tuple[str, int] | None = None
    statement = _lines(wanted).limit(PIECE)
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
        yield lines, grades(session, lines, wanted.course_version_id)
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
    explanation = row.explanation or {}
    return Line(
        enrollment_id=row.id,
        uid=row.uid,
        name=name_of(row).surnames_first,
        municipality=row.municipality,
        ratio=row.ratio,
        explanation=explanation,
        known=Known(
            completed=bool(row.completed),
            failed=bool(row.failed),
            waiting=lacking(explanation).waiting > 0,
            issued=bool(row.issued),
            name_confirmed=row.name_confirmed_at is not None,
            admitted_at=row.admitted_at,
            last_seen_at=row.last_seen_at,
        ),
    )
