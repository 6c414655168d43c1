"""The help desk lets people in, and nobody into an account with rights beyond its own."""

import pytest
from sqlalchemy import select

from lms.foundation.audit.models import AuditEntry, AuditPersonal
from lms.foundation.kernel.actor import COMMAND_LINE, SYSTEM, Actor
from lms.foundation.kernel.errors import Conflict, NotFound, Refused
from lms.foundation.web.models import Count
from lms.people.actions import contacts, helping
from lms.people.actions.contacts import Known
from lms.people.actions.register import Registration, register
from lms.people.formats.documents import document
from lms.people.formats.phones import phone
from lms.people.models import Identifier, LoginSession, Person
from lms.people.models.person import PersonState
from lms.people.queries import accounts, tries
from lms.people.rules.names import written
from lms.people.views.browsers import links
from tests.people.conftest import DPI


@pytest.fixture
def lucia(world) -> Actor:
    """Who works at the help desk of igm."""
    return Actor(world.people["help_desk"])


@pytest.fixture
def waiting(app, db, world) -> Person:
    """Pedro, who registered with a phone and no e-mail."""
    new = Registration(
        name=written("Pedro", "Ajú", None), document=document("dpi", DPI, "GT"), country="GT",
        region="Sololá", municipality="Nahualá", position="Síndico", password_hash="x",
        language="es", consent_version="1", phone=phone("5512 3456", "GT"),
    )  # fmt: skip
    with app.test_request_context():
        db.perform(register, SYSTEM, new, links())
    with db.reading() as session:
        return session.scalars(select(Person).where(Person.first_surname == "Ajú")).one()


def entry(db, deed: str) -> tuple[AuditEntry, dict]:
    """What the records keep of a deed, and the personal part of it."""
    with db.reading() as session:
        kept = session.scalars(select(AuditEntry).where(AuditEntry.deed == deed)).one()
        personal = session.get(AuditPersonal, kept.id)
        return kept, personal.values if personal else {}


def known(db, person_id: int) -> dict[str, str]:
    with db.reading() as session:
        return {each.kind: each.value for each in accounts.identifiers(session, person_id)}


def test_a_code_is_given_with_how_identity_was_checked(db, rosa, lucia, world):
    code = db.perform(helping.give_code, lucia, rosa.id, "document: DPI a la vista", 1)
    assert len(code) == 14
    kept, personal = entry(db, "person.identity_checked")
    assert (kept.actor_id, kept.subject_uid, kept.institution_id) == (
        lucia.person_id, rosa.uid, 1,
    )  # fmt: skip
    assert personal == {"how": "document: DPI a la vista"}
    assert entry(db, "person.code_issued")[0].detail["by"].startswith("Rosa ")


@pytest.mark.parametrize("name", ["registrar", "administrator", "signer", "instructor"])
@pytest.mark.parametrize(
    "act",
    [
        lambda p: (helping.give_code, p, "document", 1),
        lambda p: (helping.unlock, p, 1),
        lambda p: (helping.close_sessions, p, 1),
        lambda p: (helping.confirm, p, "document", 1),
        lambda p: (contacts.correct, p, None, Known("phone", "+50255000000", "x"), "r", 1),
        lambda p: (contacts.correct_email, p, "a@b.co", "r", 1, str, "/ayuda"),
    ],
    ids=["code", "unlock", "sessions", "confirm", "phone", "email"],
)
def test_nobody_lets_themselves_into_an_account_with_more_rights(db, world, lucia, name, act):
    action, *given = act(world.people[name])
    with pytest.raises(Refused, match="rights"):
        db.perform(action, lucia, *given)


def test_administration_may_let_a_registrar_in_and_a_command_anybody(db, world):
    boss = Actor(world.people["administrator"])
    assert db.perform(helping.give_code, boss, world.people["registrar"], "document", 1)
    assert db.perform(helping.give_code, COMMAND_LINE, world.people["administrator"], "x", 1)


def test_administration_of_one_house_does_not_reach_into_another(db, world):
    boss = Actor(world.people["administrator"])
    with pytest.raises(Refused):
        db.perform(helping.give_code, boss, world.people["otra-registrar"], "document", 1)


def test_an_account_without_e_mail_is_confirmed_by_who_has_seen_its_holder(db, waiting, lucia):
    db.perform(helping.confirm, lucia, waiting.id, "document", 1)
    with db.reading() as session:
        person = session.get_one(Person, waiting.id)
        identifiers = accounts.identifiers(session, waiting.id)
    assert person.state == PersonState.ACTIVE
    assert {each.kind for each in identifiers if each.verified_at} == {"phone", "document"}
    assert all(each.verified_by.startswith("help desk: Rosa") for each in identifiers)
    with pytest.raises(Refused, match="confirmed already"):
        db.perform(helping.confirm, lucia, waiting.id, "document", 1)


