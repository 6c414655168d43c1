"""What a learner's pages need of their attempts; statements are built once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, and_, bindparam, func, select
from sqlalchemy.orm import aliased

from lms.assessment.models import Answer, Attempt, HandMark, Mark
from lms.assessment.rules.attempts import MOST_ATTEMPTS
from lms.catalog.models import Activity, CourseVersion
from lms.enrollment.models import Cohort, CohortCourse, Enrollment
from lms.foundation.kernel.errors import NotFound
from lms.people.models import Institution

PLACE = (
    Enrollment.id.label("enrollment_id"),
    Enrollment.uid.label("enrollment_uid"),
    Enrollment.state.label("enrollment_state"),
    Enrollment.institution_id,
    Cohort.title.label("cohort_title"),
    Cohort.starts_at,
    Cohort.ends_at,
    Cohort.closed_at,
    Cohort.calendar,
    Enrollment.ends_at.label("own_end"),
    Enrollment.allowances,
    Activity.id.label("activity_id"),
    Activity.uid.label("activity_uid"),
    Activity.key.label("activity_key"),
    Activity.title,
    Activity.bytes,
    Activity.settings,
    CourseVersion.id.label("course_version_id"),
    CourseVersion.course_id,
    CourseVersion.key.label("course_key"),
    CourseVersion.title.label("course_title"),
)

_quiz = (
    select(*PLACE, Institution.locale)
    .select_from(Enrollment)
    .join(Cohort, Cohort.id == Enrollment.cohort_id)
    .join(Institution, Institution.id == Enrollment.institution_id)
    .join(CohortCourse, CohortCourse.cohort_id == Cohort.id)
    .join(CourseVersion, CourseVersion.id == CohortCourse.course_version_id)
    .join(Activity, Activity.course_version_id == CourseVersion.id)
    .where(
        Enrollment.uid == bindparam("enrollment"),
        Enrollment.person_id == bindparam("person_id"),
        Activity.uid == bindparam("activity"),
        Activity.kind == "quiz",
    )
)

_quiz_locked = _quiz.with_for_update(of=Enrollment)

_attempts = (
    select(
        Attempt.id,
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
    )
    .where(
        Attempt.enrollment_id == bindparam("enrollment_id"),
        Attempt.course_id == bindparam("course_id"),
        Attempt.activity_key == bindparam("activity_key"),
    )
    .order_by(Attempt.number)
    .limit(MOST_ATTEMPTS)
)

TAKEN = (
    Attempt.id,
    Attempt.uid,
    Attempt.number,
    Attempt.slots,
    Attempt.started_at,
    Attempt.deadline,
    Attempt.grace,
    Attempt.handed_in_at,
    Attempt.handed_in_by,
    Attempt.receipt,
    Attempt.points,
    Attempt.out_of,
    Attempt.passed,
)

_attempt = (
    select(*PLACE, *TAKEN)
    .select_from(Attempt)
    .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
    .join(Cohort, Cohort.id == Enrollment.cohort_id)
    .join(Activity, Activity.id == Attempt.activity_id)
    .join(CourseVersion, CourseVersion.id == Activity.course_version_id)
    .where(Attempt.uid == bindparam("attempt"), Enrollment.person_id == bindparam("person_id"))
)


Found = Row[*tuple[Any, ...]]


def newest_in_time(attempt_id: Any) -> Select[Any]:
    """The answer that counts for each question: the highest sequence, then the last to arrive."""
    place = func.row_number().over(
        partition_by=Answer.slot, order_by=(Answer.sequence.desc(), Answer.id.desc())
    )
    ranked = (
        select(
            Answer.id,
            Answer.slot,
            Answer.sequence,
            Answer.value,
            Answer.received_at,
            place.label("place"),
        )
        .where(Answer.attempt_id == attempt_id, Answer.late.is_(False))
        .subquery()
    )
    return select(ranked).where(ranked.c.place == 1).order_by(ranked.c.slot)


_held = newest_in_time(bindparam("attempt_id"))

_later = aliased(HandMark)
_marks = (
    select(
        Mark.slot,
        Mark.ratio,
        Mark.points,
        Mark.out_of,
        Mark.waits,
        Answer.value,
        Answer.received_at,
        HandMark.comment,
    )
    .outerjoin(Answer, Answer.id == Mark.answer_id)
    .outerjoin(
        HandMark,
        and_(
            HandMark.attempt_id == Mark.attempt_id,
            HandMark.slot == Mark.slot,
            HandMark.edition
            == select(func.max(_later.edition))
            .where(_later.attempt_id == Mark.attempt_id, _later.slot == Mark.slot)
            .correlate(Mark)
            .scalar_subquery(),
        ),
    )
    .where(Mark.attempt_id == bindparam("attempt_id"))
    .order_by(Mark.slot)
)


@dataclass(frozen=True)
class Held:
    """What the server holds for one question."""

    value: Any
    sequence: int
    received_at: datetime
    answer_id: int


def quiz_place(
    connection: Connection, enrollment: UUID, activity: UUID, person_id: int, *, lock: bool = False
) -> Found:
    """A quiz in somebody's own course, or nothing at all; ``lock`` lets one begin at a time."""
    row = connection.execute(
        _quiz_locked if lock else _quiz,
        {"enrollment": enrollment, "activity": activity, "person_id": person_id},
    ).first()
    if row is None:
        raise NotFound()
    return row


def attempts_of(
    connection: Connection, enrollment_id: int, course_id: int, activity_key: str
) -> Sequence[Found]:
    """All attempts at a quiz, the first one first, whatever the version of the course."""
    return connection.execute(
        _attempts,
        {"enrollment_id": enrollment_id, "course_id": course_id, "activity_key": activity_key},
    ).all()


def own_attempt(connection: Connection, attempt: UUID, person_id: int) -> Found:
    """An attempt of one's own, or nothing at all."""
    row = connection.execute(_attempt, {"attempt": attempt, "person_id": person_id}).first()
    if row is None:
        raise NotFound()
    return row


def held_answers(connection: Connection, attempt_id: int) -> Mapping[int, Held]:
    """The answers that count so far, by question."""
    rows = connection.execute(_held, {"attempt_id": attempt_id})
    return {row.slot: Held(row.value, row.sequence, row.received_at, row.id) for row in rows}


def marks_of(connection: Connection, attempt_id: int) -> Mapping[int, Found]:
    """What each question earned, as it was recorded, the answer it was given for, and what whoever
    marked it says of it."""
    return {row.slot: row for row in connection.execute(_marks, {"attempt_id": attempt_id})}
