"""Who a session belongs to: two statements on every signed-in request, built once."""

from datetime import datetime

from flask import g
from sqlalchemy import Connection, bindparam, func, or_, select

from lms.foundation.access.scopes import Grant as Granted
from lms.foundation.access.scopes import ScopeKind
from lms.foundation.mail.models import Notice
from lms.foundation.web.identity import SignedIn
from lms.foundation.web.reading import database, reading_connection
from lms.people.models import Grant, Installation, LoginSession, Person
from lms.people.models.person import PersonState

_UNREAD = (
    select(func.count())
    .select_from(Notice)
    .where(Notice.person_id == Person.id, Notice.read_at.is_(None))
    .scalar_subquery()
)
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
    )
    .join(Person, Person.id == LoginSession.person_id)
    .where(
        LoginSession.token_hash == bindparam("token_hash"),
        LoginSession.revoked_at.is_(None),
        LoginSession.expires_at > bindparam("now", type_=LoginSession.expires_at.type),
        Person.state == PersonState.ACTIVE,
    )
)
_GRANTS = (
    select(Grant.role, Grant.kind, Grant.institution_id, Grant.cohort_id, Grant.course_id)
    .where(
        Grant.person_id == bindparam("person_id"),
        Grant.starts_at <= bindparam("now", type_=Grant.starts_at.type),
        or_(Grant.ends_at.is_(None), Grant.ends_at > bindparam("now", type_=Grant.starts_at.type)),
    )
    .order_by(Grant.id)
    .limit(200)
)


def identity_by_token(token_hash: str) -> SignedIn | None:
    """The person whose living session this is, with every grant that holds today."""
    now = database().clock()
    connection = reading_connection()
    row = connection.execute(_SESSION, {"token_hash": token_hash, "now": now}).first()
    if row is None:
        return None
    g.cabildo_site_version = row.site_version
    grants = grants_of(connection, row.id, now)
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
    return tuple(
        Granted(
            role=row.role,
            kind=ScopeKind(row.kind),
            institution_id=row.institution_id,
            cohort_id=row.cohort_id,
            course_id=row.course_id,
        )
        for row in rows
    )
