"""What signing in, codes and the account page read."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.foundation.kernel.errors import N_, NotFound, Refused
from lms.foundation.web.identity import hash_of
from lms.people.models import Identifier, LoginSession, OneTimeCode, Person, Post
from lms.people.models.person import IdentifierKind, PersonState

JOINED = N_("This account was joined with another one of the same person. Open the page again.")
MOST_SESSIONS = 50
MOST_POSTS = 50


def locked(session: Session, person_id: int) -> Person:
    """A person's row, held until the transaction ends; others may go on referring to it.

    Nothing is done any more to an account that was joined into another.
    """
    person = session.get(Person, person_id, with_for_update={"key_share": True})
    if person is None:
        raise NotFound()
    if person.state == PersonState.MERGED:
        raise Refused(JOINED)
    return person


def locked_pair(session: Session, one: int, other: int) -> tuple[Person, Person]:
    """Two people's rows, whatever their state: the lower id first, whoever asks."""
    found = {
        person.id: person
        for person in session.scalars(
            select(Person)
            .where(Person.id.in_((one, other)))
            .order_by(Person.id)
            .with_for_update(key_share=True)
            .execution_options(populate_existing=True)
        )
    }
    if len(found) < len({one, other}):
        raise NotFound()
    return found[one], found[other]


def one_time_code(
    session: Session, purpose: str, code: str, *, lock: bool = False
) -> OneTimeCode | None:
    """The stored code that somebody holds, whatever its state."""
    statement = select(OneTimeCode).where(
        OneTimeCode.code_hash == hash_of(code), OneTimeCode.purpose == purpose
    )
    return session.scalar(statement.with_for_update() if lock else statement)


def identifiers(session: Session, person_id: int) -> Sequence[Identifier]:
    """Everything a person is known by, in the order it was given."""
    return session.scalars(
        select(Identifier)
        .where(Identifier.person_id == person_id)
        .order_by(Identifier.id)
        .limit(50)
    ).all()


def own_identifier(session: Session, person_id: int, uid: UUID) -> Identifier:
    """One identifier of this person; anybody else's does not exist."""
    found = session.scalar(
        select(Identifier).where(Identifier.uid == uid, Identifier.person_id == person_id)
    )
    if found is None:
        raise NotFound()
    return found


def email_of(session: Session, person_id: int) -> Identifier | None:
    """A person's e-mail address, verified or not."""
    return session.scalar(
        select(Identifier)
        .where(Identifier.person_id == person_id, Identifier.kind == IdentifierKind.EMAIL)
        .order_by(Identifier.id)
        .limit(1)
    )


def own_words(session: Session, person_id: int) -> list[str]:
    """What a person's password must not be made of: names, addresses, numbers."""
    person = session.get_one(Person, person_id)
    values = [identifier.value for identifier in identifiers(session, person_id)]
    return [person.full_name, *(value.rpartition(":")[2] for value in values)]


def sessions(session: Session, person_id: int, now: datetime) -> Sequence[LoginSession]:
    """The browsers that are signed in, the newest first."""
    return session.scalars(
        select(LoginSession)
        .where(
            LoginSession.person_id == person_id,
            LoginSession.revoked_at.is_(None),
            LoginSession.expires_at > now,
        )
        .order_by(LoginSession.created_at.desc(), LoginSession.id.desc())
        .limit(MOST_SESSIONS)
    ).all()


def last_entry(session: Session, person_id: int) -> datetime | None:
    """When somebody last signed in, wherever; sessions that ended long ago are forgotten."""
    return session.scalar(
        select(func.max(LoginSession.created_at)).where(LoginSession.person_id == person_id)
    )


def posts(session: Session, person_id: int) -> Sequence[Post]:
    """The posts of a person, present ones first, then the latest."""
    return session.scalars(
        select(Post)
        .where(Post.person_id == person_id)
        .order_by(Post.ends_on.is_not(None), Post.ends_on.desc(), Post.id.desc())
        .limit(MOST_POSTS)
    ).all()


def own_post(session: Session, person_id: int, uid: UUID) -> Post:
    """One post of this person; anybody else's does not exist."""
    post = session.scalar(select(Post).where(Post.uid == uid, Post.person_id == person_id))
    if post is None:
        raise NotFound()
    return post
