"""Who would be in the same course twice: seats held elsewhere, and courses passed before."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, Select, select
from sqlalchemy.orm import Session

from lms.catalog.models import CourseVersion
from lms.enrollment.models import SEATED, Cohort, CohortCourse, Enrollment
from lms.enrollment.passed import passed_before
from lms.enrollment.queries.cohorts import is_over
from lms.enrollment.rules import doubles as rules
from lms.enrollment.rules.calendar import Doubt
from lms.enrollment.rules.doubles import Held

MOST = 500


def courses_taught(cohort_id: int) -> Select[int]:
    """The courses that a cohort teaches, in whatever version, as a condition takes them."""
    return (
        select(CourseVersion.course_id)
        .join(CohortCourse, CohortCourse.course_version_id == CourseVersion.id)
        .where(CohortCourse.cohort_id == cohort_id)
    )


def held_elsewhere(
    reader: Session | Connection, cohort_id: int, person_ids: Collection[int], now: datetime
) -> Mapping[int, Sequence[Held]]:
    """The seats that these people hold in other cohorts of the same courses, by person.

    A cohort that is over holds nobody any more, and one of other courses never does.
    """
    same = (
        select(CohortCourse.cohort_id)
        .join(CourseVersion, CourseVersion.id == CohortCourse.course_version_id)
        .where(CourseVersion.course_id.in_(courses_taught(cohort_id)))
    )
    rows = reader.execute(
        select(Enrollment.person_id, Cohort.title, Cohort.ends_at)
        .join(Cohort, Cohort.id == Enrollment.cohort_id)
        .where(
            Enrollment.person_id.in_(person_ids),
            Enrollment.state.in_(SEATED),
            Cohort.id != cohort_id,
            Cohort.id.in_(same),
            ~is_over(now),
        )
        .order_by(Cohort.ends_at, Cohort.id, Enrollment.id)
        .limit(MOST)
    )
    found: dict[int, list[Held]] = {}
    for row in rows:
        found.setdefault(row.person_id, []).append(Held(row.title, row.ends_at))
    return found


def doubts_about(
    reader: Session | Connection, cohort_id: int, person_ids: Collection[int], now: datetime
) -> Mapping[int, Sequence[Doubt]]:
    """What should be known of these people before they are given a seat, by person."""
    if not person_ids:
        return {}
    held = held_elsewhere(reader, cohort_id, person_ids, now)
    passed = passed_before(reader, cohort_id, person_ids)
    return {
        person: rules.doubts(held.get(person, ()), passed.get(person, ()))
        for person in {*held, *passed}
    }
