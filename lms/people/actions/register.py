"""Registering: one person, once, without telling strangers who already is here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.kernel.ids import new_secret
from lms.foundation.mail.actions import write
from lms.foundation.mail.models import Notice
from lms.people.actions import codes
from lms.people.actions.invite import send_invitation
from lms.people.formats.documents import Document
from lms.people.formats.phones import Phone
from lms.people.models import Identifier, Merge, OneTimeCode, Person, Post
from lms.people.models.account import CodePurpose
from lms.people.models.person import IdentifierKind, PersonState
from lms.people.queries import accounts
from lms.people.queries.directory import at_address
from lms.people.queries.people import one_of
from lms.people.rules.names import Name

# An account nobody has confirmed keeps its address and numbers from others only this long.
EMAIL_WAITS = timedelta(hours=48)
PHONE_WAITS = timedelta(days=30)


@dataclass(frozen=True)
class Links:
    """Paths of pages that letters lead to."""

    confirm: Callable[[str], str]
    invitation: Callable[[str], str]
    sign_in: str
    help: str


@dataclass(frozen=True)
class Registration:
    """What somebody says of themselves when they register; the password is already hashed."""

    name: Name
    document: Document
    country: str
    region: str
    municipality: str
    position: str
    password_hash: str
    language: str
    consent_version: str
    email: str | None = None
    phone: Phone | None = None

    @property
    def identifiers(self) -> list[tuple[str, str, str]]:
        """Kind, value and how it is shown, of everything that must be nobody else's."""
        found = [(IdentifierKind.DOCUMENT.value, self.document.value, self.document.shown)]
        if self.phone:
            found.insert(0, (IdentifierKind.PHONE, self.phone.value, self.phone.shown))
        if self.email:
            found.insert(0, (IdentifierKind.EMAIL, self.email, self.email))
        return found


def register(work: Work, new: Registration, links: Links) -> None:
    """Open an account that waits to be confirmed; if somebody is here already, only they learn it.

    Whoever registers is answered the same in every case. What is the matter goes by letter to the
    address that was given: a way in for its owner, the help desk for everything else.
    """
    _let_go_of_abandoned(work, new)
    holders = _holders(work, new)
    if not holders:
        try:
            with work.session.begin_nested():
                _open(work, new, links)
        except IntegrityError:
            # The same registration arrived twice at the same moment: the other one was first.
            holders = _holders(work, new)
            if not holders:
                raise
    if holders:
        _answer_by_letter(work, new, links, holders)


def send_confirmation(work: Work, person_id: int, links: Links) -> None:
    """Write the confirmation letter once more while the account waits for it."""
    person = work.session.get_one(Person, person_id)
    for identifier in _of(work, person_id, IdentifierKind.EMAIL):
        if identifier.verified_at is None:
            _write_confirmation(work, person, identifier.value, links)


def send_again_if_waiting(work: Work, person_id: int, links: Links) -> None:
    """Whoever holds an old link is sent another; an account that is open already needs none."""
    if accounts.locked(work.session, person_id).state == PersonState.PENDING:
        send_confirmation(work, person_id, links)


def disown(work: Work, code: str) -> None:
    """The owner of an address says that the registration is not theirs: it is forgotten."""
    found = codes.use(work, CodePurpose.CONFIRM_EMAIL, code)
    person = accounts.locked(work.session, found.person_id)
    if person.state == PersonState.PENDING:
        discard(work, person)


def discard(work: Work, person: Person) -> None:
    """An account that was never confirmed has done nothing: it leaves no personal data behind."""
    record(work, "person.discarded", person)
    for table in (OneTimeCode, Identifier, Post, Notice):
        work.session.execute(delete(table).where(table.person_id == person.id))
    work.session.execute(delete(Merge).where(Merge.goes_id == person.id))
    work.session.flush()
    work.session.delete(person)
    work.session.flush()


