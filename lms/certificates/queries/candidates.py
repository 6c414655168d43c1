"""Everybody in the courses of a cohort, as candidates for a document.

The conditions below say in SQL what `rules.qualify` says of one person; a test compares them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, case, func, select, tuple_
from sqlalchemy.orm import Session

from lms.catalog.models import CourseVersion
from lms.certificates.models import Credential
from lms.certificates.rules import qualify as rules
from lms.certificates.rules.qualify import Standing
from lms.certificates.rules.status import Status
from lms.enrollment.models import HAS_SEAT, Cohort, CohortCourse, Enrollment
from lms.grading.models import CourseResult
from lms.people.models import Person
from lms.people.rules.names import name_of

PAGE_SIZE = 50
MOST = 100_000
KIND = "course_certificate"

Pair = tuple[int, int]
"""An enrollment and a course version, by their ids: one possible document."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person in one course of the cohort."""

    enrollment_id: int
    enrollment_uid: UUID
    person_id: int
    course_version_id: int
    course_key: str
    course: str
    hours: int
    pass_mark: int
    given_names: str
    first_surname: str
    second_surname: str | None
    municipality: str
    state: str
    name_confirmed_at: datetime | None
    completed_at: datetime | None
    ratio: int | None
    explanation: Mapping[str, Any] | None
    recognised: bool
    """It was passed elsewhere: the document says so, and no grade."""
    annulled: bool
    """There was a document, which was annulled: this would be a new one."""

    @property
    def pair(self) -> Pair:
        return self.enrollment_id, self.course_version_id

    @property
    def name(self) -> str:
        return name_of(self).full

    @property
    def lacks(self) -> tuple[rules.Lack, ...]:
        """What is missing for the document; nothing when it can be issued."""
        asked = rules.Candidate(
            state=self.state,
            completed=self.completed_at is not None,
            name_confirmed=self.name_confirmed_at is not None,
            issued=False,
        )
        return rules.lacks(asked)


def counts(reader: Session | Connection, cohort_id: int) -> tuple[int, int]:
    """How many documents could be issued now, and how many lack something, of who has a seat."""
    row = reader.execute(
        select(
            func.coalesce(func.sum(case((QUALIFIES, 1), else_=0)), 0).label("qualify"),
            func.count().label("all"),
        )
        .select_from(_ALL)
        .where(Enrollment.cohort_id == cohort_id, HAS_SEAT, ~ISSUED)
    ).one()
    return int(row.qualify), int(row.all) - int(row.qualify)


def ready_by_cohort(seen: ColumnElement[bool]) -> Select[int, int]:
    """For lists of cohorts: how many documents each of those seen could be issued now."""
    return (
        select(Enrollment.cohort_id, func.count().label("ready"))
        .select_from(_ALL)
        .where(
            Enrollment.cohort_id.in_(select(Cohort.id).where(seen)),
            QUALIFIES,
            ~ISSUED,
        )
        .group_by(Enrollment.cohort_id)
    )


