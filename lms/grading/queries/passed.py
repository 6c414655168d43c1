"""Which courses of a cohort people have passed in other cohorts."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from lms.catalog.models import CourseVersion
from lms.enrollment.models import Cohort, Enrollment
from lms.enrollment.queries.doubles import courses_taught
from lms.enrollment.rules.doubles import Passed
from lms.grading.models import CourseResult

MOST = 500


def passed_elsewhere(
    reader: Session | Connection, cohort_id: int, person_ids: Collection[int]
) -> Mapping[int, Sequence[Passed]]:
    """By person; a result counts in whatever version of the course it was reached."""
    rows = reader.execute(
        select(Enrollment.person_id, CourseVersion.title, Cohort.title.label("cohort"))
        .join(CourseResult, CourseResult.enrollment_id == Enrollment.id)
        .join(CourseVersion, CourseVersion.id == CourseResult.course_version_id)
        .join(Cohort, Cohort.id == Enrollment.cohort_id)
        .where(
            Enrollment.person_id.in_(person_ids),
            Enrollment.cohort_id != cohort_id,
            CourseResult.completed.is_(True),
            CourseVersion.course_id.in_(courses_taught(cohort_id)),
        )
        .order_by(CourseResult.completed_at, CourseResult.id)
        .limit(MOST)
    )
    found: dict[int, list[Passed]] = {}
    for row in rows:
        found.setdefault(row.person_id, []).append(Passed(row.title, row.cohort))
    return found
