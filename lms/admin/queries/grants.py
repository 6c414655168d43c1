"""Roles as lists show them: who holds which, where, from when until when, and who gave it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from lms.catalog.models import Course, CourseVersion
from lms.enrollment.models import Cohort
from lms.foundation.access.scopes import Grant as Granted
from lms.foundation.access.scopes import ScopeKind
from lms.foundation.audit.models import AuditEntry
from lms.foundation.kernel.errors import NotFound
from lms.foundation.web.pagination import Page
from lms.people.models import Grant, Institution, Person
from lms.people.queries.reach import Reach
from lms.people.rules.names import name_of

PAGE_SIZE = 50
MOST = 200
MOST_PLACES = 300


class Shown(StrEnum):
    """Which grants a list shows."""

    NOW = "vigentes"
    LATER = "futuras"
    ENDED = "terminadas"


@dataclass(frozen=True, slots=True)
class Line:
    """A role that somebody holds, held or will hold."""

    uid: UUID
    person: UUID
    given_names: str
    first_surname: str
    second_surname: str | None
    role: str
    kind: str
    institution_id: int
    cohort_id: int | None
    course_id: int | None
    starts_at: datetime
    ends_at: datetime | None
    institution: str
    zone: str
    cohort: str | None
    course: str | None
    giver_given: str | None
    giver_surname: str | None

    @property
    def name(self) -> str:
        """Whose it is."""
        return name_of(self).full

    @property
    def by(self) -> str | None:
        """Who gave it, if it was given on the site."""
        return f"{self.giver_given} {self.giver_surname}" if self.giver_given else None

    @property
    def plain(self) -> Granted:
        """The grant as the policy knows it."""
        return Granted(
            self.role, ScopeKind(self.kind), self.institution_id, self.cohort_id, self.course_id
        )


def _lines() -> Select[*tuple[Any, ...]]:
    giver = aliased(Person)
    course = (
        select(CourseVersion.title)
        .where(CourseVersion.course_id == Grant.course_id)
        .order_by(CourseVersion.number.desc())
        .limit(1)
        .correlate(Grant)
        .scalar_subquery()
    )
    given = and_(
        AuditEntry.subject_kind == Grant.__tablename__,
        AuditEntry.subject_uid == Grant.uid,
        AuditEntry.deed == "grant.given",
    )
    return (
        select(
            Grant.uid,
            Person.uid,
            Person.given_names,
            Person.first_surname,
            Person.second_surname,
            Grant.role,
            Grant.kind,
            Grant.institution_id,
            Grant.cohort_id,
            Grant.course_id,
            Grant.starts_at,
            Grant.ends_at,
            Institution.short_name,
            Institution.zone,
            Cohort.title,
            course,
            giver.given_names,
            giver.first_surname,
        )
        .join(Person, Person.id == Grant.person_id)
        .join(Institution, Institution.id == Grant.institution_id)
        .outerjoin(Cohort, Cohort.id == Grant.cohort_id)
        .outerjoin(AuditEntry, given)
        .outerjoin(giver, giver.id == AuditEntry.actor_id)
    )


def of_person(session: Session, person_id: int, reach: Reach) -> Sequence[Line]:
    """Every role of a person within reach, those that stand first."""
    rows = session.execute(
        _lines()
        .where(Grant.person_id == person_id, reach.of(Grant.institution_id))
        .order_by(Grant.ends_at.is_not(None), Grant.ends_at.desc(), Grant.id.desc())
        .limit(MOST)
    )
    return [Line(*row) for row in rows]


def page(
    session: Session, reach: Reach, shown: Shown, role: str, now: datetime, number: int
) -> Page[Line]:
    """One page of the roles at some institutions, by name."""
    conditions = [reach.of(Grant.institution_id), _shown(shown, now)]
    if role:
        conditions.append(Grant.role == role)
    total = session.scalar(select(func.count()).select_from(Grant).where(*conditions)) or 0
    rows = session.execute(
        _lines()
        .where(*conditions)
        .order_by(Person.search, Grant.id)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    return Page([Line(*row) for row in rows], number, PAGE_SIZE, total)


def _shown(shown: Shown, now: datetime) -> ColumnElement[bool]:
    stands = or_(Grant.ends_at.is_(None), Grant.ends_at > now)
    match shown:
        case Shown.NOW:
            return and_(Grant.starts_at <= now, stands)
        case Shown.LATER:
            return and_(Grant.starts_at > now, stands)
        case Shown.ENDED:
            return and_(Grant.ends_at.is_not(None), Grant.ends_at <= now)


def one(session: Session, grant: UUID) -> Line:
    """One role."""
    row = session.execute(_lines().where(Grant.uid == grant)).first()
    if row is None:
        raise NotFound()
    return Line(*row)


@dataclass(frozen=True, slots=True)
class Places:
    """Where a role can be given: institutions, their cohorts that have not ended, their courses."""

    institutions: Sequence[tuple[int, UUID, str, str]]
    cohorts: Sequence[tuple[int, UUID, str, int]]
    courses: Sequence[tuple[int, UUID, str, int]]


def places(session: Session, reach: Reach, now: datetime) -> Places:
    """The places within reach, to choose one of; three statements."""
    houses = session.execute(
        select(Institution.id, Institution.uid, Institution.name, Institution.zone)
        .where(reach.of(Institution.id))
        .order_by(Institution.name, Institution.id)
        .limit(MOST_PLACES)
    )
    cohorts = session.execute(
        select(Cohort.id, Cohort.uid, Cohort.title, Cohort.institution_id)
        .where(reach.of(Cohort.institution_id), Cohort.ends_at > now, Cohort.closed_at.is_(None))
        .order_by(Cohort.starts_at.desc(), Cohort.id)
        .limit(MOST_PLACES)
    )
    title = (
        select(CourseVersion.title)
        .where(CourseVersion.course_id == Course.id)
        .order_by(CourseVersion.number.desc())
        .limit(1)
        .correlate(Course)
        .scalar_subquery()
    )
    courses = session.execute(
        select(Course.id, Course.uid, func.coalesce(title, Course.key), Course.institution_id)
        .where(reach.of(Course.institution_id))
        .order_by(Course.key, Course.id)
        .limit(MOST_PLACES)
    )
    return Places(
        [(row[0], row[1], row[2], row[3]) for row in houses],
        [(row[0], row[1], row[2], row[3]) for row in cohorts],
        [(row[0], row[1], row[2], row[3]) for row in courses],
    )
