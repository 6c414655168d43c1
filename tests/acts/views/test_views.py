"""The pages of acts: who may look, close, sign; what they refuse; the files to take along."""

import io
import json
import re

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from lms.acts.actions.close import close
from lms.acts.models import GradeAct
from lms.foundation.kernel.actor import SYSTEM
from lms.people.formats.hashes import hash_password
from lms.people.models import Person
from tests.acts.conftest import COURSE
from tests.factories.calls import PDF


def url(cohort, tail=""):
    return f"/gestion/promociones/{cohort}/actas{tail}"


@pytest.fixture
def act(db, cohort, ended, registrar):
    return db.perform(close, registrar, cohort, COURSE, 4).uid


def test_the_draft_is_looked_at_closed_and_leads_on_to_the_act(as_person, db, cohort, ended):
    browser = as_person("registrar")
    assert "Transparencia" in browser.get(url(cohort)).text
    draft = browser.get(url(cohort, f"/borrador?curso={COURSE}")).text
    assert "Batz, Ana" in draft
    assert "Nada impide cerrar esta acta." in draft
    wrong = browser.send(url(cohort, f"/borrador/cerrar?curso={COURSE}"), {"confirmed": "3"})
    assert wrong.status_code == 422
    done = browser.send(url(cohort, f"/borrador/cerrar?curso={COURSE}"), {"confirmed": "4"})
    assert done.status_code == 303
    page = browser.get(done.location).text
    assert "MUESTRA-AC-2026-000001" in page
    assert "0 de 2 firmas" in page
    again = browser.get(url(cohort, f"/borrador?curso={COURSE}"))
    assert again.status_code == 303
    assert again.location == done.location


def test_what_keeps_it_open_leads_to_where_it_is_mended(as_person, clock, cohort, ended):
    clock.advance(days=-30)
    page = as_person("registrar").get(url(cohort, f"/borrador?curso={COURSE}")).text
    assert "La promoción aún no ha terminado." in page
    assert "Escriba ese número" not in page
    assert "Si se cerrara hoy: 4 personas" in page
    assert "Cada línea lleva a donde se hace." in page


def test_nobody_is_led_to_a_page_that_is_not_theirs(as_person, clock, cohort, ended):
    clock.advance(days=-30)
    teacher = as_person("instructor")
    page = teacher.get(url(cohort, f"/borrador?curso={COURSE}")).text
    assert "La promoción aún no ha terminado." in page
    assert "Registro académico puede cerrar el acta" in page
    led = [link for link in re.findall(r'href="(/gestion/[^"#?]+)', page) if str(cohort) in link]
    assert led
    assert {teacher.get(link).status_code for link in led} == {200}


@pytest.mark.parametrize(
    ("name", "looks", "closes"),
    [
        ("registrar", 200, 422), ("instructor", 200, 403), ("signer", 200, 403),
        ("administrator", 200, 403), ("tutor", 403, 403), ("help_desk", 403, 403),
        ("learner", 404, 404), ("otra-registrar", 404, 404),
    ],
)  # fmt: skip
def test_each_sees_and_does_what_is_theirs(as_person, cohort, ended, name, looks, closes):
    browser = as_person(name)
    assert browser.get(url(cohort, f"/borrador?curso={COURSE}")).status_code == looks
    answer = browser.send(url(cohort, f"/borrador/cerrar?curso={COURSE}"), {})
    assert answer.status_code == closes


def test_whoever_signs_finds_it_at_home_and_signs_with_the_password(
    as_person, world, db, cohort, act
):
    def give(work):
        signer = work.session.get_one(Person, world.people["signer"])
        signer.password_hash = hash_password("canasta-azul-7")

    db.perform(give, SYSTEM)
    browser = as_person("signer")
    place = url(cohort, f"/{act}/firmas/1/firmar")
    assert place in browser.get("/gestion").text
    assert browser.get(place).status_code == 200
    wrong = browser.send(place, {"password": "otra cosa"})
    assert wrong.status_code == 422
    done = browser.send(place, {"password": "canasta-azul-7"})
    assert done.status_code == 303
    assert "1 de 2 firmas" in browser.get(done.location).text
    assert place not in browser.get("/gestion").text


def test_paper_is_recorded_with_its_scan(as_person, cohort, act, db):
    browser = as_person("registrar")
    place = url(cohort, f"/{act}/firmas/1/en-papel")
    day = db.clock().date().isoformat()
    assert browser.send(place, {"signed_on": day}).status_code == 422
    file = (io.BytesIO(PDF), "acta.pdf")
    done = browser.send(place, {"signed_on": day, "document": file})
    assert done.status_code == 303
    scan = browser.get(url(cohort, f"/{act}/firmas/1/copia"))
    assert scan.data == PDF
    assert browser.get(url(cohort, f"/{act}/firmas/2/copia")).status_code == 404


def test_the_files_say_what_the_act_says(as_person, db, cohort, act):
    browser = as_person("registrar")
    printed = browser.get(url(cohort, f"/{act}/acta.pdf")).data
    assert browser.get(url(cohort, f"/{act}/acta.pdf")).data == printed
    read = PdfReader(io.BytesIO(printed))
    text = " ".join(page.extract_text() for page in read.pages)
    for said in ("Acta de notas", "Batz, Ana", "No se presentó", "Directora general"):
        assert said in text
    data = browser.get(url(cohort, f"/{act}/acta.json")).json
    assert json.loads(read.attachments["acta.json"][0]) == data
    with db.reading() as session:
        assert data["sha256"] == session.scalars(select(GradeAct.sha256)).one()
    table = browser.get(url(cohort, f"/{act}/acta.csv")).text
    assert '1,"Ajú, Ana",' in table
    assert ",Aprobó,88" in table


def test_an_act_of_another_cohort_does_not_exist_here(as_person, cohort, act):
    browser = as_person("otra-registrar")
    for tail in ("", "/acta.pdf", "/acta.csv", "/acta.json", "/rectificar"):
        assert browser.get(url(cohort, f"/{act}{tail}")).status_code == 404
