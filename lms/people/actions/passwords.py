"""Passwords: recovered by letter, changed by their owner, set anew with a help desk code."""

from collections.abc import Callable, Sequence

from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.kernel.ids import new_secret
from lms.foundation.mail.actions import tell, write
from lms.people.actions import codes, invite, sessions
from lms.people.actions.confirm import activate
from lms.people.actions.register import Links, send_confirmation
from lms.people.actions.sessions import Browser
from lms.people.models import Person
from lms.people.models.account import CodePurpose
from lms.people.models.person import IdentifierKind, PersonState
from lms.people.queries import accounts, people
from lms.people.queries.directory import at_address


def send_recovery(
    work: Work, pairs: Sequence[tuple[str, str]], reset: Callable[[str], str], links: Links
) -> None:
    """Whoever forgot their password gets a link at their verified address; nobody else learns."""
    for person in people.by_identifiers(work.session, pairs):
        email = accounts.email_of(work.session, person.id)
        if email is None or person.state == PersonState.CLOSED:
            continue
        if person.state == PersonState.INVITED:
            invite.send_invitation(work, person, links.invitation)
        elif email.verified_at is None:
            send_confirmation(work, person.id, links)
        else:
            secret = new_secret()
            codes.spend_all(work, person.id, CodePurpose.RESET_PASSWORD)
            codes.make(work, person.id, CodePurpose.RESET_PASSWORD, secret)
            record(work, "password.recovery_asked", person)
            write(
                work,
                at_address(work.session, email.value, language=person.language, zone=person.zone),
                "people/recover",
                person_id=person.id,
                link=reset(secret),
                secret=True,
                name=person.short_name,
            )


def reset(work: Work, code: str, new_hash: str, account: str) -> None:
    """A new password by the link of a letter; every session ends, also a thief's."""
    found = codes.use(work, CodePurpose.RESET_PASSWORD, code)
    person = accounts.locked(work.session, found.person_id)
    _set(work, person, new_hash, account, by="letter")


def change(work: Work, person_id: int, new_hash: str, browser: Browser, account: str) -> str:
    """A person changes their password; every session ends, this browser gets a new one."""
    person = accounts.locked(work.session, person_id)
    _set(work, person, new_hash, account, by="owner")
    return sessions.open_for(work, person, browser)


def enter_with_code(work: Work, code: str, new_hash: str, browser: Browser, account: str) -> str:
    """A help desk code lets its bearer in once, with a password they have just chosen.

    The help desk has seen the person's document, so the account and the document are confirmed.
    """
    found = codes.use(work, CodePurpose.HELP_DESK, code, codes.SPOKEN)
    person = accounts.locked(work.session, found.person_id)
    for identifier in accounts.identifiers(work.session, person.id):
        if identifier.kind == IdentifierKind.DOCUMENT and identifier.verified_at is None:
            identifier.verified_at = work.now
            identifier.verified_by = f"help desk: {found.target}"
    activate(work, person, by="help desk")
    _set(work, person, new_hash, account, by="help desk code")
    return sessions.open_for(work, person, browser)


def _set(work: Work, person: Person, new_hash: str, account: str, *, by: str) -> None:
    person.password_hash = new_hash
    codes.spend_all(work, person.id, CodePurpose.RESET_PASSWORD, CodePurpose.HELP_DESK)
    sessions.end_others(work, person.id)
    record(work, "password.changed", person, detail={"by": by})
    tell(work, person.id, "people/password_changed", link=account, name=person.short_name)
