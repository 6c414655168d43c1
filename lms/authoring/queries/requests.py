"""Requests to publish, and the people who may answer them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.authoring.models import PublicationRequest
from lms.authoring.rules.requests import RequestState
from lms.foundation.access.permissions import Permission
from lms.people.queries.holders import others

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
    return others(session, Permission.COURSE_PUBLISH, institution_id, asker, now)
