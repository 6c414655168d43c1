import re

import pytest
from sqlalchemy import select

from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.web.locale import LANGUAGE_COOKIE
from lms.people.models import Identifier, LoginSession, Person, Post
from tests.people.conftest import DPI, PASSWORD, english, text_of

NEW = "siete colibríes azules"


def enter(browser, password=PASSWORD, identifier="rosa@example.org"):
    return browser.send("/ingresar", {"identifier": identifier, "password": password})


@pytest.fixture
def mine(reader, rosa):
    """Rosa's browser."""
    enter(reader)
    return reader


def living(db, person_id):
    with db.reading() as session:
        return session.scalars(
            select(LoginSession)
            .where(LoginSession.person_id == person_id, LoginSession.revoked_at.is_(None))
            .order_by(LoginSession.id)
        ).all()


def test_the_page_shows_what_is_mine_and_hides_the_document(mine):
    page = mine.get("/cuenta").text
    for shown in ("Rosa María Q’eqchi’ Ñáñez", "rosa@example.org", "+502 5512 3456"):
        assert shown in page
    assert "•••• 6789 •••••" in page
    assert DPI not in page
    assert "2345678990101" not in page
    assert "0101" not in re.sub(r'(href|action|value)="[^"]*"', "", page)


def test_visitors_are_led_to_the_door(reader):
    for path in ("", "/nombre", "/idioma", "/contrasena", "/correo", "/cargos/nuevo"):
        assert reader.get("/cuenta" + path).status_code == 302


def test_language_and_zone_are_mine_wherever_i_sign_in(mine, rosa, db, app):
    answer = mine.send("/cuenta/idioma", {"language": "en", "zone": "America/Lima"})
    assert answer.status_code == 303
    assert mine.get_cookie(LANGUAGE_COOKIE) is None
    with db.reading() as session:
        person = session.get_one(Person, rosa.id)
    assert (person.language, person.zone) == ("en", "America/Lima")
    page = mine.get("/cuenta")
    assert 'lang="en"' in page.text
    assert "Lima" in page.text
    mine.send("/cuenta/idioma", {"language": "es", "zone": ""})
    assert 'lang="es-GT"' in mine.get("/cuenta").text


@pytest.mark.parametrize(
    "wrong", [{"language": "xx", "zone": ""}, {"language": "es", "zone": "Mars"}]
)
def test_only_languages_and_zones_there_are(mine, wrong):
    assert mine.send("/cuenta/idioma", wrong).status_code == 422


def test_changing_the_password_ends_every_other_session(app, mine, rosa, db, mailbox):
    other = english(app)
    enter(other)
    before = mine.get_cookie("cabildo").value
    answer = mine.send("/cuenta/contrasena", {"current_password": PASSWORD, "password": NEW})
    assert answer.status_code == 303
    assert mine.get("/cuenta").status_code == 200
    assert mine.get_cookie("cabildo").value != before
    assert other.get("/cuenta").status_code == 302
    assert len(living(db, rosa.id)) == 1
    assert mailbox.last()["Subject"] == "Your password was changed"
    assert enter(english(app)).status_code == 422
    assert enter(english(app), NEW).status_code == 303


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"current_password": "no es", "password": NEW}, "That is not your present password."),
        ({"current_password": "", "password": NEW}, "Write your present password."),
        ({"current_password": PASSWORD, "password": "corta"}, "Use at least 10 characters."),
        ({"current_password": PASSWORD, "password": "Rosa12345678"}, "Do not use your name"),
        ({"current_password": PASSWORD, "password": ""}, "Write a password."),
    ],
)
def test_a_password_is_changed_only_by_who_knows_it_and_by_the_rules(mine, rosa, db, fields, said):
    answer = mine.send("/cuenta/contrasena", fields)
    assert answer.status_code == 422
    assert said in answer.text
    with db.reading() as session:
        assert session.get_one(Person, rosa.id).password_hash == rosa.password_hash


def test_a_found_phone_is_not_enough_to_guess_the_password(mine, clock):
    clock.now = clock.now.replace(minute=46, second=0)
    answers = [
        mine.send("/cuenta/contrasena", {"current_password": "no es", "password": NEW}).status_code
        for _ in range(11)
    ]
    assert answers == [422] * 10 + [429]


def test_a_session_is_ended_one_by_one(app, mine, rosa, db):
    other = english(app)
    enter(other)
    uid = living(db, rosa.id)[-1].uid
    page = mine.get("/cuenta").text
    assert page.count("Sign out that device") == 1
    assert mine.send(f"/cuenta/sesiones/{uid}/cerrar").status_code == 303
    assert other.get("/cuenta").status_code == 302
    assert mine.get("/cuenta").status_code == 200


