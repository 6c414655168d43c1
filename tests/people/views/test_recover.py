import pytest
from sqlalchemy import select

from lms.foundation.kernel.actor import SYSTEM
from lms.people.models import Identifier, LoginSession, OneTimeCode, Person
from lms.people.models.person import PersonState
from tests.people.conftest import DPI, PASSWORD, english, text_of

NEW = "siete colibríes azules"


def enter(browser, password):
    return browser.send("/ingresar", {"identifier": "rosa@example.org", "password": password})


def codes(db):
    with db.reading() as session:
        return session.scalars(select(OneTimeCode)).all()


@pytest.mark.parametrize("identifier", ["rosa@example.org", "5512 3456", DPI])
def test_the_link_goes_to_the_verified_address_and_gives_a_new_password(
    app, reader, rosa, mailbox, identifier
):
    answer = reader.send("/recuperar", {"identifier": identifier})
    assert (answer.status_code, answer.location) == (303, "/recuperar/enviado")
    letter = mailbox.last()
    assert letter["To"] == "rosa@example.org"
    assert PASSWORD not in text_of(letter)
    link = mailbox.link()
    assert "Choose a new password" in reader.get(link).text
    assert reader.send(link, {"password": NEW}).location == "/ingresar"
    assert enter(english(app), PASSWORD).status_code == 422
    assert enter(english(app), NEW).status_code == 303


def test_opening_the_link_changes_nothing(app, reader, rosa, mailbox):
    reader.send("/recuperar", {"identifier": "rosa@example.org"})
    for _ in range(3):
        assert reader.get(mailbox.link()).status_code == 200
    assert enter(english(app), PASSWORD).status_code == 303


@pytest.mark.parametrize(
    "identifier", ["nadie@example.org", "5500 0000", "9999 99999 9999", "¿quién?"]
)
def test_nobody_learns_whether_an_account_exists(app, reader, rosa, db, mailbox, identifier):
    known = reader.send("/recuperar", {"identifier": "rosa@example.org"})
    before = len(codes(db))
    unknown = english(app).send("/recuperar", {"identifier": identifier})
    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    assert len(codes(db)) == before
    assert len(mailbox.letters()) == 1


def test_every_session_ends_with_the_old_password(app, reader, rosa, db, mailbox):
    thief = english(app)
    enter(thief, PASSWORD)
    reader.send("/recuperar", {"identifier": "rosa@example.org"})
    reader.send(mailbox.link(), {"password": NEW})
    assert thief.get("/cuenta").status_code == 302
    with db.reading() as session:
        assert all(s.revoked_at for s in session.scalars(
            select(LoginSession).filter_by(person_id=rosa.id)
        ))  # fmt: skip
    assert "Your password was changed" in {letter["Subject"] for letter in mailbox.letters()}


def test_a_link_is_good_once_and_the_newest_cancels_those_before(reader, rosa, mailbox):
    reader.send("/recuperar", {"identifier": "rosa@example.org"})
    first = mailbox.link()
    reader.send("/recuperar", {"identifier": "rosa@example.org"})
    second = mailbox.link()
    assert first != second
    assert reader.send(first, {"password": NEW}).status_code == 409
    assert reader.send(second, {"password": NEW}).status_code == 303
    assert "This link was already used" in reader.get(second).text
    assert reader.send(second, {"password": "otra clave bien larga"}).status_code == 409


def test_a_link_is_good_for_two_hours(app, reader, rosa, mailbox, clock):
    reader.send("/recuperar", {"identifier": "rosa@example.org"})
    link = mailbox.link()
    clock.advance(hours=2)
    assert "This link is too old" in reader.get(link).text
    assert reader.send(link, {"password": NEW}).location == "/recuperar"
    assert enter(english(app), PASSWORD).status_code == 303


def test_the_new_password_follows_the_rules_knowing_whose_it_is(reader, rosa, mailbox):
    reader.send("/recuperar", {"identifier": "rosa@example.org"})
    answer = reader.send(mailbox.link(), {"password": "RosaMaría55"})
    assert answer.status_code == 422
    assert "Do not use your name" in answer.text


def test_whoever_never_confirmed_gets_that_letter_instead(reader, rosa_writes, mailbox, db):
    reader.send("/registro", rosa_writes)
    reader.send("/recuperar", {"identifier": "rosa@example.org"})
    assert [letter["Subject"] for letter in mailbox.letters()] == ["Confirm your e-mail"] * 2
    assert {code.purpose for code in codes(db)} == {"confirm_email"}


def test_an_address_never_proved_is_proved_first(reader, rosa, db, mailbox):
    def unprove(work):
        [held] = work.session.scalars(select(Identifier).filter_by(value="rosa@example.org"))
        held.verified_at = None

    db.perform(unprove, SYSTEM)
    reader.send("/recuperar", {"identifier": "5512 3456"})
    assert mailbox.last()["Subject"] == "Confirm your e-mail"
    reader.send(mailbox.link())
    reader.send("/recuperar", {"identifier": "5512 3456"})
    assert mailbox.last()["Subject"] == "Choose a new password"


def test_a_closed_account_gets_nothing(reader, rosa, db, mailbox):
    def close(work):
        work.session.get_one(Person, rosa.id).state = PersonState.CLOSED

    db.perform(close, SYSTEM)
    assert reader.send("/recuperar", {"identifier": "rosa@example.org"}).status_code == 303
    assert mailbox.letters() == []


def test_one_address_gets_a_few_letters_an_hour_known_or_not(reader, rosa, clock):
    clock.now = clock.now.replace(minute=1)
    for identifier in ("rosa@example.org", "nadie@example.org"):
        answers = [
            reader.send("/recuperar", {"identifier": identifier}).status_code for _ in range(6)
        ]
        assert answers == [303] * 5 + [429]


def test_the_letter_speaks_the_language_of_its_reader(app, reader, rosa, db, mailbox):
    def speak_spanish(work):
        work.session.get_one(Person, rosa.id).language = "es"

    db.perform(speak_spanish, SYSTEM)
    reader.send("/recuperar", {"identifier": "rosa@example.org"})
    assert mailbox.last()["Content-Language"] == "es"
