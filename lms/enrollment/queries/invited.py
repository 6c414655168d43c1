"""People who were enrolled and have not come in yet."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from lms.enrollment.models import SEATED, Enrollment
from lms.people.models import Identifier, Person
from lms.people.models.person import IdentifierKind, PersonState
from lms.people.rules.names import name_of

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who was invited: since when, and the address their invitation went to."""

    uid: UUID
    name: str
    municipality: str
    since: datetime | None
    email: str | None


_EMAIL = (
    select(func.min(Identifier.shown))
    .where(Identifier.person_id == Person.id, Identifier.kind == IdentifierKind.EMAIL)
    .correlate(Person)
    .scalar_subquery()
)


def page(
    reader: Session | Connection, cohort_id: int, number: int
) -> tuple[Sequence[Waiting], int]:
    """One page of them by surname, and how many there are."""
    condition = (
        Enrollment.cohort_id == cohort_id,
        Enrollment.state.in_(SEATED),
        Person.state == PersonState.INVITED,
    )
    joined = select(func.count()).select_from(Enrollment).join(
        Person, Person.id == Enrollment.person_id
    )  # fmt: skip
    total = reader.execute(joined.where(*condition)).scalar_one()
    rows = reader.execute(
        select(
            Enrollment.uid,
            Person.given_names,
            Person.first_surname,
            Person.second_surname,
            Enrollment.municipality,
            Enrollment.decided_at,
            _EMAIL.label("email"),
        )
        .join(Person, Person.id == Enrollment.person_id)
        .where(*condition)
        .order_by(Enrollment.sort_name, Enrollment.id)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    return [
        Waiting(row.uid, name_of(row).full, row.municipality, row.decided_at, row.email)
        for row in rows
    ], total


def people(session: Session, cohort_id: int, uids: Collection[UUID]) -> Sequence[Person]:
    """The people of these enrollments of the cohort who have not come in yet, by surname."""
    return session.scalars(
        select(Person)
        .join(Enrollment, Enrollment.person_id == Person.id)
        .where(
            Enrollment.cohort_id == cohort_id,
            Enrollment.uid.in_(uids),
            Person.state == PersonState.INVITED,
        )
        .order_by(Enrollment.sort_name, Enrollment.id)
        .limit(PAGE_SIZE)
        .with_for_update(of=Person)
    ).all()
