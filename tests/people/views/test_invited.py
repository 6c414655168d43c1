"""Whoever was invited comes in by the letter's link or with a code, once."""

import re

import pytest
from sqlalchemy import select

from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.mail.models import Letter
from lms.people.actions import invite
from lms.people.actions.forget import forget
from lms.people.actions.help_desk import NewPerson
from lms.people.formats.documents import document
from lms.people.formats.phones import phone
from lms.people.models import Identifier, Person
from lms.people.models.person import PersonState
from lms.people.rules.names import written

PASSWORD = "tortillas con frijol"


@pytest.fixture
def invited(db, world):
    """Somebody whom an institution has enrolled; their id."""

    def make(work):
        new = NewPerson(
            name=written("Ana", "Paz", None), country="GT", email="ana@x.gt",
            phone=phone("55123456", "GT"), document=document("dpi", "2345678900101", "GT"),
        )  # fmt: skip
        return invite.invite(work, new, by="registrar").id

    return db.perform(make, SYSTEM)


@pytest.fixture
def link(db, invited):
    """The link of the letter to Ana."""

    def secret(work):
        return invite.secret_for(work, work.session.get_one(Person, invited))

    return f"/invitacion/{db.perform(secret, SYSTEM)}"


def state(db, person):
    with db.reading() as session:
        return session.get_one(Person, person).state


def letters(db):
    with db.reading() as session:
        return session.scalars(select(Letter).order_by(Letter.id)).all()


def test_opening_the_link_changes_nothing_and_shows_whose_it_is(visitor, db, invited, link):
    page = visitor.get(link)
    assert page.status_code == 200
    assert "Ana Paz" in page.text
    assert 'name="robots" content="noindex"' in page.text
    assert state(db, invited) == PersonState.INVITED


def test_whoever_accepts_is_in_and_their_address_is_proved(visitor, db, invited, link):
    sent = visitor.send(link, {"password": PASSWORD, "consent": "y"})
    assert sent.status_code == 303
    assert sent.location.startswith("/cuenta/nombre")
    assert visitor.get("/inicio").status_code == 200
    with db.reading() as session:
        person = session.get_one(Person, invited)
        assert person.state == PersonState.ACTIVE
        assert person.consented_at is not None
        proved = {i.kind: i.verified_at is not None for i in session.scalars(
            select(Identifier).where(Identifier.person_id == invited))}  # fmt: skip
        assert proved == {"email": True, "phone": False, "document": False}
    again = visitor.get(link)
    assert "ya se usó" in again.text
    assert visitor.send(link, {"password": PASSWORD, "consent": "y"}).status_code == 409


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"password": PASSWORD}, "consent"),
        ({"password": "", "consent": "y"}, "password"),
        ({"password": "corta", "consent": "y"}, "password"),
        ({"password": "ana@x.gt.", "consent": "y"}, "password"),
    ],
)
def test_a_password_and_the_notice_are_needed(visitor, db, invited, link, fields, field):
    sent = visitor.send(link, fields)
    assert sent.status_code == 422
    assert f'href="#{field}"' in sent.text
    assert state(db, invited) == PersonState.INVITED


def test_a_code_on_paper_lets_in_and_proves_no_address(visitor, db, invited):
    code = db.perform(
        lambda work: invite.code_for(work, work.session.get_one(Person, invited)), SYSTEM
    )
    assert visitor.get("/invitacion").status_code == 200
    wrong = visitor.send("/invitacion", {"code": "AAAA-BBBB-CCCC"})
    assert wrong.status_code == 422
    sent = visitor.send("/invitacion", {"code": code.lower().replace("-", " ")})
    assert sent.location == f"/invitacion/{code}"
    assert visitor.send(sent.location, {"password": PASSWORD, "consent": "y"}).status_code == 303
    with db.reading() as session:
        rows = session.scalars(select(Identifier).where(Identifier.person_id == invited))
        assert all(row.verified_at is None for row in rows)


def test_a_new_link_cancels_the_one_before(visitor, db, invited, link):
    db.perform(lambda work: invite.secret_for(work, work.session.get_one(Person, invited)), SYSTEM)
    assert "ya se usó" in visitor.get(link).text


def test_a_link_that_is_too_old_sends_another_to_its_address(visitor, db, invited, link, clock):
    clock.advance(days=31)
    page = visitor.get(link)
    assert "demasiado antigua" in page.text
    again = re.search(r'action="([^"]+/reenviar)"', page.text).group(1)
    assert visitor.send(again).status_code == 303
    (letter,) = letters(db)
    assert (letter.template, letter.address) == ("people/invited", "ana@x.gt")
    assert visitor.send(letter.link, {"password": PASSWORD, "consent": "y"}).status_code == 303


def test_whoever_reads_the_address_may_say_that_they_are_somebody_else(visitor, db, invited, link):
    assert visitor.send(link + "/no-soy-yo").status_code == 303
    with db.reading() as session:
        kinds = session.scalars(
            select(Identifier.kind).where(Identifier.person_id == invited)
        ).all()
        assert "email" not in kinds
    assert state(db, invited) == PersonState.INVITED
    assert visitor.send(link, {"password": PASSWORD, "consent": "y"}).status_code == 409


def test_an_unknown_link_is_a_page_that_does_not_exist(visitor, world):
    assert visitor.get("/invitacion/nada").status_code == 404
    assert visitor.send("/invitacion/nada/no-soy-yo").status_code == 404


def test_registering_with_the_address_sends_the_invitation_again(visitor, db, invited):
    sent = visitor.send(
        "/registro",
        {
            "given_names": "Ana", "first_surname": "Paz", "email": "ana@x.gt",
            "document_kind": "passport", "document_number": "A1234567", "country": "GT",
            "region": "Quiché", "municipality": "Nebaj", "position": "Tesorera",
            "password": PASSWORD, "consent": "y",
        },
    )  # fmt: skip
    assert sent.status_code == 303
    assert [letter.template for letter in letters(db)] == ["people/invited"]
    assert state(db, invited) == PersonState.INVITED


def test_recovering_a_password_that_was_never_chosen_sends_the_invitation(visitor, db, invited):
    visitor.send("/recuperar", {"identifier": "ana@x.gt"})
    assert [letter.template for letter in letters(db)] == ["people/invited"]


def test_an_invitation_is_not_forgotten_as_an_abandoned_registration(db, invited, clock):
    clock.advance(days=400)
    db.perform(forget, SYSTEM)
    assert state(db, invited) == PersonState.INVITED
