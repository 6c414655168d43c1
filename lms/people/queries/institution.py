"""Institutions that somebody looks after: one, all of them, and who signs for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from lms.foundation.kernel.errors import NotFound
from lms.foundation.web.pagination import Page
from lms.people.models import Grant, Installation, Institution, Person, Signer
from lms.people.queries.reach import Reach

MOST_SIGNERS = 50
MOST_HOLDERS = 200


@dataclass(frozen=True, slots=True)
class Staffed:
    """How many hold a role here now, by role."""

    by_role: dict[str, int]

    def has(self, role: str) -> bool:
        return bool(self.by_role.get(role))


def institution_of(session: Session, uid: UUID) -> Institution:
    """The institution that an address names."""
    found = session.scalar(select(Institution).where(Institution.uid == uid))
    if found is None:
        raise NotFound()
    return found


def looked_after(session: Session, reach: Reach, page: int, size: int) -> Page[Institution]:
    """The institutions within reach, by name."""
    statement = select(Institution).where(reach.of(Institution.id))
    total = session.scalar(select(func.count()).select_from(statement.subquery())) or 0
    rows = session.scalars(
        statement.order_by(Institution.name, Institution.id).limit(size).offset((page - 1) * size)
    )
    return Page(list(rows), page, size, total)


def signers(session: Session, institution_id: int) -> Sequence[Signer]:
    """Everybody who signs, signed or will sign for an institution, in the order of signing."""
    return session.scalars(
        select(Signer)
        .where(Signer.institution_id == institution_id)
        .order_by(Signer.order, Signer.substitutes_id.is_not(None), Signer.starts_on, Signer.id)
        .limit(MOST_SIGNERS)
    ).all()


def staffed(session: Session, institution_id: int, now: datetime) -> Staffed:
    """Which roles somebody holds at an institution now."""
    rows = session.execute(
        select(Grant.role, func.count(Grant.person_id.distinct()))
        .where(
            Grant.institution_id == institution_id,
            Grant.starts_at <= now,
            or_(Grant.ends_at.is_(None), Grant.ends_at > now),
        )
        .group_by(Grant.role)
        .order_by(Grant.role)
    )
    return Staffed({role: int(count) for role, count in rows})


def role_holders(
    session: Session, institution_id: int, role: str, now: datetime
) -> Sequence[Person]:
    """The people who hold a role at an institution now, by name."""
    return session.scalars(
        select(Person)
        .where(
            Person.id.in_(
                select(Grant.person_id).where(
                    Grant.institution_id == institution_id,
                    Grant.role == role,
                    Grant.starts_at <= now,
                    or_(Grant.ends_at.is_(None), Grant.ends_at > now),
                )
            )
        )
        .order_by(Person.search, Person.id)
        .limit(MOST_HOLDERS)
    ).all()


def is_set_up(session: Session) -> bool:
    """Whether this site has an institution yet."""
    found = select(Installation.id).where(Installation.institution_id.is_not(None)).limit(1)
    return session.scalar(found) is not None


def shows(session: Session, digest: str) -> bool:
    """Whether a file is a logo that some institution shows to everybody."""
    mine = or_(Institution.logo == digest, Institution.mark == digest)
    return session.scalar(select(Institution.id).where(mine).limit(1)) is not None
