import threading

import pytest
from sqlalchemy import func, select

from lms.foundation.audit.models import AuditEntry
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.web.models import FormReceipt
from lms.people.models import Identifier, OneTimeCode, Person, Post
from lms.people.models.person import PersonState
from lms.people.rules.agreement import VERSION
from tests.people.conftest import PASSWORD, english, everybody, text_of

DONE = "/registro/recibido/correo"


def only(db, model, **where):
    with db.reading() as session:
        return session.scalars(select(model).filter_by(**where).order_by(model.id)).all()


def test_a_visitor_registers_and_waits_for_the_letter(reader, rosa_writes, db, clock, mailbox):
    assert reader.get("/registro").status_code == 200
    answer = reader.send("/registro", rosa_writes)
    assert (answer.status_code, answer.location) == (303, DONE)
    assert "e-mail" in reader.get(DONE).text
    rosa = everybody(db)[-1]
    assert (rosa.given_names, rosa.first_surname, rosa.second_surname) == (
        "Rosa María", "Q’eqchi’", "Ñáñez",
    )  # fmt: skip
    assert rosa.state == PersonState.PENDING
    assert (rosa.consent_version, rosa.consented_at) == (VERSION, clock.now)
    assert rosa.language == "en"
    assert PASSWORD not in rosa.password_hash
    held = {
        (i.kind, i.value, i.shown, i.verified_at) for i in only(db, Identifier, person_id=rosa.id)
    }
    assert held == {
        ("email", "rosa@example.org", "rosa@example.org", None),
        ("phone", "+50255123456", "+502 5512 3456", None),
        ("document", "GT:dpi:2345678990101", "•••• 6789 •••••", None),
    }
    [post] = only(db, Post, person_id=rosa.id)
    assert (post.municipality, post.region, post.position) == (
        "Cobán", "Alta Verapaz", "Secretaria municipal",
    )  # fmt: skip
    letter = mailbox.last()
    assert letter["To"] == "rosa@example.org"
    assert letter["Subject"] == "Confirm your e-mail"
    assert "Hello, Rosa." in text_of(letter)
    assert mailbox.link().startswith("/confirmar/")


def test_nothing_that_was_typed_is_lost_but_the_password(reader, rosa_writes, db):
    before = len(everybody(db))
    answer = reader.send("/registro", rosa_writes | {"document_number": "12"})
    assert answer.status_code == 422
    for typed in ("Rosa María", "Q’eqchi’", "Rosa@Example.org", "5512 3456", "Alta Verapaz"):
        assert f'value="{typed}"' in answer.text
    assert PASSWORD not in answer.text
    assert "The DPI number (CUI) has 13 figures." in answer.text
    assert len(everybody(db)) == before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"given_names": " "}, "Write your given names."),
        ({"first_surname": "<script>"}, "A name has only letters"),
        ({"email": "", "phone": ""}, "Write an e-mail address or a phone number."),
        ({"email": "rosa@"}, "Check what stands after the @."),
        ({"phone": "123"}, "Write the phone number with all its figures"),
        ({"document_kind": "cedula"}, "Choose one from the list"),
        ({"country": "XX"}, "Choose one from the list"),
        ({"password": "corta"}, "Use at least 10 characters."),
        ({"password": "guatemala2026"}, "Many people use this password."),
        ({"password": "RosaMaría2026"}, "Do not use your name"),
        ({"consent": ""}, "you need to agree"),
        ({"region": ""}, "Write your department"),
        ({"municipality": "x" * 121}, "Use at most 120 characters."),
    ],
)
def test_each_refusal_says_why_beside_its_field(reader, rosa_writes, db, change, said):
    before = len(everybody(db))
    fields = {name: value for name, value in (rosa_writes | change).items() if value != ""}
    answer = reader.send("/registro", fields)
    assert answer.status_code == 422
    assert said in answer.text
    assert "<title>Error: " in answer.text
    assert len(everybody(db)) == before


