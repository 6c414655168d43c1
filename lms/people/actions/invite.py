"""Inviting: an institution enrols somebody who is not here yet, and they come in by its letter."""

from collections.abc import Callable

from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, Refused
from lms.foundation.kernel.ids import new_code, new_secret
from lms.foundation.mail.actions import write
from lms.people.actions import codes, sessions
from lms.people.actions.confirm import activate
from lms.people.actions.help_desk import NewPerson, open_account
from lms.people.actions.sessions import Browser
from lms.people.models import OneTimeCode, Person, Post
from lms.people.models.account import CodePurpose
from lms.people.models.person import IdentifierKind, PersonState
from lms.people.queries import accounts
from lms.people.queries.directory import at_address

ENROLLED, APPOINTED = "people/invited", "people/invited_to_work"
"""Why somebody is invited: to study, or to work there."""
GONE = N_("This account is open already. Sign in, or recover your password.")


def invite(work: Work, new: NewPerson, by: str, post: Post | None = None) -> Person:
    """An account that waits for its owner, with what the institution knows of them.

    Nothing of it is taken for proved: the letter proves the address, the help desk a document.
    """
    person = open_account(work, new, state=PersonState.INVITED)
    if post is not None:
        post.person_id = person.id
        work.session.add(post)
    record(work, "person.invited", person, detail={"by": by})
    return person


def take_in(work: Work, person: Person) -> None:
    """Somebody registered and never confirmed it; enrolled now, their account waits for them."""
    person.state = PersonState.INVITED
    record(work, "person.invited", person, detail={"by": "registration"})


def secret_for(work: Work, person: Person) -> str:
    """What a letter's link holds: it lets its reader in once, and cancels those before it."""
    secret = new_secret()
    email = accounts.email_of(work.session, person.id)
    codes.spend_all(work, person.id, CodePurpose.INVITATION)
    codes.make(
        work, person.id, CodePurpose.INVITATION, secret, target=email.value if email else None
    )
    return secret


def code_for(work: Work, person: Person) -> str:
    """The same as a code to be handed over on paper, for whoever has no e-mail."""
    if person.state != PersonState.INVITED:
        raise Refused(GONE)
    code = new_code()
    codes.spend_all(work, person.id, CodePurpose.INVITATION)
    codes.make(work, person.id, CodePurpose.INVITATION, code)
    record(work, "person.code_issued", person, detail={"by": "registrar"})
    return code


def send_invitation(
    work: Work, person: Person, link_to: Callable[[str], str], letter: str = ENROLLED
) -> bool:
    """Write the invitation once more, to whoever was invited and has an address; says if so."""
    email = accounts.email_of(work.session, person.id)
    if person.state != PersonState.INVITED or email is None:
        return False
    write(
        work,
        at_address(work.session, email.value, language=person.language, zone=person.zone),
        letter,
        person_id=person.id,
        link=link_to(secret_for(work, person)),
        secret=True,
        name=person.short_name,
    )
    return True


def send_again(work: Work, code: str, link_to: Callable[[str], str]) -> None:
    """Whoever holds a link that is too old is sent another, to the address it was sent to."""
    found = invited_by(work, code)
    if found is not None and found.target:
        send_invitation(work, accounts.locked(work.session, found.person_id), link_to)


def invited_by(work: Work, code: str) -> OneTimeCode | None:
    """The invitation that a link or a code means, whatever its state."""
    return accounts.one_time_code(work.session, CodePurpose.INVITATION, code)


def accept(work: Work, code: str, new_hash: str, consent: str, browser: Browser) -> str:
    """Whoever was invited comes in: the account is theirs, with a password they have chosen.

    A link was read at its address, so that address is proved; a code on paper proves nothing more.
    Returns the token of their session.
    """
    found = codes.use(work, CodePurpose.INVITATION, code, codes.INVITED)
    person = accounts.locked(work.session, found.person_id)
    if person.state != PersonState.INVITED:
        raise Refused(GONE)
    for identifier in accounts.identifiers(work.session, person.id):
        is_read = identifier.kind == IdentifierKind.EMAIL and identifier.value == found.target
        if is_read and identifier.verified_at is None:
            identifier.verified_at = work.now
            identifier.verified_by = "letter"
    activate(work, person, by="invitation")
    person.password_hash = new_hash
    person.consented_at, person.consent_version = work.now, consent
    codes.spend_all(work, person.id, CodePurpose.INVITATION, CodePurpose.CONFIRM_EMAIL)
    record(work, "person.accepted", person, detail={"consent": consent})
    return sessions.start(work, person.id, browser)


def disown(work: Work, code: str) -> None:
    """Whoever reads the address is not who was invited: it is taken off that account."""
    found = codes.use(work, CodePurpose.INVITATION, code, codes.INVITED)
    person = accounts.locked(work.session, found.person_id)
    if person.state != PersonState.INVITED:
        raise Refused(GONE)
    for identifier in accounts.identifiers(work.session, person.id):
        if identifier.kind == IdentifierKind.EMAIL and identifier.value == found.target:
            work.session.delete(identifier)
            record(work, "person.address_disowned", person, personal={"email": identifier.value})
    work.session.flush()
