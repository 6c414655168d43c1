"""Who sits a quiz of a cohort now, and how far they are: without what they answered."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Connection,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from lms.assessment.models import Answer, Attempt, Intervention
from lms.assessment.models.attempt import BY_TIME
from lms.assessment.queries.attempts import PLACE, Found
from lms.assessment.rules.watching import RUNNING, SILENT_AFTER, Sitting
from lms.catalog.models import Activity, CourseVersion
from lms.enrollment.models import Cohort, CohortCourse, Enrollment
from lms.enrollment.rules.states import SEATED
from lms.foundation.db.types import UtcDateTime
from lms.foundation.kernel.errors import NotFound
from lms.people.models import Person

PER_PAGE = 50
MOST_QUIZZES = 200
MOST_AT_ONCE = 500
MOST_INTERVENTIONS = 100

_quiz = (
    select(
        Activity.id,
        Activity.uid,
        Activity.key,
        Activity.title,
        Activity.settings,
        CourseVersion.course_id,
        CourseVersion.key.label("course_key"),
        CourseVersion.title.label("course_title"),
        Cohort.title.label("cohort_title"),
        Cohort.closed_at,
    )
    .join(CourseVersion, CourseVersion.id == Activity.course_version_id)
    .join(CohortCourse, CohortCourse.course_version_id == CourseVersion.id)
    .join(Cohort, Cohort.id == CohortCourse.cohort_id)
    .where(Cohort.uid == bindparam("cohort"), Activity.kind == "quiz")
    .order_by(CohortCourse.position, Activity.position, Activity.id)
    .limit(MOST_QUIZZES)
)
_one_quiz = _quiz.where(Activity.uid == bindparam("quiz"))

_later = aliased(Attempt)
_last = (
    select(func.max(_later.number))
    .where(
        _later.enrollment_id == Enrollment.id,
        _later.course_id == CourseVersion.course_id,
        _later.activity_key == Activity.key,
    )
    .correlate(Enrollment, CourseVersion, Activity)
    .scalar_subquery()
)
_saved = (
    select(func.max(Answer.received_at))
    .where(Answer.attempt_id == Attempt.id)
    .correlate(Attempt)
    .scalar_subquery()
)
_now = bindparam("now", type_=UtcDateTime())
_silent_since = bindparam("silent_since", type_=UtcDateTime())
_sitting = case(
    (Attempt.id.is_(None), literal(Sitting.NOT_BEGUN.value)),
    (Attempt.handed_in_by.in_(BY_TIME), literal(Sitting.EXPIRED.value)),
    (Attempt.handed_in_at.is_not(None), literal(Sitting.HANDED_IN.value)),
    (Attempt.deadline < _now, literal(Sitting.EXPIRED.value)),
    (func.coalesce(_saved, Attempt.started_at) < _silent_since, literal(Sitting.SILENT.value)),
    else_=literal(Sitting.IN.value),
)


def _everybody(*columns: Any) -> Select[Any]:
    """Everybody with a seat, and whoever else has an attempt that runs, with their last attempt."""
    return (
        select(*columns, _sitting.label("sitting"))
        .select_from(Enrollment)
        .join(Cohort, Cohort.id == Enrollment.cohort_id)
        .join(Person, Person.id == Enrollment.person_id)
        .join(CohortCourse, CohortCourse.cohort_id == Cohort.id)
        .join(CourseVersion, CourseVersion.id == CohortCourse.course_version_id)
        .join(Activity, Activity.course_version_id == CourseVersion.id)
        .outerjoin(
            Attempt,
            and_(
                Attempt.enrollment_id == Enrollment.id,
                Attempt.course_id == CourseVersion.course_id,
                Attempt.activity_key == Activity.key,
                Attempt.number == _last,
            ),
        )
        .where(
            Cohort.uid == bindparam("cohort"),
            Activity.kind == "quiz",
            or_(
                Enrollment.state.in_(SEATED),
                and_(Attempt.id.is_not(None), Attempt.handed_in_at.is_(None)),
            ),
        )
    )


_people = (
    _everybody(
        *PLACE,
        Enrollment.sort_name,
        Person.given_names,
        Person.first_surname,
        Person.second_surname,
        Attempt.id.label("attempt_id"),
        Attempt.uid.label("attempt_uid"),
        Attempt.number,
        Attempt.slots,
        Attempt.started_at,
        Attempt.deadline,
        Attempt.grace,
        Attempt.handed_in_at,
        Attempt.handed_in_by,
        _saved.label("saved_at"),
    )
    .where(Activity.uid == bindparam("quiz"))
    .subquery()
)
_counted = _everybody(Activity.uid.label("quiz")).subquery()
_counts = (
    select(_counted.c.quiz, _counted.c.sitting, func.count().label("people"))
    .group_by(_counted.c.quiz, _counted.c.sitting)
    .order_by(_counted.c.quiz, _counted.c.sitting)
)
_page = (
    select(_people)
    .where(_people.c.sitting.in_(bindparam("shown", expanding=True)))
    .order_by(_people.c.sort_name, _people.c.enrollment_id)
    .limit(bindparam("most"))
    .offset(bindparam("from_"))
)
_these = (
    select(_people)
    .where(_people.c.enrollment_uid.in_(bindparam("enrollments", expanding=True)))
    .order_by(_people.c.sort_name, _people.c.enrollment_id)
    .limit(MOST_AT_ONCE)
)

_ranked = (
    select(
        Answer.attempt_id,
        Answer.value,
        func.row_number()
        .over(
            partition_by=(Answer.attempt_id, Answer.slot),
            order_by=(Answer.sequence.desc(), Answer.id.desc()),
        )
        .label("place"),
    )
    .where(Answer.attempt_id.in_(bindparam("attempts", expanding=True)), Answer.late.is_(False))
    .subquery()
)
_answered = (
    select(_ranked.c.attempt_id, func.count().label("answers"))
    .where(
        _ranked.c.place == 1,
        func.coalesce(cast(_ranked.c.value, String), "null") != "null",
    )
    .group_by(_ranked.c.attempt_id)
    .order_by(_ranked.c.attempt_id)
)

_heard = select(func.max(Answer.received_at)).where(Answer.attempt_id == bindparam("attempt"))

_interventions = (
    select(Intervention.deed, Intervention.reason, Intervention.done_at, Intervention.minutes)
    .where(
        Intervention.attempt_id == bindparam("attempt_id"),
        Intervention.done_at.is_not(None),
        Intervention.refused == "",
    )
    .order_by(Intervention.done_at, Intervention.id)
    .limit(MOST_INTERVENTIONS)
)


def quizzes_in(connection: Connection, cohort: UUID) -> Sequence[Found]:
    """The quizzes of a cohort's courses, in their order."""
    return connection.execute(_quiz, {"cohort": cohort}).all()


