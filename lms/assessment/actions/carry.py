"""Attempts go with their person to another cohort, and come back when that is undone."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, and_, exists, or_, select, tuple_, update

from lms.assessment.models import Answer, Attempt
from lms.assessment.models.attempt import BY_TIME
from lms.catalog.models import Activity, CourseVersion
from lms.enrollment.facts import EnrollmentTransferred, TransferUndone
from lms.enrollment.models import CohortCourse, Enrollment
from lms.enrollment.rules.transfers import USED
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import Refused


def hear_transfer(work: Work, facts: Sequence[EnrollmentTransferred]) -> None:
    """Attempts at quizzes that the other cohort has too count there, as used and as marked; one
    that runs goes on with the time it had. Those at other quizzes stay where they were made."""
    for fact in facts:
        _move(work, fact.from_id, fact.to_id)


def hear_undone(work: Work, facts: Sequence[TransferUndone]) -> None:
    """Attempts come back, unless one was begun, answered or handed in meanwhile."""
    for fact in facts:
        if work.session.scalar(select(_used(fact))):
            raise Refused(USED)
        _move(work, fact.to_id, fact.from_id)


def _move(work: Work, from_id: int, to_id: int) -> None:
    work.session.execute(
        update(Attempt)
        .where(
            Attempt.enrollment_id == from_id,
            tuple_(Attempt.course_id, Attempt.activity_key).in_(_quizzes(to_id)),
        )
        .values(enrollment_id=to_id)
        .execution_options(synchronize_session="fetch")
    )


def _quizzes(enrollment_id: int) -> Select[int, str]:
    """The quizzes of the cohort that an enrollment is in, by course and key."""
    return (
        select(CourseVersion.course_id, Activity.key)
        .join(CourseVersion, CourseVersion.id == Activity.course_version_id)
        .join(CohortCourse, CohortCourse.course_version_id == CourseVersion.id)
        .join(Enrollment, Enrollment.cohort_id == CohortCourse.cohort_id)
        .where(Enrollment.id == enrollment_id, Activity.kind == "quiz")
    )


def _used(fact: TransferUndone) -> Any:
    by_hand = and_(Attempt.handed_in_by.not_in(BY_TIME), Attempt.handed_in_at > fact.moved_at)
    answered = exists().where(Answer.attempt_id == Attempt.id, Answer.received_at > fact.moved_at)
    return exists().where(
        Attempt.enrollment_id == fact.to_id,
        or_(Attempt.started_at > fact.moved_at, by_hand, answered.correlate(Attempt)),
    )
