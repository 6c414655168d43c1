"""One recognised course of a cohort, for the page that takes it back."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.catalog.models import CourseVersion
from lms.enrollment.models import Cohort, CohortCourse, Enrollment
from lms.foundation.kernel.errors import NotFound
from lms.grading.models import Recognition
from lms.grading.queries.recognitions import STANDS
from lms.people.models import Person


@dataclass(frozen=True, slots=True)
class Standing:
    """A recognition that holds, with its person and course."""

    cohort: UUID
    cohort_title: str
    enrollment: UUID
    person: str
    course: str
    where_passed: str
    title: str
    passed_on: date


def one(session: Session, cohort: UUID, recognition: UUID) -> Standing:
    """A recognition that holds in this very cohort; any other does not exist here."""
    row = session.execute(
        select(Recognition, Cohort.uid, Cohort.title, Enrollment.uid, Person, CourseVersion.title)
        .join(Enrollment, Enrollment.id == Recognition.enrollment_id)
        .join(Cohort, Cohort.id == Enrollment.cohort_id)
        .join(Person, Person.id == Enrollment.person_id)
        .join(CohortCourse, CohortCourse.cohort_id == Cohort.id)
        .join(CourseVersion, CourseVersion.id == CohortCourse.course_version_id)
        .where(
            Recognition.uid == recognition,
            Cohort.uid == cohort,
            CourseVersion.course_id == Recognition.course_id,
            STANDS,
        )
    ).first()
    if row is None:
        raise NotFound()
    found, cohort_uid, cohort_title, enrollment, person, course = row
    return Standing(
        cohort_uid,
        cohort_title,
        enrollment,
        person.full_name,
        course,
        found.where_passed,
        found.title,
        found.passed_on,
    )
