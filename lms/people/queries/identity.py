"""Who a session belongs to: one statement on every signed-in request, built once."""

from datetime import datetime
from typing import Any

from flask import g
from sqlalchemy import Connection, and_, bindparam, func, or_, select

from lms.foundation.access.scopes import Grant as Granted
from lms.foundation.access.scopes import ScopeKind
from lms.foundation.mail.models import Notice
from lms.foundation.web.identity import SignedIn
from lms.foundation.web.reading import database, reading_connection
from lms.people.models import Grant, Installation, LoginSession, Person
from lms.people.models.person import PersonState

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
_GRANTS = (
    select(*_GRANT)
    .where(Grant.person_id == bindparam("person_id"), _HOLDS)
    .order_by(Grant.id)
    .limit(MOST_GRANTS)
)


def identity_by_token(token_hash: str) -> SignedIn | None:
    """The person whose living session this is, with every grant that holds today."""
    asked = {"token_hash": token_hash, "now": database().clock()}
    rows = reading_connection().execute(_SESSION, asked).all()
    if not rows:
        return None
    row = rows[0]
    g.cabildo_site_version = row.site_version
    grants = tuple(_grant(row) for row in rows if row.role is not None)
    return SignedIn(
        person_id=row.id,
        person_uid=str(row.uid),
        session_id=row.session_id,
        short_name=row.given_names.split(" ", 1)[0],
        language=row.language,
        zone=row.zone,
        grants=grants,
        ties=frozenset(grant.institution_id for grant in grants if grant.institution_id),
        unread=row.unread,
    )


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
