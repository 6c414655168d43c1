"""Whom a learner may ask about their course."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from lms.catalog.models import CourseVersion
from lms.foundation.access.roles import Role
from lms.foundation.access.scopes import ScopeKind
from lms.learning.queries.places import Learner
from lms.people.models import Grant, Institution, Person
from lms.people.rules.names import name_of

MOST = 6


@dataclass(frozen=True, slots=True)
class Helpers:
    """The institution, how it is reached, and who teaches the cohort."""

    institution: str
    contact: str
    teachers: tuple[str, ...]


def helpers(session: Session, learner: Learner, now: datetime) -> Helpers:
    """Who teaches this cohort or its courses, and the institution's contact; one statement."""
    courses = select(CourseVersion.course_id).where(
        CourseVersion.id.in_(learner.course_version_ids)
    )
    teaches = and_(
        Grant.institution_id == Institution.id,
        Grant.role.in_((Role.INSTRUCTOR, Role.TUTOR)),
        Grant.starts_at <= now,
        or_(Grant.ends_at.is_(None), Grant.ends_at > now),
        or_(
            and_(Grant.kind == ScopeKind.COHORT, Grant.cohort_id == learner.cohort_id),
            and_(Grant.kind == ScopeKind.COURSE, Grant.course_id.in_(courses)),
        ),
    )
    rows = session.execute(
        select(
            Institution.name,
            Institution.contact,
            Person.given_names,
            Person.first_surname,
            Person.second_surname,
        )
        .select_from(Institution)
        .outerjoin(Grant, teaches)
        .outerjoin(Person, Person.id == Grant.person_id)
        .where(Institution.id == learner.institution_id)
        .order_by(Person.search, Grant.id)
        .limit(MOST)
    ).all()
    names = [name_of(row).short for row in rows if row.given_names]
    return Helpers(rows[0].name, rows[0].contact, tuple(dict.fromkeys(names)))