def test_all_other_sessions_are_ended_at_once(app, mine, rosa, db):
    for _ in range(3):
        enter(english(app))
    mine.send("/cuenta/sesiones/cerrar-otras")
    assert "3 devices were signed out." in mine.get("/cuenta").text
    assert len(living(db, rosa.id)) == 1


def test_somebody_elses_session_and_post_do_not_exist(mine, as_person, world, db):
    with db.reading() as session:
        theirs = session.scalar(
            select(LoginSession).filter_by(person_id=world.people["learner"]).limit(1)
        )
        post = session.scalar(select(Post).filter_by(person_id=world.people["learner"]).limit(1))
    assert mine.send(f"/cuenta/sesiones/{theirs.uid}/cerrar").status_code == 404
    assert mine.get(f"/cuenta/cargos/{post.uid}").status_code == 404
    assert mine.send(f"/cuenta/cargos/{post.uid}", {"position": "x"}).status_code == 404
    assert as_person("learner").get("/cuenta").status_code == 200


POST = {"position": "Tesorera", "country": "GT", "region": "Sololá", "municipality": "Panajachel"}


def test_posts_are_added_and_mended(mine, rosa, db):
    assert mine.send("/cuenta/cargos/nuevo", POST | {"starts_on": "2026-01-15"}).status_code == 303
    with db.reading() as session:
        [post] = session.scalars(select(Post).filter_by(person_id=rosa.id))
    page = mine.get(f"/cuenta/cargos/{post.uid}").text
    assert 'value="Tesorera"' in page
    assert 'value="2026-01-15"' in page
    mended = POST | {"starts_on": "2026-01-15", "ends_on": "2026-06-30"}
    assert mine.send(f"/cuenta/cargos/{post.uid}", mended).status_code == 303
    assert "until 30 Jun 2026" in mine.get("/cuenta").text


def test_a_post_does_not_end_before_it_begins(mine):
    wrong = POST | {"starts_on": "2026-06-30", "ends_on": "2026-01-15"}
    answer = mine.send("/cuenta/cargos/nuevo", wrong)
    assert answer.status_code == 422
    assert "This day is before the first one." in answer.text
    assert 'value="Panajachel"' in answer.text


# Another address


def test_a_new_address_counts_once_its_reader_confirmed_it(app, mine, rosa, db, mailbox):
    asked = mine.send("/cuenta/correo", {"email": "Nueva@Example.org", "password": PASSWORD})
    assert asked.status_code == 303
    letter = mailbox.last()
    assert letter["To"] == "nueva@example.org"
    link = mailbox.link()
    assert enter(english(app), identifier="nueva@example.org").status_code == 422
    assert "nueva@example.org" in mine.get(link).text
    assert mine.send(link).location == "/cuenta"
    assert enter(english(app), identifier="nueva@example.org").status_code == 303
    assert enter(english(app)).status_code == 422
    told = [
        letter for letter in mailbox.letters() if letter["Subject"] == "Your e-mail was changed"
    ]
    assert [letter["To"] for letter in told] == ["rosa@example.org"]


def test_an_address_of_somebody_else_is_answered_alike(mine, world, db, mailbox):
    asked = mine.send("/cuenta/correo", {"email": "learner@example.org", "password": PASSWORD})
    assert asked.status_code == 303
    assert "learner@example.org" in mine.get("/cuenta").text
    letter = mailbox.last()
    assert letter["To"] == "learner@example.org"
    assert "Rosa" not in text_of(letter)
    with db.reading() as session:
        [held] = session.scalars(select(Identifier).filter_by(value="learner@example.org"))
    assert held.person_id == world.people["learner"]


def test_an_address_taken_meanwhile_is_not_taken_twice(app, mine, rosa, db, mailbox, rosa_writes):
    mine.send("/cuenta/correo", {"email": "nueva@example.org", "password": PASSWORD})
    link = mailbox.link()

    def take(work):
        person = Person(
            given_names="Ana", first_surname="Paz", search="ana paz", country="GT", state="active",
            created_at=work.now,
        )  # fmt: skip
        work.session.add(person)
        work.session.flush()
        work.session.add(
            Identifier(
                person_id=person.id, kind="email", value="nueva@example.org",
                shown="nueva@example.org", created_at=work.now,
            )
        )  # fmt: skip

    db.perform(take, SYSTEM)
    answer = mine.send(link)
    assert answer.status_code == 409
    assert "That address belongs to another account." in answer.text


def test_the_address_is_changed_only_by_who_knows_the_password(mine, mailbox):
    answer = mine.send("/cuenta/correo", {"email": "nueva@example.org", "password": "no es"})
    assert answer.status_code == 422
    assert 'value="nueva@example.org"' in answer.text
    assert mailbox.letters() == []
