"""What the page of one person of a cohort says of them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.enrollment.models import Enrollment
from lms.people.models import Person


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Who it is, and since when they are there."""

    name: str
    name_confirmed_at: datetime | None
    municipality: str
    applied_at: datetime
    decided_at: datetime | None
    last_seen_at: datetime | None


def person(session: Session, enrollment_id: int) -> PersonLine:
    """The person of an enrollment."""
    enrollment, found = session.execute(
        select(Enrollment, Person)
        .join(Person, Person.id == Enrollment.person_id)
        .where(Enrollment.id == enrollment_id)
    ).one()
    return PersonLine(
        name=found.full_name,
        name_confirmed_at=found.name_confirmed_at,
        municipality=enrollment.municipality,
        applied_at=enrollment.applied_at,
        decided_at=enrollment.decided_at,
        last_seen_at=enrollment.last_seen_at,
    )
