"""What those who mark by hand see: what waits in a cohort, one work, and what was given to it."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection, bindparam, case, exists, func, or_, select

from lms.assessment.models import Answer, Attempt, HandMark, Mark, QuestionVersion
from lms.assessment.queries.attempts import Found
from lms.catalog.models import Activity
from lms.enrollment.models import Cohort, Enrollment
from lms.foundation.kernel.errors import NotFound
from lms.people.models import Person

MOST_QUESTIONS = 500
MOST_WORKS = 20_000
MOST_EDITIONS = 1_000

WORK = or_(
    Mark.waits,
    exists()
    .where(HandMark.attempt_id == Mark.attempt_id, HandMark.slot == Mark.slot)
    .correlate(Mark),
)
"""A mark that a person gives: it waits for one, or has been given one."""

_waiting = func.sum(case((Mark.waits, 1), else_=0))

_by_question = (
    select(
        func.max(Attempt.activity_id).label("activity_id"),
        func.max(Mark.question_version_id).label("version"),
        func.count().label("works"),
        _waiting.label("waiting"),
    )
    .select_from(Mark)
    .join(Attempt, Attempt.id == Mark.attempt_id)
    .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
    .join(Cohort, Cohort.id == Enrollment.cohort_id)
    .join(QuestionVersion, QuestionVersion.id == Mark.question_version_id)
    .where(Cohort.uid == bindparam("cohort"), WORK)
    .group_by(Attempt.course_id, Attempt.activity_key, QuestionVersion.question_id)
    .subquery()
)

_questions = (
    select(
        Activity.title,
        Activity.position,
        Activity.course_version_id,
        QuestionVersion.id,
        QuestionVersion.uid,
        QuestionVersion.points,
        QuestionVersion.source,
        _by_question.c.works,
        _by_question.c.waiting,
    )
    .join(Activity, Activity.id == _by_question.c.activity_id)
    .join(QuestionVersion, QuestionVersion.id == _by_question.c.version)
    .order_by(Activity.position, Activity.id, QuestionVersion.id)
    .limit(MOST_QUESTIONS)
)

_works = (
    select(Attempt.uid, Mark.slot, Mark.waits)
    .select_from(Mark)
    .join(Attempt, Attempt.id == Mark.attempt_id)
    .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
    .join(Cohort, Cohort.id == Enrollment.cohort_id)
    .join(QuestionVersion, QuestionVersion.id == Mark.question_version_id)
    .where(
        Cohort.uid == bindparam("cohort"),
        QuestionVersion.question_id
        == select(QuestionVersion.question_id)
        .where(QuestionVersion.uid == bindparam("question"))
        .correlate(None)
        .scalar_subquery(),
        WORK,
    )
    .order_by(Attempt.handed_in_at, Attempt.id, Mark.slot)
    .limit(MOST_WORKS)
)

_work = (
    select(Mark.slot, Mark.points, Mark.out_of, Mark.waits, Answer.value)
    .outerjoin(Answer, Answer.id == Mark.answer_id)
    .where(Mark.attempt_id == bindparam("attempt_id"), Mark.slot == bindparam("slot"), WORK)
)

_editions = (
    select(
        HandMark.edition,
        HandMark.points,
        HandMark.comment,
        HandMark.reason,
        HandMark.at,
        Person.given_names,
        Person.first_surname,
        Person.second_surname,
    )
    .join(Person, Person.id == HandMark.marker_id)
    .where(HandMark.attempt_id == bindparam("attempt_id"), HandMark.slot == bindparam("slot"))
    .order_by(HandMark.edition.desc())
    .limit(MOST_EDITIONS)
)

_waiting_in = (
    select(func.count())
    .select_from(Mark)
    .join(Attempt, Attempt.id == Mark.attempt_id)
    .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
    .join(Cohort, Cohort.id == Enrollment.cohort_id)
    .where(Cohort.uid == bindparam("cohort"), Mark.waits)
)


def questions_to_mark(connection: Connection, cohort: UUID) -> Sequence[Found]:
    """The questions of a cohort that people mark, each with how many works it has and how many
    wait."""
    return connection.execute(_questions, {"cohort": cohort}).all()


def works_of(connection: Connection, cohort: UUID, question: UUID) -> Sequence[Found]:
    """All works for one question, in the order in which they were handed in: never by name."""
    return connection.execute(_works, {"cohort": cohort, "question": question}).all()


def work_of(connection: Connection, attempt_id: int, slot: int) -> Found:
    """One answer that a person marks; any other has no page here."""
    row = connection.execute(_work, {"attempt_id": attempt_id, "slot": slot}).first()
    if row is None:
        raise NotFound()
    return row


def editions_of(connection: Connection, attempt_id: int, slot: int) -> Sequence[Found]:
    """What was given to it, the last first."""
    return connection.execute(_editions, {"attempt_id": attempt_id, "slot": slot}).all()


def waiting_in(connection: Connection, cohort: UUID) -> int:
    """How many answers of a cohort wait to be marked."""
    return int(connection.execute(_waiting_in, {"cohort": cohort}).scalar_one())
