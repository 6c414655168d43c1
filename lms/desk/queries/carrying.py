"""What somebody takes along to another cohort, and what stays behind."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from lms.assessment.models import Attempt
from lms.assignments.models import Submission
from lms.catalog.activity import activity_kinds
from lms.catalog.models import Activity, CourseVersion
from lms.enrollment.models import CohortCourse
from lms.learning.models import Progress

MOST = 5_000
_OF_A_WORK = exists().where(
    Submission.enrollment_id == Progress.enrollment_id,
    Submission.course_id == Progress.course_id,
    Submission.activity_key == Progress.activity_key,
)
"""The mark of a work that was handed in: it is no lesson that was seen."""


@dataclass(frozen=True, slots=True)
class Carried:
    """Lessons and attempts that the other cohort has too, and those that it has not."""

    lessons: int
    lessons_left: int
    attempts: int
    attempts_left: int
    running: int


def carried(session: Session, enrollment_id: int, cohort_id: int, now: datetime) -> Carried:
    """What would be carried to a cohort, in three statements."""
    kinds = activity_kinds()
    there = {
        (row.course_id, row.key): kinds[row.kind].graded
        for row in session.execute(
            select(CourseVersion.course_id, Activity.key, Activity.kind)
            .join(CourseVersion, CourseVersion.id == Activity.course_version_id)
            .join(CohortCourse, CohortCourse.course_version_id == CourseVersion.id)
            .where(CohortCourse.cohort_id == cohort_id)
            .order_by(Activity.id)
            .limit(MOST)
        )
    }
    attempts = session.execute(
        select(Attempt.course_id, Attempt.activity_key, Attempt.deadline, Attempt.handed_in_at)
        .where(Attempt.enrollment_id == enrollment_id)
        .order_by(Attempt.id)
        .limit(MOST)
    ).all()
    quizzes = {(row.course_id, row.activity_key) for row in attempts}
    seen = [
        (row.course_id, row.activity_key)
        for row in session.execute(
            select(Progress.course_id, Progress.activity_key)
            .where(Progress.enrollment_id == enrollment_id, ~_OF_A_WORK)
            .order_by(Progress.id)
            .limit(MOST)
        )
        if (row.course_id, row.activity_key) not in quizzes
    ]
    goes = [row for row in attempts if there.get((row.course_id, row.activity_key))]
    lessons = sum(there.get(each) is False for each in seen)
    return Carried(
        lessons=lessons,
        lessons_left=len(seen) - lessons,
        attempts=len(goes),
        attempts_left=len(attempts) - len(goes),
        running=sum(
            row.handed_in_at is None and row.deadline is not None and row.deadline > now
            for row in goes
        ),
    )
