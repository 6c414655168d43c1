"""A cohort goes on with another version of its courses: what people reached stays theirs."""

from collections.abc import Mapping

from sqlalchemy import select, update

from lms.enrollment.models import Enrollment
from lms.foundation.db.work import Work
from lms.grading.models import CourseResult


def carry_results(work: Work, cohort_id: int, versions: Mapping[int, int]) -> None:
    """Lay the results of a cohort's people to the new versions (old to new) of their courses."""
    people = select(Enrollment.id).where(Enrollment.cohort_id == cohort_id)
    for old, new in versions.items():
        work.session.execute(
            update(CourseResult)
            .where(CourseResult.course_version_id == old, CourseResult.enrollment_id.in_(people))
            .values(course_version_id=new)
        )
