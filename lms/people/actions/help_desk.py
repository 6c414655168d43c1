"""What the help desk does for people: accounts, single-use codes, roles."""

from dataclasses import dataclass

from sqlalchemy import select

from lms.foundation.access.roles import Role
from lms.foundation.access.scopes import ScopeKind
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, NotFound, Refused
from lms.foundation.kernel.ids import new_code
from lms.people.actions import codes
from lms.people.formats.documents import Document
from lms.people.formats.phones import Phone
from lms.people.models import Grant, Identifier, Institution, Person
from lms.people.models.account import CodePurpose
from lms.people.models.person import IdentifierKind, PersonState
from lms.people.queries import accounts, people
from lms.people.rules.names import Name


@dataclass(frozen=True)
class NewPerson:
    """Somebody whose identity the one who writes this has checked."""

    name: Name
    country: str
    password_hash: str | None
    language: str = "es"
    email: str | None = None
    phone: Phone | None = None
    document: Document | None = None


def create(work: Work, new: NewPerson, by: str) -> Person:
    """An account made by hand may be used at once: whoever makes it answers for it."""
    found: list[tuple[str, str, str]] = []
    if new.email:
        found.append((IdentifierKind.EMAIL, new.email, new.email))
    if new.phone:
        found.append((IdentifierKind.PHONE, new.phone.value, new.phone.shown))
    if new.document:
        found.append((IdentifierKind.DOCUMENT, new.document.value, new.document.shown))
    if not found:
        raise Refused(N_("Give an e-mail address, a phone number or a document."))
    if people.by_identifiers(work.session, [(kind, value) for kind, value, _ in found]):
        raise Refused(N_("Somebody already has that e-mail, phone or document."))
    person = Person(
        given_names=new.name.given_names,
        first_surname=new.name.first_surname,
        second_surname=new.name.second_surname,
        search=new.name.search,
        country=new.country,
        language=new.language,
        password_hash=new.password_hash,
        state=PersonState.ACTIVE,
        created_at=work.now,
    )
    work.session.add(person)
    work.session.flush()
    for kind, value, shown in found:
        work.session.add(
            Identifier(
                person_id=person.id,
                kind=kind,
                value=value,
                shown=shown,
                verified_at=work.now,
                verified_by=by,
                created_at=work.now,
            )
        )
    record(work, "person.created", person, detail={"by": by})
    return person


def issue_code(work: Work, person_id: int, by: str) -> str:
    """A code that lets a person in once within a day; whoever gives it has checked who they are."""
    person = accounts.locked(work.session, person_id)
    if person.state == PersonState.CLOSED:
        raise Refused(N_("This account is closed."))
    code = new_code()
    codes.spend_all(work, person_id, CodePurpose.HELP_DESK)
    codes.make(work, person_id, CodePurpose.HELP_DESK, code, target=by)
    record(work, "person.code_issued", person, detail={"by": by})
    return code


def grant(work: Work, person_id: int, role: Role, institution_key: str | None, by: str) -> bool:
    """A person acts for an institution from now on; says whether that is new.

    An administrator without an institution is one of the whole installation.
    """
    if role == Role.PARTICIPANT:
        raise Refused(N_("Everybody is a participant; that is not granted."))
    institution = _institution(work, institution_key)
    everywhere = role == Role.ADMINISTRATOR and institution_key is None
    kind = ScopeKind.INSTALLATION if everywhere else ScopeKind.INSTITUTION
    held = work.session.scalar(
        select(Grant.id).where(
            Grant.person_id == person_id,
            Grant.role == role,
            Grant.kind == kind,
            Grant.institution_id == institution.id,
            Grant.ends_at.is_(None),
        )
    )
    if held is not None:
        return False
    row = Grant(
        person_id=person_id,
        institution_id=institution.id,
        role=role,
        kind=kind,
        starts_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    record(work, "grant.given", row, detail={"role": role, "kind": kind, "by": by})
    return True


def _institution(work: Work, key: str | None) -> Institution:
    statement = select(Institution).order_by(Institution.id).limit(1)
    if key is not None:
        statement = statement.where(Institution.key == key)
    found = work.session.scalar(statement)
    if found is None:
        raise NotFound(
            N_("There is no institution with the key %(key)s.")
            if key
            else N_("There is no institution yet. Run lms demo, or create one."),
            key=key,
        )
    return found
