"""What rests on a completed course may not be taken from under it."""

from collections.abc import Sequence

from sqlalchemy import select

from lms.catalog.models import Activity
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, Refused
from lms.grading.actions.recompute import recompute
from lms.grading.models import CourseResult
from lms.learning.facts import LessonUnseen


def hear_unseen(work: Work, facts: Sequence[LessonUnseen]) -> None:
    """A lesson of a completed course stays seen: the document may have been issued on it."""
    for fact in facts:
        completed = work.session.scalar(
            select(CourseResult.completed)
            .join(Activity, Activity.course_version_id == CourseResult.course_version_id)
            .where(
                CourseResult.enrollment_id == fact.enrollment_id, Activity.id == fact.activity_id
            )
        )
        if completed:
            raise Refused(N_("You have completed this course: what you have seen stays on record."))
        recompute(work, fact.enrollment_id)
