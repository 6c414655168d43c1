"""Who may do something for a whole institution."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select, true
from sqlalchemy.orm import Session

from lms.foundation.access.permissions import Permission
from lms.foundation.access.policy import POLICY
from lms.foundation.access.scopes import ScopeKind
from lms.people.models import Grant
from lms.people.queries.institutions import above

MOST_TOLD = 20


def holders(
    session: Session,
    permission: Permission,
    institution_id: int,
    now: datetime,
    *,
    of_site: bool = False,
) -> Sequence[int]:
    """Who may do something for a whole institution, by a grant that holds now.

    They are people of the house; ``of_site`` are those who may do it everywhere.
    """
    reached = []
    for role, kind in sorted(POLICY[permission]):
        here = Grant.institution_id == institution_id
        if kind is ScopeKind.INSTITUTION_TREE:
            here = Grant.institution_id.in_(sorted(above(session, institution_id)))
        if kind is ScopeKind.INSTALLATION:
            here = true()
        if (kind is ScopeKind.INSTALLATION) is of_site:
            reached.append((Grant.role == role) & (Grant.kind == kind) & here)
    return session.scalars(
        select(Grant.person_id)
        .where(
            or_(*reached),
            Grant.starts_at <= now,
            or_(Grant.ends_at.is_(None), Grant.ends_at > now),
        )
        .distinct()
        .order_by(Grant.person_id)
        .limit(MOST_TOLD)
    ).all()


def others(
    session: Session, permission: Permission, institution_id: int, asker: int | None, now: datetime
) -> Sequence[int]:
    """Who else may decide what somebody asks for: people of the house, or else of the site."""
    for of_site in (False, True):
        found = holders(session, permission, institution_id, now, of_site=of_site)
        if without := [each for each in found if each != asker]:
            return without
    return []
