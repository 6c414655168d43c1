"""Cohorts and people in them."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from lms.enrollment.actions.open import open_cohort
from lms.enrollment.models import Cohort, Enrollment
from lms.foundation.db.work import Work
from lms.foundation.kernel.text import fold
from lms.people.models import Person


def make_cohort(work: Work, programme: str = "gestion-municipal", **given: Any) -> Cohort:
    """A cohort that takes requests since yesterday, for a month, and starts in six weeks."""
    values: dict[str, Any] = {
        "key": "2027-1",
        "title": "Promoción 1 de 2027",
        "enrollment_opens_at": work.now - timedelta(days=1),
        "enrollment_closes_at": work.now + timedelta(days=30),
        "starts_at": work.now + timedelta(days=42),
        "ends_at": work.now + timedelta(days=182),
        "door": "approval",
        "capacity": 40,
    }
    uid = open_cohort(work, programme, **(values | given))
    return work.session.scalars(select(Cohort).where(Cohort.uid == uid)).one()


def put_in(
    work: Work, cohort: Cohort | UUID, person_id: int, state: str = "enrolled", **given: Any
) -> Enrollment:
    """Somebody in a cohort, however they got there."""
    if isinstance(cohort, UUID):
        cohort = work.session.scalars(select(Cohort).where(Cohort.uid == cohort)).one()
    person = work.session.get_one(Person, person_id)
    values: dict[str, Any] = {
        "institution_id": cohort.institution_id, "cohort_id": cohort.id, "person_id": person.id,
        "sort_name": fold(f"{person.first_surname} {person.second_surname} {person.given_names}"),
        "municipality": "San Marcos La Laguna", "state": state, "applied_at": work.now,
        "decided_at": None if state == "applied" else work.now,
    }  # fmt: skip
    enrollment = Enrollment(**(values | given))
    work.session.add(enrollment)
    work.session.flush()
    return enrollment