def _open(work: Work, new: Registration, links: Links) -> None:
    person = Person(
        given_names=new.name.given_names,
        first_surname=new.name.first_surname,
        second_surname=new.name.second_surname,
        search=new.name.search,
        country=new.country,
        language=new.language,
        password_hash=new.password_hash,
        state=PersonState.PENDING,
        consented_at=work.now,
        consent_version=new.consent_version,
        created_at=work.now,
    )
    work.session.add(person)
    work.session.flush()
    for kind, value, shown in new.identifiers:
        work.session.add(
            Identifier(
                person_id=person.id, kind=kind, value=value, shown=shown, created_at=work.now
            )
        )
    work.session.add(
        Post(
            person_id=person.id,
            country=new.country,
            region=new.region,
            municipality=new.municipality,
            position=new.position,
        )
    )
    work.session.flush()
    record(work, "person.registered", person, detail={"consent": new.consent_version})
    if new.email:
        _write_confirmation(work, person, new.email, links)


def _write_confirmation(work: Work, person: Person, address: str, links: Links) -> None:
    secret = new_secret()
    codes.make(work, person.id, CodePurpose.CONFIRM_EMAIL, secret, target=address)
    write(
        work,
        at_address(work.session, address, language=person.language, zone=person.zone),
        "people/confirm",
        link=links.confirm(secret),
        secret=True,
        name=person.short_name,
    )


def _answer_by_letter(
    work: Work, new: Registration, links: Links, holders: Sequence[tuple[Identifier, Person]]
) -> None:
    for identifier, person in holders:
        record(work, "person.registered_again", person, detail={"by": identifier.kind})
    if new.email is None:
        return
    to = at_address(work.session, new.email, language=new.language, zone=None)
    theirs = [person for found, person in holders if found.value == new.email]
    if not theirs:
        write(work, to, "people/not_registered", link=links.help)
    elif theirs[0].state == PersonState.PENDING:
        send_confirmation(work, theirs[0].id, links)
    elif theirs[0].state == PersonState.INVITED:
        send_invitation(work, theirs[0], links.invitation)
    else:
        to = replace(to, zone=theirs[0].zone or to.zone)
        write(work, to, "people/account_exists", link=links.sign_in, name=theirs[0].short_name)


def _holders(
    work: Work, new: Registration, *, lock: bool = False
) -> Sequence[tuple[Identifier, Person]]:
    pairs = [(kind, value) for kind, value, _ in new.identifiers]
    statement = (
        select(Identifier, Person)
        .join(Person, Person.id == Identifier.person_id)
        .where(one_of(pairs))
        .order_by(Identifier.id)
    )
    if lock:
        statement = statement.with_for_update(of=Person)
    return [(identifier, person) for identifier, person in work.session.execute(statement)]


def _let_go_of_abandoned(work: Work, new: Registration) -> None:
    """Nobody is kept out by an account that was given up, nor by an address never proved."""
    seen: set[int] = set()
    # Locked, so that an account somebody confirms at this moment is not taken for abandoned.
    for identifier, person in _holders(work, new, lock=True):
        if person.state == PersonState.INVITED:
            continue  # enrolled by an institution: the address it knows is not given up
        if person.state != PersonState.PENDING:
            if identifier.kind == IdentifierKind.EMAIL and identifier.verified_at is None:
                record(work, "person.email_let_go", person)
                work.session.delete(identifier)
                work.session.flush()
        elif person.id not in seen and _is_abandoned(work, person):
            discard(work, person)
        seen.add(person.id)


def _is_abandoned(work: Work, person: Person) -> bool:
    has_email = bool(_of(work, person.id, IdentifierKind.EMAIL))
    waits = EMAIL_WAITS if has_email else PHONE_WAITS
    return person.created_at + waits < work.now and not _has_open_code(work, person.id)


def _has_open_code(work: Work, person_id: int) -> bool:
    statement = select(OneTimeCode.id).where(
        OneTimeCode.person_id == person_id,
        OneTimeCode.used_at.is_(None),
        OneTimeCode.expires_at > work.now,
    )
    return work.session.scalar(statement.limit(1)) is not None


def _of(work: Work, person_id: int, kind: str) -> Sequence[Identifier]:
    return work.session.scalars(
        select(Identifier)
        .where(Identifier.person_id == person_id, Identifier.kind == kind)
        .order_by(Identifier.id)
    ).all()