def test_a_doubtful_number_is_asked_about_once_and_then_taken(reader, rosa_writes, db):
    odd = rosa_writes | {"document_number": "2345 67890 0101"}
    asked = reader.send("/registro", odd)
    assert asked.status_code == 422
    assert "its check digit does not fit" in asked.text
    assert 'name="document_seen" type="hidden" value="GT:dpi:2345678900101"' in asked.text
    again = reader.send("/registro", odd | {"document_seen": "GT:dpi:2345678900101"})
    assert again.location == DONE
    assert only(db, Identifier, value="GT:dpi:2345678900101")


def test_another_doubtful_number_is_asked_about_too(reader, rosa_writes):
    seen = {"document_number": "2345 67891 0101", "document_seen": "GT:dpi:2345678900101"}
    assert reader.send("/registro", rosa_writes | seen).status_code == 422


def test_with_only_a_phone_the_institute_confirms(reader, rosa_writes, db, mailbox):
    fields = {name: value for name, value in rosa_writes.items() if name != "email"}
    answer = reader.send("/registro", fields)
    assert answer.location == "/registro/recibido/telefono"
    page = reader.get(answer.location).text
    assert "invitation key" in page
    assert "help desk" in page
    assert everybody(db)[-1].state == PersonState.PENDING
    assert mailbox.letters() == []


def test_the_same_form_sent_twice_registers_once(reader, rosa_writes, db, mailbox):
    fields = rosa_writes | {"form_key": "a key of this form"}
    first, second = reader.send("/registro", fields), reader.send("/registro", fields)
    assert first.location == second.location == DONE
    assert len(only(db, Identifier, value="rosa@example.org")) == 1
    assert len(mailbox.letters()) == 1


def test_the_receipt_of_a_form_gives_no_hold_on_its_password(reader, rosa_writes, db):
    reader.send("/registro", rosa_writes | {"form_key": "k"})
    with db.reading() as session:
        [receipt] = session.scalars(select(FormReceipt)).all()
    text = "|".join(str(value) for value in vars(receipt).values())
    assert PASSWORD not in text
    assert "rosa" not in text.lower()


def test_who_is_signed_in_needs_no_other_account(as_person):
    assert as_person("learner").get("/registro").status_code == 302


# Nobody learns who is here already


def shape(answer):
    """What a stranger can compare: status, place, cookies, length of the page."""
    return (answer.status_code, answer.location, sorted(answer.headers.getlist("Set-Cookie")))


def test_an_address_that_has_an_account_is_answered_alike_and_told_by_letter(
    app, reader, rosa, rosa_writes, db, mailbox
):
    fresh = english(app).send("/registro", rosa_writes | {
        "email": "nueva@example.org", "phone": "5512 9999", "document_number": "3345 67899 0101",
        "document_seen": "GT:dpi:3345678990101",
    })  # fmt: skip
    before = len(everybody(db))
    taken = english(app).send("/registro", rosa_writes | {
        "phone": "5512 8888", "document_number": "3345 67899 1111",
        "document_seen": "GT:dpi:3345678991111",
    })  # fmt: skip
    assert shape(fresh)[:2] == shape(taken)[:2] == (303, DONE)
    assert len(everybody(db)) == before
    letter = mailbox.last()
    assert letter["To"] == "rosa@example.org"
    assert letter["Subject"] == "You already have an account"
    assert mailbox.link() == "/ingresar"
    with db.reading() as session:
        assert session.get_one(Person, rosa.id).password_hash == rosa.password_hash


@pytest.mark.parametrize("shared", ["document", "phone"])
def test_a_document_or_phone_of_somebody_leads_to_the_help_desk_neutrally(
    reader, rosa, rosa_writes, db, mailbox, shared
):
    before = len(everybody(db))
    fields = rosa_writes | {"email": "otra@example.org"}
    if shared == "document":
        fields |= {"phone": "5512 7777"}
    else:
        fields |= {"document_kind": "passport", "document_number": "AB123456"}
    assert reader.send("/registro", fields).location == DONE
    assert len(everybody(db)) == before
    letter = mailbox.last()
    assert letter["To"] == "otra@example.org"
    text = text_of(letter)
    assert "help desk" in text
    for telling in ("Rosa", "Q’eqchi’", "already", "exists", "document number", "phone"):
        assert telling not in text
    assert mailbox.link() == "/ayuda"