def page(
    reader: Session | Connection, cohort_id: int, standing: Standing, number: int
) -> Sequence[Candidate]:
    """One page of those with a seat who qualify, or who lack something, by surname."""
    condition = QUALIFIES if standing is Standing.QUALIFIES else ~QUALIFIES
    statement = (
        _CANDIDATES.where(Enrollment.cohort_id == cohort_id, HAS_SEAT, ~ISSUED, condition)
        .order_by(*_ORDER)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    return _candidates(reader, statement)


def qualifying(
    reader: Session | Connection,
    cohort_id: int,
    pairs: Collection[Pair] | None = None,
) -> Sequence[Candidate]:
    """Those who qualify now, all or of these pairs, by surname."""
    statement = (
        _CANDIDATES.where(Enrollment.cohort_id == cohort_id, QUALIFIES, ~ISSUED)
        .order_by(*_ORDER)
        .limit(MOST)
    )
    if pairs is not None:
        named = tuple_(Enrollment.id, CourseVersion.id).in_(pairs)
        statement = statement.where(named).limit(len(pairs))
    return _candidates(reader, statement)


def hold(session: Session, pairs: Collection[Pair]) -> None:
    """Names and grades of these people stay as they are until the transaction ends.

    To be asked before `qualifying`, which then sees what whoever held them before has changed.
    Letters and notices may go on referring to them meanwhile.
    """
    session.execute(
        select(Enrollment.id)
        .join(Person, Person.id == Enrollment.person_id)
        .where(Enrollment.id.in_({enrollment for enrollment, _ in pairs}))
        .order_by(Enrollment.id)
        .with_for_update(of=(Enrollment, Person), key_share=True)
    )


def pairs_of(
    reader: Session | Connection, cohort_id: int, chosen: Collection[tuple[UUID, str]]
) -> list[Pair]:
    """The pairs that a list of enrollments and course keys means; others' do not exist here."""
    rows = reader.execute(
        select(Enrollment.id, Enrollment.uid, CourseVersion.id.label("version"), CourseVersion.key)
        .select_from(_ALL)
        .where(
            Enrollment.cohort_id == cohort_id,
            Enrollment.uid.in_({enrollment for enrollment, _ in chosen}),
        )
        .order_by(Enrollment.id, CohortCourse.position)
        .limit(MOST)
    )
    return [(row.id, row.version) for row in rows if (row.uid, row.key) in chosen]


def longest(reader: Session | Connection, cohort_id: int) -> Candidate | None:
    """Whoever has the longest name of those who qualify: what a sample is tried on."""
    letters = (
        func.length(Person.given_names)
        + func.length(Person.first_surname)
        + func.coalesce(func.length(Person.second_surname), 0)
    )
    found = _candidates(
        reader,
        _CANDIDATES.where(Enrollment.cohort_id == cohort_id, QUALIFIES, ~ISSUED)
        .order_by(letters.desc(), *_ORDER)
        .limit(1),
    )
    return found[0] if found else None


# An annulled document was the institution's error: it counts as never issued. A revoked one was a
# sanction: nothing is issued in its place. A superseded one has its successor.
COUNTS: ColumnElement[bool] = Credential.status.in_((Status.VALID, Status.REVOKED))


def _has(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return (
        select(Credential.id)
        .where(
            Credential.kind == KIND,
            Credential.enrollment_id == Enrollment.id,
            Credential.course_version_id == CohortCourse.course_version_id,
            condition,
        )
        .correlate(Enrollment, CohortCourse)
        .exists()
    )


ISSUED = _has(COUNTS)
ANNULLED = _has(Credential.status == Status.ANNULLED)
QUALIFIES: ColumnElement[bool] = and_(
    HAS_SEAT,
    CourseResult.completed.is_(True),
    CourseResult.completed_at.is_not(None),
    Person.name_confirmed_at.is_not(None),
)
_ORDER = (Enrollment.sort_name, Enrollment.id, CohortCourse.position)
_ALL = (
    Enrollment.__table__.join(CohortCourse, CohortCourse.cohort_id == Enrollment.cohort_id)
    .join(CourseVersion, CourseVersion.id == CohortCourse.course_version_id)
    .join(Person, Person.id == Enrollment.person_id)
    .outerjoin(
        CourseResult,
        and_(
            CourseResult.enrollment_id == Enrollment.id,
            CourseResult.course_version_id == CohortCourse.course_version_id,
        ),
    )
)
_CANDIDATES = select(
    Enrollment.id.label("enrollment_id"),
    Enrollment.uid.label("enrollment_uid"),
    Enrollment.person_id,
    CourseVersion.id.label("course_version_id"),
    CourseVersion.key.label("course_key"),
    CourseVersion.title.label("course"),
    CourseVersion.hours,
    CourseVersion.pass_mark,
    Person.given_names,
    Person.first_surname,
    Person.second_surname,
    Enrollment.municipality,
    Enrollment.state,
    Person.name_confirmed_at,
    # Only of a course that is completed now.
    case((CourseResult.completed.is_(True), CourseResult.completed_at)).label("completed_at"),
    CourseResult.ratio,
    CourseResult.explanation,
    func.coalesce(CourseResult.recognised, False).label("recognised"),
    ANNULLED.label("annulled"),
).select_from(_ALL)


def _candidates(
    reader: Session | Connection, statement: Select[*tuple[Any, ...]]
) -> Sequence[Candidate]:
    rows: Sequence[Row[*tuple[Any, ...]]] = reader.execute(statement).all()
    return [Candidate(*row) for row in rows]
