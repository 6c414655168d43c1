"""Grants as rows with their dates, for those who look after them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from lms.foundation.access.rights import Above
from lms.foundation.access.scopes import Grant as Granted
from lms.foundation.access.scopes import ScopeKind
from lms.people.models import Grant
from lms.people.queries.institutions import above

MOST = 200


def plain(row: Grant) -> Granted:
    """A grant as the policy knows it, without its dates."""
    return Granted(
        role=row.role,
        kind=ScopeKind(row.kind),
        institution_id=row.institution_id,
        cohort_id=row.cohort_id,
        course_id=row.course_id,
    )


def standing(session: Session, person_id: int, now: datetime) -> Sequence[Grant]:
    """The grants of a person that hold now or will hold later."""
    return session.scalars(
        select(Grant)
        .where(Grant.person_id == person_id, or_(Grant.ends_at.is_(None), Grant.ends_at > now))
        .order_by(Grant.id)
        .limit(MOST)
    ).all()


def holding(session: Session, person_id: int, now: datetime) -> Sequence[Grant]:
    """The grants of a person that hold now."""
    return [row for row in standing(session, person_id, now) if row.starts_at <= now]


def above_of(session: Session, mine: Sequence[Granted], theirs: Sequence[Granted]) -> Above:
    """What lies above the places of others' grants; asked only for whoever holds a tree."""
    if not any(grant.kind is ScopeKind.INSTITUTION_TREE for grant in mine):
        return {}
    places = {grant.institution_id for grant in theirs if grant.institution_id is not None}
    return {place: above(session, place) for place in sorted(places)}
