"""What was checked of the questions of attempts while they ran, as their chains tell it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlalchemy import Connection, bindparam, select

from lms.assessment.models import Attempt, AttemptEvent
from lms.assessment.queries.attempts import Found
from lms.assessment.rules.chain import Kind
from lms.assessment.rules.marking import NO_TRIES
from lms.assessment.rules.sitting import Settings
from lms.assessment.rules.tries import NOT_TRIED, Tried
from lms.enrollment.models import Enrollment

MOST_CHECKS = 2_000
"""Of one attempt: 200 questions, ten tries each."""
MOST_IN_COHORT = 200_000

_of_attempt = (
    select(AttemptEvent.attempt_id, AttemptEvent.what)
    .where(
        AttemptEvent.attempt_id == bindparam("attempt_id"), AttemptEvent.kind == Kind.CHECKED.value
    )
    .order_by(AttemptEvent.position)
    .limit(MOST_CHECKS)
)
_of_quiz = (
    select(AttemptEvent.attempt_id, AttemptEvent.what)
    .join(Attempt, Attempt.id == AttemptEvent.attempt_id)
    .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
    .where(
        Enrollment.cohort_id == bindparam("cohort_id"),
        Attempt.course_id == bindparam("course_id"),
        Attempt.activity_key == bindparam("activity_key"),
        AttemptEvent.kind == Kind.CHECKED.value,
    )
    .order_by(AttemptEvent.attempt_id, AttemptEvent.position)
    .limit(MOST_IN_COHORT)
)


def checks_of(connection: Connection, attempt_id: int) -> list[Mapping[str, object]]:
    """Every check of an attempt as its link tells it, the first one first."""
    rows = connection.execute(_of_attempt, {"attempt_id": attempt_id})
    return [row.what for row in rows]


def tried_of(
    connection: Connection, attempt_id: int, settings: Settings | None = None
) -> Mapping[int, Tried]:
    """What was checked, by question; nothing is asked where the settings check nothing."""
    if settings is not None and not settings.checking.tries:
        return NO_TRIES
    rows = connection.execute(_of_attempt, {"attempt_id": attempt_id})
    return _by_slot(rows).get(attempt_id, NO_TRIES)


def tried_in(
    connection: Connection, cohort_id: int, course_id: int, activity_key: str
) -> Mapping[int, Mapping[int, Tried]]:
    """The same of every attempt of a cohort at a quiz, by attempt."""
    values = {"cohort_id": cohort_id, "course_id": course_id, "activity_key": activity_key}
    return _by_slot(connection.execute(_of_quiz, values))


def _by_slot(rows: Iterable[Found]) -> dict[int, dict[int, Tried]]:
    found: dict[int, dict[int, Tried]] = {}
    for row in rows:
        mine = found.setdefault(row.attempt_id, {})
        before = mine.get(row.what["slot"], NOT_TRIED)
        mine[row.what["slot"]] = replace(
            before, answers=(*before.answers, row.what["value"]), penalty=row.what["penalty"]
        )
    return found
