"""What people of a cohort were allowed: of all of them for staff, of one for their own pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from lms.catalog.models import Activity, CourseVersion
from lms.enrollment.models import Allowance, CohortCourse, Enrollment
from lms.foundation.web.pagination import Page
from lms.people.models import Person
from lms.people.rules.names import name_of

PAGE_SIZE = 20
MOST_OF_ONE = 50


@dataclass(frozen=True, slots=True)
class Given:
    """One allowance as it is listed."""

    uid: UUID
    enrollment: UUID
    name: str
    about: str
    closes_at: datetime | None
    attempts: int
    minutes: int
    reason: str
    expires_at: datetime | None
    given_at: datetime
    by: str
    applied_at: datetime | None
    revoked_at: datetime | None

    def holds(self, now: datetime) -> bool:
        """Whether it gives anything now."""
        if self.revoked_at is not None:
            return False
        later = self.closes_at is not None and self.closes_at > now
        usable = self.expires_at is None or self.expires_at > now
        return later or (usable and bool(self.attempts or self.minutes))


_By = aliased(Person)


def _lines() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Allowance,
            Enrollment.uid.label("enrollment"),
            Person.given_names,
            Person.first_surname,
            Person.second_surname,
            _By,
        )
        .join(Enrollment, Enrollment.id == Allowance.enrollment_id)
        .join(Person, Person.id == Enrollment.person_id)
        .join(_By, _By.id == Allowance.by_id)
        .order_by(Allowance.given_at.desc(), Allowance.id.desc())
    )


def of_cohort(session: Session, cohort_id: int, number: int) -> Page[Given]:
    """One page of what people of a cohort were allowed, the latest first."""
    mine = Allowance.cohort_id == cohort_id
    total = session.scalar(select(func.count()).select_from(Allowance).where(mine)) or 0
    rows = session.execute(_lines().where(mine).limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE))
    return Page([_given(row) for row in rows], number, PAGE_SIZE, total)


def of_person(session: Session, enrollment_id: int) -> Sequence[Given]:
    """What one person of a cohort was allowed, the latest first."""
    rows = session.execute(
        _lines().where(Allowance.enrollment_id == enrollment_id).limit(MOST_OF_ONE)
    )
    return [_given(row) for row in rows]


def title_of(session: Session, cohort_id: int, about: str) -> str:
    """What an allowance is about, in the words of the course; empty for the cohort as a whole."""
    course, _, activity = about.partition("/")
    found = session.scalar(
        select(Activity.title)
        .join(CourseVersion, CourseVersion.id == Activity.course_version_id)
        .join(CohortCourse, CohortCourse.course_version_id == CourseVersion.id)
        .where(
            CohortCourse.cohort_id == cohort_id,
            CourseVersion.key == course,
            Activity.key == activity,
        )
    )
    return found or about


def _given(row: Any) -> Given:
    found = row.Allowance
    return Given(
        uid=found.uid,
        enrollment=row.enrollment,
        name=name_of(row).surnames_first,
        about=found.about,
        closes_at=found.closes_at,
        attempts=found.attempts,
        minutes=found.minutes,
        reason=found.reason,
        expires_at=found.expires_at,
        given_at=found.given_at,
        by=name_of(row[-1]).short,
        applied_at=found.applied_at,
        revoked_at=found.revoked_at,
    )
