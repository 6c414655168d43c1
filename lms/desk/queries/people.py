"""The people of a cohort in one of its courses: a page of them, or all of them piece by piece."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session, aliased

from lms.catalog.queries.structure import CourseStructure
from lms.desk.queries.bounced import LAST_BOUNCED
from lms.desk.queries.cohort import (
    CohortHead,
    admitted_at,
    frame,
    issued,
    moved_at,
    result_of,
    standing,
)
from lms.desk.queries.contacts import CONTACTS
from lms.desk.queries.sorting import done, in_order
from lms.desk.rules.asked import Asked, Mail
from lms.desk.rules.standings import GONE, Known, lacking
from lms.enrollment.models import Cohort, Departure, Enrollment
from lms.enrollment.queries.departures import STANDS
from lms.enrollment.rules.states import SEATED
from lms.foundation.kernel.text import like
from lms.grading.models import CourseResult, Grade
from lms.people.models import Person
from lms.people.queries.directory import HAS_ADDRESS
from lms.people.rules.names import name_of

PAGE_SIZE = 50
PIECE = 200
MOST = 20_000
"""Nobody's list is longer; a file of everybody ends there."""

_LEFT_ON = (
    select(Departure.left_on)
    .where(Departure.enrollment_id == Enrollment.id, STANDS)
    .correlate(Enrollment)
    .scalar_subquery()
)
_There, _Target = aliased(Enrollment), aliased(Cohort)
_WENT_TO = (
    select(_Target.title)
    .join(_There, _There.cohort_id == _Target.id)
    .join(Departure, Departure.to_id == _There.id)
    .where(Departure.enrollment_id == Enrollment.id, STANDS)
    .correlate(Enrollment)
    .scalar_subquery()
)
_GONE_BY_STATE = {state.value: stand for stand, state in GONE.items()}


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
    done: int
    """How many activities they have finished."""
    left_on: date | None
    went_to: str
    reason: str
    """Of whoever left: from which day, to which cohort if to one, and why."""
    document: str
    mail: str
    phone: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which people of a cohort, in which of its courses, at which moment."""

    head: CohortHead
    course: CourseStructure
    now: datetime
    asked: Asked

    @property
    def stands(self) -> ColumnElement[str]:
        """How each of them stands."""
        return standing(frame(self.course, self.head.days), self.now)


def narrowed(asked: Asked) -> list[ColumnElement[bool]]:
    """Whom everything but a state leaves in."""
    found: list[ColumnElement[bool]] = [
        Enrollment.sort_name.like(like(word), escape="\\") for word in asked.text.split()[:6]
    ]
    if asked.municipality:
        found.append(Enrollment.municipality == asked.municipality)
    match asked.mail:
        case Mail.NONE:
            found.append(~HAS_ADDRESS)
        case Mail.BOUNCED:
            found.append(and_(HAS_ADDRESS, LAST_BOUNCED))
    if asked.person:
        found.append(Enrollment.uid == _uid(asked.person))
    return found


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)  # nobody's


def chosen(wanted: Wanted, *columns: Any) -> Select[*tuple[Any, ...]]:
    """These columns of the people that are wanted, in no order yet."""
    statement = (
        select(*columns)
        .select_from(Enrollment)
        .join(Person, Person.id == Enrollment.person_id)
        .outerjoin(CourseResult, result_of(wanted.course.id))
        .where(
            Enrollment.cohort_id == wanted.head.id,
            *narrowed(wanted.asked),
        )
    )
    shown = wanted.asked.shown
    if shown in GONE:
        return statement.where(Enrollment.state == GONE[shown])
    statement = statement.where(Enrollment.state.in_(SEATED))
    return statement if shown is None else statement.where(wanted.stands == shown.value)


def page(session: Session, wanted: Wanted, number: int) -> Sequence[Line]:
    """One page of the people in the order that is wanted."""
    statement = chosen(wanted, *_columns(wanted))
    rows = session.execute(
        in_order(statement, wanted.asked, wanted.course, wanted.stands)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    return [_line(row) for row in rows]


def ids(session: Session, wanted: Wanted) -> list[int]:
    """The enrollments of everybody that is wanted, in their order."""
    statement = in_order(
        chosen(wanted, Enrollment.id), wanted.asked, wanted.course, wanted.stands
    ).limit(MOST)
    return list(session.scalars(statement))


def everybody(
    session: Session, wanted: Wanted
) -> Iterator[tuple[Sequence[Line], Mapping[int, Mapping[str, int]]]]:
    """All of them with their grades, piece by piece, in an order that does not change meanwhile."""
    order = ids(session, wanted)
    for at in range(0, len(order), PIECE):
        some = order[at : at + PIECE]
        rows = session.execute(
            select(*_columns(wanted))
            .select_from(Enrollment)
            .join(Person, Person.id == Enrollment.person_id)
            .outerjoin(CourseResult, result_of(wanted.course.id))
            .where(Enrollment.id.in_(some))
            .order_by(Enrollment.id)
        )
        found = {row.id: _line(row) for row in rows}
        lines = [found[each] for each in some if each in found]
        yield lines, grades(session, lines, wanted.course)


def grades(
    session: Session, lines: Sequence[Line], course: CourseStructure
) -> Mapping[int, Mapping[str, int]]:
    """The result of each graded activity, by enrollment and activity key, as ratios."""
    if not lines:
        return {}
    rows = session.execute(
        select(Grade.enrollment_id, Grade.activity_key, Grade.ratio)
        .where(
            Grade.enrollment_id.in_([line.enrollment_id for line in lines]),
            Grade.course_id == course.course_id,
        )
        .order_by(Grade.id)
        .limit(PIECE * 50)
    )
    found: dict[int, dict[str, int]] = {}
    for row in rows:
        found.setdefault(row.enrollment_id, {})[row.activity_key] = row.ratio
    return found


def municipalities(session: Session, head: CohortHead) -> Sequence[str]:
    """Where the people of the cohort are from, each place once."""
    rows = session.scalars(
        select(Enrollment.municipality)
        .where(
            Enrollment.cohort_id == head.id,
            Enrollment.state.in_(SEATED),
            Enrollment.municipality != "",
        )
        .distinct()
        .order_by(Enrollment.municipality)
        .limit(2_500)
    )
    return list(rows)


def _columns(wanted: Wanted) -> list[Any]:
    course, asked = wanted.course, set(wanted.asked.columns)
    found = [
        Enrollment.id,
        Enrollment.uid,
        Enrollment.municipality,
        Enrollment.last_seen_at,
        Enrollment.ends_at,
        Enrollment.state,
        Enrollment.reason,
        _LEFT_ON.label("left_on"),
        _WENT_TO.label("went_to"),
        admitted_at().label("admitted_at"),
        moved_at(course.course_id).label("moved_at"),
        done(course).label("done"),
        Person.given_names,
        Person.first_surname,
        Person.second_surname,
        Person.name_confirmed_at,
        CourseResult.ratio,
        CourseResult.completed,
        CourseResult.failed,
        CourseResult.recognised,
        CourseResult.explanation,
        issued(course.id).label("issued"),
    ]
    found += [column for name, column in CONTACTS.items() if name in asked]
    return found


def _line(row: Any) -> Line:
    explanation, said = row.explanation or {}, row._mapping
    return Line(
        enrollment_id=row.id,
        uid=row.uid,
        name=name_of(row).surnames_first,
        municipality=row.municipality,
        ratio=row.ratio,
        explanation=explanation,
        done=row.done,
        left_on=row.left_on,
        went_to=row.went_to or "",
        reason=row.reason or "",
        document=said.get("document") or "",
        mail=said.get("mail") or "",
        phone=said.get("phone") or "",
        known=Known(
            completed=bool(row.completed),
            failed=bool(row.failed),
            waiting=lacking(explanation).waiting > 0,
            issued=bool(row.issued),
            name_confirmed=row.name_confirmed_at is not None,
            admitted_at=row.admitted_at,
            last_seen_at=row.last_seen_at,
            moved_at=row.moved_at,
            own_end=row.ends_at,
            recognised=bool(row.recognised),
            gone=_GONE_BY_STATE.get(row.state),
        ),
    )
