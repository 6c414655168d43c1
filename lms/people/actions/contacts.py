"""What somebody is known by, corrected by the help desk: address, phone, document."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, Conflict, Refused
from lms.foundation.mail.actions import tell
from lms.people.actions.authority import must_reach
from lms.people.actions.confirm import ask_email_change
from lms.people.actions.helping import BY, who_acts
from lms.people.models import Identifier, Person
from lms.people.models.person import PersonState
from lms.people.queries import accounts
from lms.people.rules import links

TAKEN = N_(
    "Another account has it already. If it is the same person, join both accounts: see possible"
    " duplicates."
)


@dataclass(frozen=True)
class Known:
    """Something that somebody is known by, written in its one form and as it is shown."""

    kind: str
    value: str
    shown: str


def correct(
    work: Work,
    person_id: int,
    old: UUID | None,
    new: Known,
    reason: str,
    institution_id: int | None,
) -> None:
    """A phone or document is put right, or added where there was none.

    It counts at once, for the help desk has seen it; the person is told.
    """
    person = accounts.locked(work.session, person_id)
    must_reach(work, person)
    before = accounts.own_identifier(work.session, person_id, old) if old else None
    holder = work.session.scalar(
        select(Identifier).where(Identifier.kind == new.kind, Identifier.value == new.value)
    )
    if holder is not None:
        if holder.person_id == person_id:
            raise Refused(N_("It is written like that already."))
        raise Conflict(TAKEN)
    if before is not None:
        work.session.delete(before)
        work.session.flush()
    identifier = Identifier(
        person_id=person_id,
        kind=new.kind,
        value=new.value,
        shown=new.shown,
        verified_at=work.now,
        verified_by=f"{BY}: {who_acts(work)}",
        created_at=work.now,
    )
    work.session.add(identifier)
    _remember(work, person, reason, institution_id, before, identifier)


def correct_email(
    work: Work,
    person_id: int,
    address: str,
    reason: str,
    institution_id: int | None,
    link_to: Callable[[str], str],
    help_link: str,
) -> None:
    """A new address for somebody counts once its reader has confirmed it."""
    person = accounts.locked(work.session, person_id)
    must_reach(work, person)
    ask_email_change(work, person_id, address, link_to, help_link)
    record(
        work, "person.contact_corrected", person, institution_id=institution_id,
        detail={"kind": "email"}, personal={"reason": reason, "after": address},
    )  # fmt: skip


def remove(
    work: Work, person_id: int, identifier: UUID, reason: str, institution_id: int | None
) -> None:
    """What is not somebody's is taken away; everybody keeps something to be known by."""
    person = accounts.locked(work.session, person_id)
    must_reach(work, person)
    found = accounts.own_identifier(work.session, person_id, identifier)
    if len(accounts.identifiers(work.session, person_id)) == 1:
        raise Refused(N_("It is all this person is known by. Add another before you take it away."))
    work.session.delete(found)
    work.session.flush()
    _remember(work, person, reason, institution_id, found, None)


def _remember(
    work: Work,
    person: Person,
    reason: str,
    institution_id: int | None,
    before: Identifier | None,
    after: Identifier | None,
) -> None:
    kind = (after or before).kind  # type: ignore[union-attr]
    record(
        work,
        "person.contact_corrected",
        person,
        institution_id=institution_id,
        detail={"kind": kind},
        personal={
            "reason": reason,
            "before": before.value if before else None,
            "after": after.value if after else None,
        },
    )
    if person.state != PersonState.PENDING:
        tell(
            work, person.id, "people/contact_corrected", link=links.ACCOUNT,
            name=person.short_name, kind=kind,
        )  # fmt: skip
