"""Sessions: opened by whoever proved who they are, ended one by one or all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update

from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, NotFound, Refused
from lms.foundation.kernel.ids import new_secret
from lms.foundation.web.identity import hash_of
from lms.foundation.web.limits import Try, give_back
from lms.people.models import LoginSession, Person
from lms.people.models.person import PersonState
from lms.people.queries import accounts


@dataclass(frozen=True)
class Browser:
    """Where somebody signs in: its name, how long it is remembered, the token it had before."""

    device: str
    days: int
    token_before: str | None = None


def start(
    work: Work,
    person_id: int,
    browser: Browser,
    *,
    new_hash: str | None = None,
    tries: Sequence[Try] = (),
) -> str:
    """A person is let in with a token never used before; the one this browser had is ended.

    ``new_hash`` replaces a password hash that was made with weaker parameters; ``tries`` were
    counted before the password was judged, and were no misses.
    """
    give_back(work, *tries)
    person = accounts.locked(work.session, person_id)
    if person.state != PersonState.ACTIVE:
        raise Refused(N_("This account cannot be used. Ask the help desk."))
    if new_hash is not None:
        person.password_hash = new_hash
    if browser.token_before:
        _end(work, LoginSession.token_hash == hash_of(browser.token_before))
    return open_for(work, person, browser)


def open_for(work: Work, person: Person, browser: Browser) -> str:
    """A new session of this person; only its hash is kept."""
    token = new_secret()
    work.session.add(
        LoginSession(
            token_hash=hash_of(token),
            person_id=person.id,
            device=browser.device,
            created_at=work.now,
            expires_at=work.now + timedelta(days=browser.days),
        )
    )
    record(work, "session.started", person)
    return token


def end(work: Work, session_id: int) -> None:
    """Somebody signs out of the browser they are using."""
    _end(work, LoginSession.id == session_id)


def end_one(work: Work, person_id: int, uid: UUID) -> None:
    """A person ends one of their own sessions; another's does not exist."""
    found = work.session.scalar(
        select(LoginSession).where(LoginSession.uid == uid, LoginSession.person_id == person_id)
    )
    if found is None:
        raise NotFound()
    if found.revoked_at is None:
        found.revoked_at = work.now
        record(work, "session.ended", found)


def end_others(work: Work, person_id: int, keep: int | None = None) -> int:
    """A person ends all their sessions, except perhaps the one they are using; says how many."""
    ended = _end(work, LoginSession.person_id == person_id, LoginSession.id != (keep or 0))
    if ended:
        person = work.session.get_one(Person, person_id)
        record(work, "session.ended_all", person, detail={"number": ended})
    return ended


def _end(work: Work, *which: object) -> int:
    statement = (
        update(LoginSession)
        .where(*which, LoginSession.revoked_at.is_(None))  # type: ignore[arg-type]
        .values(revoked_at=work.now)
        .returning(LoginSession.id)
    )
    return len(work.session.execute(statement).all())
