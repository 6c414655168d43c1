"""Whether somebody can get in, and what keeps them out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.people.models import Identifier, LoginSession, OneTimeCode, Person
from lms.people.models.account import CodePurpose
from lms.people.models.person import PersonState
from lms.people.queries import accounts, tries


@dataclass(frozen=True)
class GettingIn:
    """How somebody gets in: their account, their tries, their devices, what is under way."""

    state: PersonState
    has_password: bool
    locked_until: datetime | None
    code_until: datetime | None
    sessions: Sequence[LoginSession]


def getting_in(
    session: Session, person: Person, identifiers: Sequence[Identifier], now: datetime
) -> GettingIn:
    """Everything about signing in, in four statements."""
    return GettingIn(
        state=PersonState(person.state),
        has_password=person.password_hash is not None,
        locked_until=tries.locked_until(session, now, tries.places_of(person, identifiers)),
        code_until=session.scalar(
            select(OneTimeCode.expires_at)
            .where(
                OneTimeCode.person_id == person.id,
                OneTimeCode.purpose == CodePurpose.HELP_DESK,
                OneTimeCode.used_at.is_(None),
                OneTimeCode.expires_at > now,
            )
            .order_by(OneTimeCode.expires_at.desc())
            .limit(1)
        ),
        sessions=accounts.sessions(session, person.id, now),
    )