def test_an_address_is_not_confirmed_by_having_seen_a_document(db, waiting, lucia):
    def add(work):
        work.session.add(
            Identifier(
                person_id=waiting.id, kind="email", value="p@example.org", shown="p@example.org",
                created_at=work.now,
            )
        )  # fmt: skip

    db.perform(add, SYSTEM)
    db.perform(helping.confirm, lucia, waiting.id, "document", 1)
    with db.reading() as session:
        assert accounts.email_of(session, waiting.id).verified_at is None


@pytest.mark.parametrize(
    "typed",
    ["rosa@example.org", "ROSA@example.org", "5512 3456", "+502 5512-3456", DPI, "2345678990101"],
)
def test_whoever_tried_too_often_may_try_again_at_once(app, db, rosa, lucia, typed, clock):
    with app.test_request_context():
        for _ in range(10):
            tries.SIGN_IN_AS.miss(tries.who(typed))
    with db.reading() as session:
        places = tries.places_of(rosa, accounts.identifiers(session, rosa.id))
        until = tries.locked_until(session, clock.now, places)
    assert until is not None
    assert until > clock.now
    assert db.perform(helping.unlock, lucia, rosa.id, 1)
    with db.reading() as session:
        assert tries.locked_until(session, clock.now, places) is None
        assert session.scalars(select(Count)).all() == []
    assert not db.perform(helping.unlock, lucia, rosa.id, 1)


def test_unlocking_one_person_unlocks_nobody_else(app, db, rosa, lucia, clock):
    with app.test_request_context():
        for _ in range(10):
            tries.SIGN_IN_AS.miss(tries.who("otra@example.org"))
    db.perform(helping.unlock, lucia, rosa.id, 1)
    with db.reading() as session:
        place = [tries.who("otra@example.org")]
        assert tries.locked_until(session, clock.now, place) is not None


def test_all_devices_are_signed_out(db, world, lucia):
    learner = world.people["learner"]
    assert db.perform(helping.close_sessions, lucia, learner, 1) == 1
    with db.reading() as session:
        assert session.scalar(
            select(LoginSession.revoked_at).where(LoginSession.person_id == learner)
        )
    assert entry(db, "person.sessions_closed")[0].detail == {"number": 1}


def test_a_number_is_shown_whole_for_a_reason_that_stays(db, rosa, lucia):
    with db.reading() as session:
        paper = next(i for i in accounts.identifiers(session, rosa.id) if i.kind == "document")
    number = db.perform(helping.show_document, lucia, rosa.id, paper.uid, "Acta de grado", 1)
    assert number == "2345678990101"
    kept, personal = entry(db, "person.document_shown")
    assert (kept.actor_id, personal) == (lucia.person_id, {"reason": "Acta de grado"})
    assert "2345" not in str(kept.detail)


def test_somebody_elses_identifier_is_not_shown(db, rosa, world, lucia):
    with db.reading() as session:
        other = accounts.identifiers(session, world.people["learner"])[0]
    with pytest.raises(NotFound):
        db.perform(helping.show_document, lucia, rosa.id, other.uid, "r", 1)


def test_a_phone_is_replaced_and_its_owner_told(db, rosa, lucia, mailbox):
    with db.reading() as session:
        old = next(i for i in accounts.identifiers(session, rosa.id) if i.kind == "phone")
    new = Known("phone", "+50255123457", "+502 5512 3457")
    db.perform(contacts.correct, lucia, rosa.id, old.uid, new, "Una cifra", 1)
    assert known(db, rosa.id)["phone"] == "+50255123457"
    _kept, personal = entry(db, "person.contact_corrected")
    assert personal == {
        "reason": "Una cifra", "before": "+50255123456", "after": "+50255123457",
    }  # fmt: skip
    assert "phone" in str(mailbox.last()["Subject"])


def test_what_another_account_has_is_not_taken_from_it(db, rosa, world, lucia):
    new = Known("email", "learner@example.org", "x")
    with pytest.raises(Conflict, match="duplicates"):
        db.perform(contacts.correct, lucia, rosa.id, None, new, "r", 1)
    same = Known("phone", "+50255123456", "x")
    with pytest.raises(Refused, match="already"):
        db.perform(contacts.correct, lucia, rosa.id, None, same, "r", 1)


def test_a_new_address_counts_once_its_reader_confirms_it(db, rosa, lucia, mailbox):
    db.perform(
        contacts.correct_email, lucia, rosa.id, "nueva@example.org", "r", 1,
        lambda code: f"/confirmar/{code}", "/ayuda",
    )  # fmt: skip
    assert known(db, rosa.id)["email"] == "rosa@example.org"
    assert mailbox.link().startswith("/confirmar/")


def test_somebody_keeps_something_to_be_known_by(db, rosa, lucia):
    with db.reading() as session:
        mine = list(accounts.identifiers(session, rosa.id))
    for each in mine[:2]:
        db.perform(contacts.remove, lucia, rosa.id, each.uid, "No es suyo", 1)
    with pytest.raises(Refused, match="all this person"):
        db.perform(contacts.remove, lucia, rosa.id, mine[2].uid, "No es suyo", 1)