def test_with_only_a_taken_phone_the_answer_is_the_same_page(reader, rosa, rosa_writes, db):
    before = len(everybody(db))
    fields = {name: value for name, value in rosa_writes.items() if name != "email"}
    assert reader.send("/registro", fields).location == "/registro/recibido/telefono"
    assert len(everybody(db)) == before
    with db.reading() as session:
        deeds = session.scalars(select(AuditEntry.deed)).all()
    assert "person.registered_again" in deeds


def test_registering_again_before_confirming_sends_the_letter_again(
    app, rosa_writes, world, db, mailbox
):
    english(app).send("/registro", rosa_writes)
    stored = everybody(db)[-1].password_hash
    english(app).send("/registro", rosa_writes | {"password": "otra clave muy larga"})
    assert len(only(db, Identifier, value="rosa@example.org")) == 1
    assert everybody(db)[-1].password_hash == stored
    assert [letter["Subject"] for letter in mailbox.letters()] == ["Confirm your e-mail"] * 2


def test_a_registration_nobody_confirmed_lets_go_of_its_data_after_two_days(
    app, rosa_writes, world, db, clock, mailbox
):
    squatter = rosa_writes | {"given_names": "Mala", "email": "ladron@example.org"}
    english(app).send("/registro", squatter)
    clock.advance(hours=49)
    english(app).send("/registro", rosa_writes)
    owner = everybody(db)[-1]
    assert owner.given_names == "Rosa María"
    assert {i.value for i in only(db, Identifier, person_id=owner.id)} >= {"rosa@example.org"}
    assert only(db, Identifier, value="ladron@example.org") == []
    assert mailbox.last()["To"] == "rosa@example.org"


def test_an_address_that_its_holder_never_proved_keeps_its_owner_out_of_nothing(
    app, rosa, rosa_writes, db, mailbox
):
    """Somebody opened an account in person and had written Rosa's address, not theirs."""

    def unprove(work):
        [held] = work.session.scalars(select(Identifier).filter_by(value="rosa@example.org"))
        held.verified_at = None

    db.perform(unprove, SYSTEM)
    mine = rosa_writes | {
        "phone": "", "document_kind": "passport", "document_number": "AB123456",
    }  # fmt: skip
    english(app).send("/registro", mine)
    [held] = only(db, Identifier, value="rosa@example.org")
    assert held.person_id == everybody(db)[-1].id != rosa.id
    assert mailbox.last()["Subject"] == "Confirm your e-mail"


def test_two_registrations_at_the_same_moment_make_one_person(app, rosa_writes, db, world):
    """Real connections: one is first, the other is answered as for an address that is taken."""
    before = len(everybody(db))
    answers = []

    def send(browser):
        answers.append(browser.send("/registro", rosa_writes).status_code)

    threads = [threading.Thread(target=send, args=(english(app),)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [303] * 4
    assert len(everybody(db)) == before + 1
    assert len(only(db, Identifier, value="rosa@example.org")) == 1


def test_registering_from_one_place_has_a_limit_that_names_the_wait(app, world, rosa_writes):
    reader = english(app)
    for _ in range(5):
        assert reader.send("/registro", rosa_writes).status_code == 303
    answer = reader.send("/registro", rosa_writes)
    assert answer.status_code == 429
    assert "Too many tries. Wait " in answer.text
    assert int(answer.headers["Retry-After"]) > 0
    assert 'value="Rosa María"' in answer.text


def test_codes_are_kept_only_as_hashes(reader, rosa_writes, db, mailbox):
    reader.send("/registro", rosa_writes)
    secret = mailbox.link().rpartition("/")[2]
    with db.reading() as session:
        [code] = session.scalars(select(OneTimeCode)).all()
        kept = session.scalar(select(func.count()).where(OneTimeCode.code_hash == secret))
    assert secret not in code.code_hash
    assert kept == 0
