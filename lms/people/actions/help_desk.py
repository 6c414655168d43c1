"""What the help desk does for people: accounts, single-use codes, roles."""

from dataclasses import dataclass

from sqlalchemy import select

from lms.foundation.access.policy import POLICY
from lms.foundation.access.roles import Role
from lms.foundation.access.scopes import ScopeKind
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, NotFound, Refused
from lms.foundation.kernel.ids import new_code
from lms.people.actions import codes
from lms.people.formats.documents import Document
from lms.people.formats.phones import Phone
from lms.people.models import Grant, Identifier, Installation, Institution, Person
from lms.people.models.account import CodePurpose
from lms.people.models.person import IdentifierKind, PersonState
from lms.people.queries import accounts, people
from lms.people.rules.names import Name


@dataclass(frozen=True)
class NewPerson:
    """Somebody whose identity the one who writes this has checked, or answers for."""

    name: Name
    country: str
    password_hash: str | None = None
    language: str = "es"
    email: str | None = None
    phone: Phone | None = None
    document: Document | None = None


def create(work: Work, new: NewPerson, by: str) -> Person:
    """An account made by hand may be used at once: whoever makes it answers for it."""
    person = open_account(work, new, state=PersonState.ACTIVE, verified_by=by)
    record(work, "person.created", person, detail={"by": by})
    return person


def open_account(
    work: Work, new: NewPerson, *, state: PersonState, verified_by: str | None = None
) -> Person:
    """A person with what identifies them, which must be nobody else's."""
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
        state=state,
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
                verified_at=work.now if verified_by else None,
                verified_by=verified_by,
                created_at=work.now,
            )
        )
    work.session.flush()
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


@dataclass(frozen=True)
class Place:
    """Where a role is held: an institution by its key (or the site's own), or one cohort of it."""

    institution_key: str | None = None
    institution_id: int | None = None
    cohort_id: int | None = None


HERE = Place()


def grant(work: Work, person_id: int, role: Role, by: str, place: Place = HERE) -> bool:
    """A person acts for an institution, or in one cohort of it; says whether that is new.

    An administrator without an institution is one of the whole installation.
    """
    if role == Role.PARTICIPANT:
        raise Refused(N_("Everybody is a participant; that is not granted."))
    institution_id = place.institution_id or _institution(work, place.institution_key).id
    cohort_id = place.cohort_id
    if cohort_id is not None:
        kind = ScopeKind.COHORT
    elif role == Role.ADMINISTRATOR and place.institution_key is None:
        kind = ScopeKind.INSTALLATION
    else:
        kind = ScopeKind.INSTITUTION
    if not any((role, kind) in rule for rule in POLICY.values()):
        raise Refused(
            N_("A tutor acts in one cohort: say which.")
            if role == Role.TUTOR
            else N_("That role is not held in one cohort but at the institution.")
        )
    held = work.session.scalar(
        select(Grant.id).where(
            Grant.person_id == person_id,
            Grant.role == role,
            Grant.kind == kind,
            Grant.institution_id == institution_id,
            Grant.cohort_id == cohort_id if cohort_id else Grant.cohort_id.is_(None),
            Grant.ends_at.is_(None),
        )
    )
    if held is not None:
        return False
    row = Grant(
        person_id=person_id,
        institution_id=institution_id,
        role=role,
        kind=kind,
        cohort_id=cohort_id,
        starts_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    record(work, "grant.given", row, detail={"role": role, "kind": kind, "by": by})
    return True


def _institution(work: Work, key: str | None) -> Institution:
    statement = select(Institution)
    if key is None:
        statement = statement.join(Installation, Installation.institution_id == Institution.id)
    else:
        statement = statement.where(Institution.key == key)
    found = work.session.scalar(statement)
    if found is None and key is None:
        raise NotFound(N_("There is no institution yet. Run lms demo, or create one."))
    if found is None:
        raise NotFound(N_("There is no institution with the key %(key)s."), key=key)
    return found
