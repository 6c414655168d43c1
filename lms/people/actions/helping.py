"""What the help desk does for somebody who stands before it, once it knows who they are."""

from uuid import UUID

from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, Refused
from lms.people.actions import help_desk, sessions
from lms.people.actions.authority import must_reach
from lms.people.actions.confirm import activate
from lms.people.models import Person
from lms.people.models.person import IdentifierKind, PersonState
from lms.people.queries import accounts, people, tries

BY = "help desk"


def give_code(work: Work, person_id: int, how: str, institution_id: int | None) -> str:
    """A single-use code for somebody whose identity was checked, and how it was."""
    must_reach(work, accounts.locked(work.session, person_id))
    code = help_desk.issue_code(work, person_id, who_acts(work))
    person = work.session.get_one(Person, person_id)
    record(
        work, "person.identity_checked", person, institution_id=institution_id,
        personal={"how": how},
    )  # fmt: skip
    return code


def confirm(work: Work, person_id: int, how: str, institution_id: int | None) -> None:
    """An account without e-mail opens: the help desk has seen its holder, phone and document."""
    person = accounts.locked(work.session, person_id)
    must_reach(work, person)
    if person.state != PersonState.PENDING:
        raise Refused(N_("This account is confirmed already."))
    activate(work, person, by=BY)
    for identifier in accounts.identifiers(work.session, person_id):
        # An address is proved by reading what comes to it, and by nothing else.
        if identifier.verified_at is None and identifier.kind != IdentifierKind.EMAIL:
            identifier.verified_at = work.now
            identifier.verified_by = f"{BY}: {who_acts(work)}"
    record(
        work, "person.identity_checked", person, institution_id=institution_id,
        personal={"how": how},
    )  # fmt: skip


def unlock(work: Work, person_id: int, institution_id: int | None) -> bool:
    """Somebody who tried too often may try again at once; says whether they had to wait."""
    person = accounts.locked(work.session, person_id)
    must_reach(work, person)
    identifiers = accounts.identifiers(work.session, person_id)
    was_locked = tries.unlock(work, tries.places_of(person, identifiers))
    record(work, "person.unlocked", person, institution_id=institution_id)
    return was_locked


def close_sessions(work: Work, person_id: int, institution_id: int | None) -> int:
    """Every device of somebody is signed out, for it may be lost or in other hands."""
    person = accounts.locked(work.session, person_id)
    must_reach(work, person)
    ended = sessions.end_others(work, person_id)
    record(
        work, "person.sessions_closed", person, institution_id=institution_id,
        detail={"number": ended},
    )  # fmt: skip
    return ended


def show_document(
    work: Work, person_id: int, identifier: UUID, reason: str, institution_id: int | None
) -> str:
    """A document's number whole. Whoever looks leaves their name and their reason."""
    person = accounts.locked(work.session, person_id)
    must_reach(work, person)
    found = accounts.own_identifier(work.session, person_id, identifier)
    record(
        work, "person.document_shown", person, institution_id=institution_id,
        detail={"identifier": str(found.uid)}, personal={"reason": reason},
    )  # fmt: skip
    return found.value.rpartition(":")[2]


def who_acts(work: Work) -> str:
    """The name of who acts, as it is kept beside what they confirmed."""
    actor = work.actor.person_id
    if actor is None:
        return work.actor.channel
    return people.names(work.session, [actor])[actor].full
