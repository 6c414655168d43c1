"""What an analysis of a quiz is computed from: marks of attempts that have ended."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Select, and_, bindparam, func, select

from lms.assessment.models import Answer, Attempt, Mark, QuestionVersion, QuizQuestion
from lms.assessment.models.attempt import HandedInBy
from lms.assessment.queries.attempts import Found
from lms.assessment.queries.quizzes import Asked
from lms.catalog.models import Activity, CourseVersion
from lms.enrollment.models import Cohort, Enrollment
from lms.foundation.kernel.errors import NotFound

MOST_MARKS = 250_000
MOST_QUESTIONS = 500


class Marked(NamedTuple):
    """One mark, and when the answer that counts arrived."""

    attempt: int
    question: int
    earned: int
    out_of: int
    started_at: datetime
    received_at: datetime | None


class Answered(NamedTuple):
    """What one attempt answered to one question, and its whole mark."""

    attempt: int
    value: Any
    earned: int
    out_of: int
    points: int
    whole: int


def _ended(*columns: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(*columns)
        .select_from(Mark)
        .join(Attempt, Attempt.id == Mark.attempt_id)
        .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        .join(Cohort, Cohort.id == Enrollment.cohort_id)
        .outerjoin(Answer, Answer.id == Mark.answer_id)
        .where(
            Cohort.uid == bindparam("cohort"),
            Attempt.course_id == bindparam("course_id"),
            Attempt.activity_key == bindparam("key"),
            Attempt.handed_in_by != HandedInBy.ABANDONED,
            Attempt.points.is_not(None),  # what waits to be marked is not known yet
            Attempt.number <= bindparam("last_number"),
        )
    )


_marks = (
    _ended(
        Mark.attempt_id,
        Mark.question_version_id,
        Mark.points,
        Mark.out_of,
        Attempt.started_at,
        Answer.received_at,
    )
    .order_by(Mark.attempt_id, Mark.slot)
    .limit(MOST_MARKS)
)

_answers = (
    _ended(Mark.attempt_id, Answer.value, Mark.points, Mark.out_of, Attempt.points, Attempt.out_of)
    .where(Mark.question_version_id == bindparam("question"))
    .order_by(Mark.attempt_id)
    .limit(MOST_MARKS)
)

_quiz = (
    select(
        Activity.uid,
        Activity.key,
        Activity.title,
        Activity.course_version_id,
        Activity.settings,
        CourseVersion.course_id,
        Cohort.title.label("cohort_title"),
    )
    .select_from(Activity)
    .join(CourseVersion, CourseVersion.id == Activity.course_version_id)
    .join(
        Attempt,
        and_(Attempt.course_id == CourseVersion.course_id, Attempt.activity_key == Activity.key),
    )
    .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
    .join(Cohort, Cohort.id == Enrollment.cohort_id)
    .where(Cohort.uid == bindparam("cohort"), Activity.uid == bindparam("activity"))
    .limit(1)
)

_FIRST, _ALL = 1, 1_000_000


def quiz(connection: Connection, cohort: UUID, activity: UUID) -> Found:
    """A quiz that somebody of the cohort has begun, in whatever version; else 404."""
    row = connection.execute(_quiz, {"cohort": cohort, "activity": activity}).first()
    if row is None:
        raise NotFound()
    return row


def marks(
    connection: Connection, cohort: UUID, quiz: Found, *, first_only: bool
) -> Sequence[Marked]:
    """The marks of ended attempts (of each person the first, or all), attempt by attempt."""
    rows = connection.execute(_marks, _asked(cohort, quiz, first_only))
    return [Marked(*row) for row in rows]


def answers(
    connection: Connection, cohort: UUID, quiz: Found, question: int, *, first_only: bool
) -> Sequence[Answered]:
    """What was answered to one question in the same attempts."""
    asked = _asked(cohort, quiz, first_only) | {"question": question}
    return [Answered(*row) for row in connection.execute(_answers, asked)]


def questions(connection: Connection, versions: Iterable[int]) -> Mapping[int, Asked]:
    """These wordings of questions, in the order in which their quiz asks them."""
    wanted = sorted(set(versions))
    places = (
        select(QuizQuestion.question_version_id, func.min(QuizQuestion.position).label("place"))
        .where(QuizQuestion.question_version_id.in_(wanted))
        .group_by(QuizQuestion.question_version_id)
        .subquery("places")
    )
    found = connection.execute(
        select(
            QuestionVersion.id,
            QuestionVersion.uid,
            QuestionVersion.points,
            QuestionVersion.source,
        )
        .join(places, places.c.question_version_id == QuestionVersion.id)
        .order_by(places.c.place, QuestionVersion.id)
        .limit(MOST_QUESTIONS)
    )
    return {row.id: Asked(*row) for row in found}


def question(connection: Connection, uid: UUID) -> Asked:
    """One wording of a question; whose answers may be seen, the cohort decides."""
    row = connection.execute(
        select(
            QuestionVersion.id,
            QuestionVersion.uid,
            QuestionVersion.points,
            QuestionVersion.source,
        ).where(QuestionVersion.uid == uid)
    ).first()
    if row is None:
        raise NotFound()
    return Asked(*row)


def _asked(cohort: UUID, quiz: Found, first_only: bool) -> dict[str, Any]:
    return {
        "cohort": cohort,
        "course_id": quiz.course_id,
        "key": quiz.key,
        "last_number": _FIRST if first_only else _ALL,
    }
