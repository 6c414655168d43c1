"""Who teaches: the people with that role at an institution, and those of one cohort."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, or_, select
from sqlalchemy.orm import Session

from lms.enrollment.models import Cohort
from lms.foundation.access.roles import Role
from lms.foundation.access.scopes import ScopeKind
from lms.foundation.kernel.errors import NotFound
from lms.people.models import Grant, Person
from lms.people.models.person import PersonState
from lms.people.rules.names import name_of

TEACHING = (Role.INSTRUCTOR, Role.TUTOR)
MOST = 100


@dataclass(frozen=True, slots=True)
class Teacher:
    """Somebody who may teach, under the name that lists show."""

    person_id: int
    uid: UUID
    name: str
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who teaches in a cohort, in one part, since when."""

    grant: UUID
    person_id: int
    person: UUID
    name: str
    role: str
    since: datetime


def teachers(
    session: Session, institution_id: int, now: datetime, uids: Collection[UUID] | None = None
) -> Sequence[Teacher]:
    """Those who hold a teaching role anywhere at the institution today, all or these, by name."""
    statement = (
        select(
            Person.id,
            Person.uid,
            Person.given_names,
            Person.first_surname,
            Person.second_surname,
            Grant.role,
        )
        .join(Grant, Grant.person_id == Person.id)
        .where(
            Grant.institution_id == institution_id,
            Grant.role.in_(TEACHING),
            Person.state == PersonState.ACTIVE,
            *_holds(now),
        )
        .order_by(Person.search, Person.id, Grant.id)
        .limit(MOST * 4)
    )
    if uids is not None:
        statement = statement.where(Person.uid.in_(uids))
    names: dict[int, tuple[UUID, str]] = {}
    roles: dict[int, set[str]] = {}
    for row in session.execute(statement):
        names[row.id] = (row.uid, name_of(row).full)
        roles.setdefault(row.id, set()).add(row.role)
    found = [Teacher(id, *names[id], frozenset(roles[id])) for id in names]
    return found[:MOST]


def members(reader: Session | Connection, cohort_id: int, now: datetime) -> Sequence[Member]:
    """The team of a cohort: teachers first, then tutors, by name."""
    rows = reader.execute(
        select(
            Grant.uid.label("grant"),
            Grant.role,
            Grant.starts_at,
            Person.id,
            Person.uid,
            Person.given_names,
            Person.first_surname,
            Person.second_surname,
        )
        .join(Person, Person.id == Grant.person_id)
        .where(
            Grant.kind == ScopeKind.COHORT,
            Grant.cohort_id == cohort_id,
            Grant.role.in_(TEACHING),
            *_holds(now),
        )
        .order_by(Grant.role, Person.search, Grant.id)
        .limit(MOST)
    )
    return [
        Member(
            grant=row.grant,
            person_id=row.id,
            person=row.uid,
            name=name_of(row).full,
            role=row.role,
            since=row.starts_at,
        )
        for row in rows
    ]


def locked_grant(session: Session, cohort: Cohort, grant: UUID, now: datetime) -> Grant:
    """A grant that lets somebody teach in this very cohort; another's does not exist here."""
    found = session.scalar(
        select(Grant)
        .where(
            Grant.uid == grant,
            Grant.kind == ScopeKind.COHORT,
            Grant.cohort_id == cohort.id,
            Grant.role.in_(TEACHING),
            *_holds(now),
        )
        .with_for_update()
    )
    if found is None:
        raise NotFound()
    return found


def _holds(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return Grant.starts_at <= now, or_(Grant.ends_at.is_(None), Grant.ends_at > now)
