"""Who a session belongs to: one statement on every signed-in request, built once."""

from datetime import datetime
from typing import Any

from flask import g
from sqlalchemy import Connection, and_, bindparam, func, or_, select

from lms.foundation.access.identity import Looker
from lms.foundation.access.scopes import Grant as Granted
from lms.foundation.access.scopes import ScopeKind
from lms.foundation.mail.models import Notice
from lms.foundation.web.identity import SignedIn
from lms.foundation.web.reading import database, reading, reading_connection
from lms.people.models import Grant, Installation, LoginSession, Person
from lms.people.models.person import PersonState
from lms.people.queries.looking import is_over, why_not
from lms.people.rules.names import name_of

MOST_GRANTS = 200

_UNREAD = (
    select(func.count())
    .select_from(Notice)
    .where(Notice.person_id == Person.id, Notice.read_at.is_(None))
    .scalar_subquery()
)
_NOW = bindparam("now", type_=LoginSession.expires_at.type)
_GRANT = (Grant.role, Grant.kind, Grant.institution_id, Grant.cohort_id, Grant.course_id)
_HOLDS = and_(Grant.starts_at <= _NOW, or_(Grant.ends_at.is_(None), Grant.ends_at > _NOW))
# Whose session it is, once for each of their grants; most people have none.
_SESSION = (
    select(
        LoginSession.id.label("session_id"),
        Person.id,
        Person.uid,
        Person.given_names,
        Person.language,
        Person.zone,
        _UNREAD.label("unread"),
        LoginSession.seeing_as_id,
        LoginSession.seeing_until,
        select(Installation.version).scalar_subquery().label("site_version"),
        *_GRANT,
    )
    .join(Person, Person.id == LoginSession.person_id)
    .outerjoin(Grant, and_(Grant.person_id == Person.id, _HOLDS))
    .where(
        LoginSession.token_hash == bindparam("token_hash"),
        LoginSession.revoked_at.is_(None),
        LoginSession.expires_at > _NOW,
        Person.state == PersonState.ACTIVE,
    )
    .order_by(Grant.id)
    .limit(MOST_GRANTS)
)
_PERSON = select(
    Person.id,
    Person.uid,
    Person.given_names,
    Person.first_surname,
    Person.second_surname,
    Person.language,
    Person.zone,
    _UNREAD.label("unread"),
).where(Person.id == bindparam("person_id"), Person.state == PersonState.ACTIVE)
_GRANTS = (
    select(*_GRANT)
    .where(Grant.person_id == bindparam("person_id"), _HOLDS)
    .order_by(Grant.id)
    .limit(MOST_GRANTS)
)


def identity_by_token(token_hash: str) -> SignedIn | None:
    """The person whose living session this is, with every grant that holds today."""
    now = database().clock()
    rows = reading_connection().execute(_SESSION, {"token_hash": token_hash, "now": now}).all()
    if not rows:
        return None
    row = rows[0]
    g.cabildo_site_version = row.site_version
    grants = tuple(_grant(row) for row in rows if row.role is not None)
    if row.seeing_as_id is not None and not is_over(row.seeing_until, now):
        seen = _seen_as(row, grants, now)
        if seen is not None:
            return seen
    return _identity(row, row.session_id, grants)


def _identity(
    row: Any, session_id: int, grants: tuple[Granted, ...], seen_by: Looker | None = None
) -> SignedIn:
    return SignedIn(
        person_id=row.id,
        person_uid=str(row.uid),
        session_id=session_id,
        short_name=row.given_names.split(" ", 1)[0],
        language=row.language,
        zone=row.zone,
        grants=grants,
        ties=frozenset(grant.institution_id for grant in grants if grant.institution_id),
        seen_by=seen_by,
        unread=row.unread,
    )


def _seen_as(looker: Any, mine: tuple[Granted, ...], now: datetime) -> SignedIn | None:
    """The person a member of the staff sees the site as; asked anew on every page whether they
    still may."""
    connection = reading_connection()
    row = connection.execute(_PERSON, {"person_id": looker.seeing_as_id}).first()
    if row is None:
        return None
    theirs = grants_of(connection, row.id, now)
    if why_not(reading(), mine, row.uid, theirs) is not None:
        return None
    whom = name_of(row).full
    return _identity(row, looker.session_id, theirs, Looker(looker.id, whom, looker.seeing_until))


def grants_of(connection: Connection, person_id: int, now: datetime) -> tuple[Granted, ...]:
    """The grants of a person that hold at this moment."""
    rows = connection.execute(_GRANTS, {"person_id": person_id, "now": now})
    return tuple(_grant(row) for row in rows)


def _grant(row: Any) -> Granted:
    return Granted(
        role=row.role,
        kind=ScopeKind(row.kind),
        institution_id=row.institution_id,
        cohort_id=row.cohort_id,
        course_id=row.course_id,
    )
