"""What instructors see of attempts: a cohort's list, and one attempt with every answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, bindparam, func, select

from lms.assessment.models import Answer, Attempt
from lms.assessment.queries.attempts import PLACE, TAKEN, Found
from lms.catalog.models import Activity, CourseVersion
from lms.enrollment.models import Cohort, Enrollment
from lms.foundation.kernel.errors import NotFound
from lms.people.models import Person

PER_PAGE = 50
MOST_ANSWERS = 5_000

_attempt = (
    select(
        *PLACE,
        *TAKEN,
        Cohort.uid.label("cohort_uid"),
        Person.given_names,
        Person.first_surname,
        Person.second_surname,
    )
    .select_from(Attempt)
    .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
    .join(Cohort, Cohort.id == Enrollment.cohort_id)
    .join(Person, Person.id == Enrollment.person_id)
    .join(Activity, Activity.id == Attempt.activity_id)
    .join(CourseVersion, CourseVersion.id == Activity.course_version_id)
    .where(Attempt.uid == bindparam("attempt"))
)

_enrollment_of = (
    select(Enrollment.uid)
    .join(Attempt, Attempt.enrollment_id == Enrollment.id)
    .where(Attempt.uid == bindparam("attempt"))
)

_answers = (
    select(Answer.slot, Answer.id, Answer.value, Answer.received_at, Answer.late)
    .where(Answer.attempt_id == bindparam("attempt_id"))
    .order_by(Answer.slot, Answer.id)
    .limit(MOST_ANSWERS)
)

_late = (
    select(func.count())
    .select_from(Answer)
    .where(Answer.attempt_id == Attempt.id, Answer.late.is_(True))
    .correlate(Attempt)
    .scalar_subquery()
)


@dataclass(frozen=True)
class Arrived:
    """One answer as it arrived."""

    id: int
    value: Any
    received_at: datetime
    late: bool


def enrollment_of(connection: Connection, attempt: UUID) -> UUID:
    """Whose enrollment an attempt belongs to."""
    uid: UUID | None = connection.execute(_enrollment_of, {"attempt": attempt}).scalar()
    if uid is None:
        raise NotFound()
    return uid


def attempt_of(connection: Connection, attempt: UUID) -> Found:
    """An attempt with its place and its person; the guard has asked before."""
    row = connection.execute(_attempt, {"attempt": attempt}).first()
    if row is None:
        raise NotFound()
    return row


def title_of(connection: Connection, cohort: UUID) -> str:
    """What a cohort is called; the guard has asked for it before."""
    title: str = connection.execute(select(Cohort.title).where(Cohort.uid == cohort)).scalar_one()
    return title


def all_answers(connection: Connection, attempt_id: int) -> Mapping[int, Sequence[Arrived]]:
    """Every answer of an attempt in the order of arrival, the late ones too, by question."""
    found: dict[int, list[Arrived]] = {}
    for row in connection.execute(_answers, {"attempt_id": attempt_id}):
        found.setdefault(row.slot, []).append(Arrived(row.id, row.value, row.received_at, row.late))
    return found


def cohort_attempts(
    connection: Connection, cohort: UUID, activity_key: str, page: int
) -> tuple[Sequence[Found], int]:
    """One page of a cohort's attempts, by name and number, and how many there are in all."""
    found = _of_cohort(
        select(
            Attempt.uid,
            Attempt.number,
            Attempt.started_at,
            Attempt.deadline,
            Attempt.grace,
            Attempt.handed_in_at,
            Attempt.handed_in_by,
            Attempt.points,
            Attempt.out_of,
            Attempt.passed,
            Attempt.activity_key,
            Activity.title,
            Person.given_names,
            Person.first_surname,
            Person.second_surname,
            _late.label("late"),
        ),
        cohort,
        activity_key,
    )
    rows = connection.execute(
        found.order_by(Enrollment.sort_name, Activity.position, Attempt.number, Attempt.id)
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    ).all()
    total = connection.execute(_of_cohort(select(func.count()), cohort, activity_key)).scalar_one()
    return rows, total


def cohort_quizzes(connection: Connection, cohort: UUID) -> Sequence[Found]:
    """The quizzes that somebody of the cohort has begun, each as it was last."""
    latest = _of_cohort(select(func.max(Activity.id)), cohort).group_by(
        Attempt.course_id, Attempt.activity_key
    )
    return connection.execute(
        select(Activity.uid, Activity.key.label("activity_key"), Activity.title)
        .where(Activity.id.in_(latest))
        .order_by(Activity.position, Activity.id)
        .limit(200)
    ).all()


def _of_cohort(
    statement: Select[*tuple[Any, ...]], cohort: UUID, activity_key: str = ""
) -> Select[*tuple[Any, ...]]:
    found = (
        statement.select_from(Attempt)
        .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        .join(Cohort, Cohort.id == Enrollment.cohort_id)
        .join(Person, Person.id == Enrollment.person_id)
        .join(Activity, Activity.id == Attempt.activity_id)
        .where(Cohort.uid == cohort)
    )
    return found.where(Attempt.activity_key == activity_key) if activity_key else found
