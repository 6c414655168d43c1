"""Confirming: whoever reads the address, bears an invitation or stood at the desk is let in."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, select

from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, Conflict, Refused
from lms.foundation.kernel.ids import new_secret
from lms.foundation.mail.actions import tell, write
from lms.people import invitations
from lms.people.actions import codes, sessions
from lms.people.actions.sessions import Browser
from lms.people.models import Identifier, Person
from lms.people.models.account import CodePurpose
from lms.people.models.person import IdentifierKind, PersonState
from lms.people.queries import accounts
from lms.people.queries.directory import at_address


def confirm_email(work: Work, code: str) -> None:
    """Whoever opened the letter reads that address: it is theirs, and a waiting account opens."""
    found = codes.use(work, CodePurpose.CONFIRM_EMAIL, code)
    person = accounts.locked(work.session, found.person_id)
    address = found.target or ""
    identifier = work.session.scalar(
        select(Identifier).where(
            Identifier.kind == IdentifierKind.EMAIL, Identifier.value == address
        )
    )
    if identifier is not None and identifier.person_id != person.id:
        raise Conflict(N_("That address belongs to another account. Ask the help desk."))
    if identifier is None:
        identifier = _replace_address(work, person, address)
    if identifier.verified_at is None:
        identifier.verified_at = work.now
        identifier.verified_by = "letter"
    activate(work, person, by="letter")


def confirm_by_invitation(work: Work, person_id: int) -> None:
    """An invitation is given in person: its bearer's account needs no letter."""
    activate(work, accounts.locked(work.session, person_id), by="invitation")


@dataclass(frozen=True)
class Entered:
    """The token of somebody who was let in, and the cohort they were invited to."""

    token: str
    cohort: UUID


def enter_with_key(work: Work, person_id: int, key: str, browser: Browser) -> Entered:
    """A waiting account opens with an invitation key that is good today, and lets its owner in."""
    cohort = invitations.cohort_of(work.session, key, work.now)
    if cohort is None:
        raise Refused(N_("That invitation key is not right, or it is no longer good."))
    confirm_by_invitation(work, person_id)
    return Entered(sessions.start(work, person_id, browser), cohort)


def activate(work: Work, person: Person, *, by: str) -> None:
    """A waiting account may be used from now on."""
    if person.state in (PersonState.PENDING, PersonState.INVITED):
        person.state = PersonState.ACTIVE
        record(work, "person.confirmed", person, detail={"by": by})


def ask_email_change(
    work: Work, person_id: int, address: str, link_to: Callable[[str], str], help_link: str
) -> None:
    """A new address counts once its reader has confirmed it; until then the old one stays.

    If it is somebody's already, the letter to it says so and the page says nothing.
    """
    person = accounts.locked(work.session, person_id)
    to = at_address(work.session, address, language=person.language, zone=person.zone)
    holder = work.session.scalar(
        select(Identifier).where(
            Identifier.kind == IdentifierKind.EMAIL, Identifier.value == address
        )
    )
    if holder is not None and holder.person_id != person_id:
        write(work, to, "people/not_registered", link=help_link)
        return
    secret = new_secret()
    codes.spend_all(work, person_id, CodePurpose.CONFIRM_EMAIL)
    codes.make(work, person_id, CodePurpose.CONFIRM_EMAIL, secret, target=address)
    record(work, "person.email_asked", person, personal={"email": address})
    write(
        work, to, "people/confirm_address", person_id=person_id, link=link_to(secret),
        secret=True, name=person.short_name,
    )  # fmt: skip


def _replace_address(work: Work, person: Person, address: str) -> Identifier:
    old = accounts.email_of(work.session, person.id)
    before = old.value if old else None
    if old is not None and old.verified_at is not None:
        tell(work, person.id, "people/email_changed", name=person.short_name)
    work.session.execute(
        delete(Identifier).where(
            Identifier.person_id == person.id, Identifier.kind == IdentifierKind.EMAIL
        )
    )
    identifier = Identifier(
        person_id=person.id,
        kind=IdentifierKind.EMAIL,
        value=address,
        shown=address,
        created_at=work.now,
    )
    work.session.add(identifier)
    record(work, "person.email_changed", person, personal={"before": before, "after": address})
    return identifier
