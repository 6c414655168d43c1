"""A cohort that has been taught, with people who have and have not completed its course."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from lms.enrollment.models import Cohort, CohortCourse, Enrollment
from lms.foundation.db.work import Work
from lms.foundation.kernel.points import points
from lms.foundation.kernel.text import fold
from lms.grading.models import CourseResult
from lms.people.models import Identifier, Person
from lms.people.models.person import IdentifierKind, PersonState
from tests.factories.catalog import make_diploma
from tests.factories.enrollment import make_cohort, put_in


def make_taught_cohort(work: Work, institution_id: int, key: str = "gestion-municipal") -> Cohort:
    """A cohort of a diploma that ended a week ago."""
    version = make_diploma(work, institution_id, key)
    return make_cohort(
        work,
        version.programme.slug,
        enrollment_opens_at=work.now - timedelta(days=200),
        enrollment_closes_at=work.now - timedelta(days=170),
        starts_at=work.now - timedelta(days=160),
        ends_at=work.now - timedelta(days=7),
        capacity=None,
    )


def person_named(work: Work, given: str, first: str, second: str | None, **more: Any) -> Person:
    """An active person without an address, under this name."""
    values = {"name_confirmed_at": work.now, "state": PersonState.ACTIVE} | more
    person = Person(
        given_names=given,
        first_surname=first,
        second_surname=second,
        search=fold(f"{first} {second or ''} {given}"),
        country="GT",
        created_at=work.now,
        **values,
    )
    work.session.add(person)
    work.session.flush()
    return person


def identify(work: Work, person_id: int, number: str) -> None:
    """Somebody's identity document is on record."""
    work.session.add(
        Identifier(
            person_id=person_id, kind=IdentifierKind.DOCUMENT, value=f"GT:dpi:{number}",
            shown=number, created_at=work.now,
        )
    )  # fmt: skip
    work.session.flush()


def complete(
    work: Work, enrollment: Enrollment, ratio: str | None = "0.87", *, completed: bool = True
) -> None:
    """The result of every course of an enrollment, as grading would have kept it."""
    for course in work.session.scalars(
        select(CohortCourse).where(CohortCourse.cohort_id == enrollment.cohort_id)
    ):
        work.session.add(
            CourseResult(
                institution_id=enrollment.institution_id,
                enrollment_id=enrollment.id,
                course_version_id=course.course_version_id,
                ratio=None if ratio is None else points(ratio),
                completed=completed,
                completed_at=work.now - timedelta(days=8) if completed else None,
                explanation={
                    "lacks": []
                    if completed
                    else [{"lack": "see", "key": "leccion-4"}, {"lack": "take", "key": "examen"}]
                },
                computed_at=work.now,
            )
        )
    work.session.flush()


def fill(work: Work, cohort: Cohort | UUID, many: int, given: str = "Ana") -> Sequence[int]:
    """This many people who have completed the course, numbered by surname; their ids."""
    ids = []
    for number in range(many):
        person = person_named(work, given, f"Cojtí{number:03}", "Ñáñez")
        enrollment = put_in(work, cohort, person.id, "completed")
        complete(work, enrollment)
        ids.append(person.id)
    return ids
