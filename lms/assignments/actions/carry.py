"""Works go with their person to another cohort, and come back when that is undone."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, exists, or_, select, tuple_, update

from lms.assignments.models import Submission
from lms.assignments.queries.works import KIND
from lms.catalog.models import Activity, CourseVersion
from lms.enrollment.facts import EnrollmentTransferred, TransferUndone
from lms.enrollment.models import CohortCourse, Enrollment
from lms.enrollment.rules.transfers import USED
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import Refused


def hear_transfer(work: Work, facts: Sequence[EnrollmentTransferred]) -> None:
    """Works for assignments that the other cohort has too count there, as handed in and as marked.
    Those for other assignments stay where they were made."""
    for fact in facts:
        _move(work, fact.from_id, fact.to_id)


def hear_undone(work: Work, facts: Sequence[TransferUndone]) -> None:
    """Works come back, unless one was written, handed in or marked meanwhile."""
    for fact in facts:
        if work.session.scalar(select(_used(fact))):
            raise Refused(USED)
        _move(work, fact.to_id, fact.from_id)


def _move(work: Work, from_id: int, to_id: int) -> None:
    work.session.execute(
        update(Submission)
        .where(
            Submission.enrollment_id == from_id,
            tuple_(Submission.course_id, Submission.activity_key).in_(_assignments(to_id)),
        )
        .values(enrollment_id=to_id)
        .execution_options(synchronize_session="fetch")
    )


def _assignments(enrollment_id: int) -> Select[int, str]:
    """The assignments of the cohort that an enrollment is in, by course and key."""
    return (
        select(CourseVersion.course_id, Activity.key)
        .join(CourseVersion, CourseVersion.id == Activity.course_version_id)
        .join(CohortCourse, CohortCourse.course_version_id == CourseVersion.id)
        .join(Enrollment, Enrollment.cohort_id == CohortCourse.cohort_id)
        .where(Enrollment.id == enrollment_id, Activity.kind == KIND)
    )


def _used(fact: TransferUndone) -> Any:
    moments = (Submission.begun_at, Submission.saved_at, Submission.handed_in_at)
    return exists().where(
        Submission.enrollment_id == fact.to_id,
        or_(*(moment > fact.moved_at for moment in moments)),
    )
