"""The help desk's pages for one person, as who may open them and who may not."""

import re

import pytest
from sqlalchemy import select

from lms.foundation.audit.models import AuditEntry
from lms.foundation.kernel.actor import SYSTEM
from lms.people.models import Identifier
from tests.people.conftest import PASSWORD, english


@pytest.fixture
def desk(as_person):
    browser = as_person("help_desk")
    browser.set_cookie("idioma", "en")
    return browser


@pytest.fixture
def page(rosa) -> str:
    return f"/gestion/personas/{rosa.uid}"


def uid_of(db, person_id: int, kind: str) -> str:
    with db.reading() as session:
        return str(
            session.scalars(select(Identifier.uid).filter_by(person_id=person_id, kind=kind)).one()
        )


def test_a_code_made_on_screen_opens_the_account_once(app, desk, page, rosa):
    assert "How did you check" in desk.get(f"{page}/codigo").text
    answer = desk.send(f"{page}/codigo", {"how": "document", "note": "DPI"})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    code = re.search(r'class="spoken code">([^<]+)<', answer.text).group(1)
    visitor = english(app)
    entered = visitor.send("/ingresar/codigo", {"code": code, "password": "otra contraseña larga"})
    assert entered.status_code == 303
    again = english(app).send("/ingresar/codigo", {"code": code, "password": PASSWORD})
    assert "already used" in again.text


def test_no_code_without_saying_how_identity_was_checked(desk, page):
    answer = desk.send(f"{page}/codigo", {})
    assert answer.status_code == 422
    assert "spoken" not in answer.text
    assert "Say how you checked" in answer.text


def test_a_colleague_with_more_rights_is_refused_in_a_sentence(desk, world):
    page = f"/gestion/personas/{world.uids['registrar']}"
    answer = desk.send(f"{page}/codigo", {"how": "document"})
    assert answer.status_code == 409
    assert "rights that yours does not have" in answer.text
    assert "somebody of the administration" in desk.get(page).text


def test_a_number_whole_is_on_the_page_once_and_in_no_address(desk, page, db, rosa):
    where = f"{page}/identificadores/{uid_of(db, rosa.id, 'document')}/completo"
    assert "2345678990101" not in desk.get(where).text
    assert desk.send(where, {"reason": ""}).status_code == 422
    answer = desk.send(where, {"reason": "Cotejar el acta"})
    assert "2345678990101" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert "2345678990101" not in desk.get(page).text
    with db.reading() as session:
        assert session.scalars(select(AuditEntry).filter_by(deed="person.document_shown")).one()


def test_a_phone_put_right_on_screen(desk, page, db, rosa):
    where = f"{page}/contacto/telefono?cual={uid_of(db, rosa.id, 'phone')}"
    assert "+502 5512 3456" in desk.get(where).text
    wrong = desk.send(where, {"phone": "12", "country": "GT", "reason": "x"})
    assert wrong.status_code == 422
    assert "phone number with all its figures" in wrong.text
    sent = desk.send(where, {"phone": "5512 3457", "country": "GT", "reason": "Una cifra"})
    assert sent.status_code == 303
    assert "+502 5512 3457" in desk.get(page).text


def test_a_document_and_an_address_put_right_on_screen(desk, page, db, rosa, mailbox):
    where = f"{page}/contacto/documento"
    sent = desk.send(
        where,
        {"document_kind": "passport", "number": "A-123.456", "country": "GT", "reason": "Visto"},
    )
    assert sent.status_code == 303
    where = f"{page}/contacto/correo"
    assert desk.send(where, {"email": "no", "reason": "x"}).status_code == 422
    assert desk.send(where, {"email": "nueva@example.org", "reason": "x"}).status_code == 303
    assert str(mailbox.last()["To"]) == "nueva@example.org"


def test_there_are_three_kinds_of_contact(desk, page):
    assert desk.get(f"{page}/contacto/fax").status_code == 404


def test_taking_away_twice_is_done_once_and_answered_alike(desk, page, db, rosa):
    where = f"{page}/identificadores/{uid_of(db, rosa.id, 'phone')}/quitar"
    assert desk.get(where).status_code == 200
    sent = {"reason": "No es suyo", "form_key": "una-sola-vez-0001"}
    assert desk.send(where, sent).status_code == 303
    assert desk.send(where, sent).status_code == 303
    assert "+502 5512 3456" not in desk.get(page).text


def test_devices_and_locks_from_the_page(desk, page, db, world):
    page = f"/gestion/personas/{world.uids['learner']}"
    assert desk.send(f"{page}/cerrar-sesiones").status_code == 303
    assert "1 device was signed out" in desk.get(page).text
    assert desk.send(f"{page}/desbloquear").status_code == 303


def test_who_is_locked_out_is_seen_to_be(app, desk, page, rosa):
    visitor = english(app)
    for _ in range(10):
        visitor.send("/ingresar", {"identifier": "rosa@example.org", "password": "no"})
    assert "Cannot sign in until" in desk.get(page).text
    desk.send(f"{page}/desbloquear")
    assert "Cannot sign in until" not in desk.get(page).text
    sent = visitor.send("/ingresar", {"identifier": "rosa@example.org", "password": PASSWORD})
    assert sent.status_code == 303


@pytest.mark.parametrize("name", ["registrar", "instructor", "signer", "tutor"])
def test_other_roles_do_not_help(as_person, page, name):
    assert as_person(name).get(page).status_code == 403


def test_people_of_another_house_do_not_exist(as_person, db, world):
    from lms.people.models import Grant

    def tie(work):
        work.session.add(
            Grant(
                person_id=world.people["otra-learner"],
                institution_id=world.institutions["otra"],
                role="tutor",
                kind="cohort",
                cohort_id=1,
                starts_at=work.now,
            )
        )

    db.perform(tie, SYSTEM)
    page = f"/gestion/personas/{world.uids['otra-learner']}"
    for name in ("help_desk", "administrator"):
        assert as_person(name).get(page).status_code == 404
        assert as_person(name).get(f"{page}/codigo").status_code == 404
    assert as_person("otra-help_desk").get(page).status_code == 200
