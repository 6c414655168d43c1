"""The pages of check lists: prepared, printed, approved with the password, issued; and refusals."""

import re
from uuid import UUID

import pytest
from sqlalchemy import func, select

from lms.certificates.actions.checklists import set_two_persons
from lms.certificates.models import CheckList, Credential
from lms.foundation.kernel.actor import SYSTEM
from lms.people.formats.hashes import hash_password
from lms.people.models import Institution, Person
from tests.certificates.views.test_staff import fields, flashed, review, url

PASSWORD = "canasta-azul-7"


@pytest.fixture
def second(db, world, as_person):
    """The administrator, who has a password."""

    def act(work):
        person = work.session.get_one(Person, world.people["administrator"])
        person.password_hash = hash_password(PASSWORD)

    db.perform(act, SYSTEM)
    return as_person("administrator")


@pytest.fixture
def prepared(as_person, db, cohort, graduates) -> str:
    """The address of a list of three."""
    graduates(3)
    browser = as_person("registrar")
    form = {"confirmed": "3", "which": "all", "form_key": "k" * 20}
    answer = browser.send(url(cohort, "/listas"), form)
    assert answer.status_code == 303
    assert "está preparada" in flashed(browser)
    return answer.location


def issued(db) -> int:
    with db.reading() as session:
        return session.scalar(select(func.count()).select_from(Credential)) or 0


def test_from_the_office_to_the_register_by_two_persons(as_person, db, prepared, second):
    registrar = as_person("registrar")
    page = registrar.get(prepared)
    assert "Por aprobar" in page.text
    assert "/aprobar" not in page.text, "nobody approves their own"
    assert registrar.get(f"{prepared}/emitir").status_code == 409
    mine = registrar.send(f"{prepared}/aprobar", {"password": "x"})
    assert mine.status_code == 422
    assert "/aprobar" in second.get(prepared).text
    wrong = second.send(f"{prepared}/aprobar", {"password": "otra cosa"})
    assert wrong.status_code == 422
    assert second.send(f"{prepared}/aprobar", {"password": PASSWORD}).status_code == 303
    assert "/emitir" not in second.get(prepared).text, "whoever approves does not issue"
    confirm = registrar.get(f"{prepared}/emitir").text
    assert "MUESTRA-CA-2026-000003" in confirm
    assert "no se puede deshacer" in confirm
    form = re.findall(r'name="(confirmed|form_key)"[^>]* value="([^"]*)"', confirm)
    done = registrar.send(f"{prepared}/emitir", dict(form))
    assert done.status_code == 303
    assert issued(db) == 3
    page = registrar.get(prepared).text
    assert page.count("Emitido") >= 3
    assert "/emitir" not in page


def test_it_is_printed_whole_with_room_to_tick_and_sign(as_person, prepared):
    sheet = as_person("registrar").get(f"{prepared}/imprimir").text
    assert sheet.count("<tr>") == 4
    assert "Cotejado" in sheet
    assert "Nombre y firma" in sheet


def test_the_sample_is_a_picture(as_person, prepared):
    answer = as_person("registrar").get(f"{prepared}/muestra.png")
    assert answer.mimetype == "image/png"
    assert answer.data.startswith(b"\x89PNG")


def test_a_list_comes_back_with_its_reason_and_nothing_typed_is_lost(
    as_person, cohort, prepared, second
):
    empty = second.send(f"{prepared}/devolver", {"reason": " "})
    assert empty.status_code == 422
    long = "Falta. " * 100
    kept = second.send(f"{prepared}/devolver", {"reason": long})
    assert kept.status_code == 422
    assert long.strip() in kept.text
    done = second.send(f"{prepared}/devolver", {"reason": "Falta el apellido de Ana."})
    assert done.status_code == 303
    registrar = as_person("registrar")
    assert "Falta el apellido de Ana." in registrar.get(prepared).text
    assert "Devuelta" in registrar.get(url(cohort, "/listas")).text


def test_withdrawn_by_the_office(as_person, db, prepared):
    registrar = as_person("registrar")
    assert registrar.send(f"{prepared}/retirar", {}).status_code == 303
    with db.reading() as session:
        assert session.scalars(select(CheckList.state)).one() == "withdrawn"
    assert registrar.send(f"{prepared}/retirar", {}).status_code == 409


@pytest.mark.parametrize("name", ["instructor", "tutor", "help_desk", "signer"])
def test_nobody_else_sees_or_approves(as_person, cohort, prepared, name):
    browser = as_person(name)
    for address in (prepared, f"{prepared}/aprobar", f"{prepared}/imprimir"):
        assert browser.get(address).status_code == 403
    assert browser.send(url(cohort, "/listas"), {"confirmed": "3"}).status_code == 403


def test_whoever_approves_does_not_prepare(second, cohort, graduates):
    graduates(2)
    assert second.send(url(cohort, "/listas"), {"confirmed": "2"}).status_code == 403
    assert second.get(url(cohort, "/listas")).status_code == 200


def test_another_institution_finds_no_list(as_person, prepared):
    assert as_person("otra-registrar").get(prepared).status_code == 404


def test_where_two_are_asked_for_the_page_offers_a_list_and_no_way_around_it(
    as_person, db, world, cohort, graduates
):
    graduates(2)
    db.perform(set_two_persons, SYSTEM, world.institutions["igm"], True)
    registrar = as_person("registrar")
    assert "Preparar lista de cotejo de 2 documentos" in registrar.get(url(cohort)).text
    page = review(registrar, cohort).text
    assert "Todavía no se emite nada" in page
    assert "/emitir" not in page
    refused = registrar.send(url(cohort, "/emitir"), {"confirmed": "2", "which": "all"})
    assert refused.status_code == 409
    assert "Prepare una lista de cotejo" in refused.text
    assert issued(db) == 0


def test_where_one_is_enough_a_list_may_still_be_asked_for(as_person, cohort, graduates):
    graduates(2)
    registrar = as_person("registrar")
    page = review(registrar, cohort).text
    assert fields(page)["confirmed"] == "2"
    assert f'formaction="{url(cohort, "/listas")}"' in page
    # While a list is open a second one is refused with a sentence, on the list itself.
    form = {"confirmed": "2", "which": "all"}
    assert registrar.send(url(cohort, "/listas"), form).status_code == 303
    again = registrar.send(url(cohort, "/listas"), form)
    assert again.status_code == 409
    assert "ya tiene una lista abierta" in again.text


def test_the_rule_is_the_institutions_own(as_person, db, world):
    house: UUID
    with db.reading() as session:
        house = session.get_one(Institution, world.institutions["igm"]).uid
    browser = as_person("administrator")
    address = f"/gestion/institucion/{house}/emision"
    assert browser.get(address).status_code == 200
    assert browser.send(address, {"persons": "tres"}).status_code == 422
    assert browser.send(address, {"persons": "two"}).status_code == 303
    with db.reading() as session:
        assert session.get_one(Institution, world.institutions["igm"]).two_person_issuing
    assert as_person("registrar").get(address).status_code == 403