def quiz_in(connection: Connection, cohort: UUID, quiz: UUID) -> Found:
    """A quiz of a cohort's courses, begun or not; any other has no page here."""
    row = connection.execute(_one_quiz, {"cohort": cohort, "quiz": quiz}).first()
    if row is None:
        raise NotFound()
    return row


def counts(
    connection: Connection, cohort: UUID, now: datetime
) -> Mapping[UUID, Mapping[Sitting, int]]:
    """How many are how far with each quiz of a cohort."""
    found: dict[UUID, dict[Sitting, int]] = {}
    for row in connection.execute(_counts, _at(now) | {"cohort": cohort}):
        found.setdefault(row.quiz, {})[Sitting(row.sitting)] = row.people
    return found


def people(
    connection: Connection,
    cohort: UUID,
    quiz: UUID,
    shown: Collection[Sitting],
    now: datetime,
    page: int,
    size: int = PER_PAGE,
) -> Sequence[Found]:
    """One page of those who are so far with a quiz, by name."""
    values = {
        "cohort": cohort,
        "quiz": quiz,
        "shown": [each.value for each in shown],
        "most": size,
        "from_": (page - 1) * size,
    }
    return connection.execute(_page, _at(now) | values).all()


def these(
    connection: Connection, cohort: UUID, quiz: UUID, enrollments: Sequence[UUID], now: datetime
) -> Sequence[Found]:
    """These people of the cohort, by name; others are left out."""
    values = {"cohort": cohort, "quiz": quiz, "enrollments": list(enrollments)}
    return connection.execute(_these, _at(now) | values).all()


def answered(connection: Connection, attempts: Collection[int]) -> Mapping[int, int]:
    """How many questions of each attempt have an answer with the server."""
    rows = connection.execute(_answered, {"attempts": list(attempts)})
    return {row.attempt_id: row.answers for row in rows}


def heard_at(connection: Connection, attempt_id: int) -> datetime | None:
    """When the last answer of an attempt arrived."""
    found: datetime | None = connection.execute(_heard, {"attempt": attempt_id}).scalar()
    return found


def interventions_of(connection: Connection, attempt_id: int) -> Sequence[Found]:
    """What was done to an attempt by those who run the quiz, and why."""
    return connection.execute(_interventions, {"attempt_id": attempt_id}).all()


def is_running(row: Found) -> bool:
    """Whether somebody is in the quiz."""
    return Sitting(row.sitting) in RUNNING


def _at(now: datetime) -> dict[str, Any]:
    return {"now": now, "silent_since": now - SILENT_AFTER}
