"""Forgetting what is needed no longer."""

from datetime import timedelta

from sqlalchemy import or_, select

from lms.foundation.db.pieces import delete_some
from lms.foundation.db.work import Work
from lms.people.actions.register import discard
from lms.people.models import LoginSession, OneTimeCode, Person
from lms.people.models.person import PersonState

SESSIONS_KEPT = timedelta(days=90)
CODES_KEPT = timedelta(days=30)
UNCONFIRMED_KEPT = timedelta(days=30)
AT_ONCE = 100


def forget(work: Work) -> bool:
    """Old sessions and codes go, and accounts nobody confirmed in 30 days; says if more wait.

    Each time a bounded number of each: nobody waits long for the database meanwhile.
    """
    ended = work.now - SESSIONS_KEPT
    sessions = delete_some(
        work, LoginSession, or_(LoginSession.expires_at < ended, LoginSession.revoked_at < ended)
    )
    codes = delete_some(work, OneTimeCode, OneTimeCode.expires_at < work.now - CODES_KEPT)
    open_code = select(OneTimeCode.person_id).where(
        OneTimeCode.used_at.is_(None), OneTimeCode.expires_at > work.now
    )
    unconfirmed = work.session.scalars(
        select(Person)
        .where(
            Person.state == PersonState.PENDING,
            Person.created_at < work.now - UNCONFIRMED_KEPT,
            Person.id.not_in(open_code),
        )
        .order_by(Person.id)
        .limit(AT_ONCE)
        .with_for_update()
    ).all()
    for person in unconfirmed:
        discard(work, person)
    return sessions or codes or len(unconfirmed) == AT_ONCE
