"""Requests to publish, and the people who may answer them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select, true
from sqlalchemy.orm import Session

from lms.authoring.models import PublicationRequest
from lms.authoring.rules.requests import RequestState
from lms.foundation.access.permissions import Permission
from lms.foundation.access.policy import POLICY
from lms.foundation.access.scopes import ScopeKind
from lms.people.models import Grant
from lms.people.queries.institutions import above

MOST_TOLD = 20
MOST = 20


def waiting(session: Session, programme_id: int) -> PublicationRequest | None:
    """The request of a programme that nobody has answered yet."""
    return session.scalar(
        select(PublicationRequest)
        .where(
            PublicationRequest.programme_id == programme_id,
            PublicationRequest.state == RequestState.WAITING,
        )
        .order_by(PublicationRequest.id)
        .limit(1)
    )


def request_at(session: Session, programme_id: int, uid: UUID) -> PublicationRequest | None:
    """One request of a programme."""
    return session.scalar(
        select(PublicationRequest).where(
            PublicationRequest.uid == uid, PublicationRequest.programme_id == programme_id
        )
    )


def last_requests(session: Session, programme_id: int) -> Sequence[PublicationRequest]:
    """The requests of a programme, the latest first."""
    return session.scalars(
        select(PublicationRequest)
        .where(PublicationRequest.programme_id == programme_id)
        .order_by(PublicationRequest.id.desc())
        .limit(MOST)
    ).all()


def other_publishers(
    session: Session, institution_id: int, asker: int | None, now: datetime
) -> Sequence[int]:
    """Who else may publish what somebody asks for: people of the house, or else of the site."""
    for of_site in (False, True):
        found = holders(session, Permission.COURSE_PUBLISH, institution_id, now, of_site=of_site)
        others = [each for each in found if each != asker]
        if others:
            return others
    return []


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
