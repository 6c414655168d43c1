"""A learner's application: file by file, without JavaScript, and nobody else's business."""

import io

import pytest
from sqlalchemy import select

from lms.enrollment.models import Application, Paper
from tests.factories.calls import LETTER, PDF, QUESTION, call_for, handed_in, picture, prepared
from tests.statements import statements


@pytest.fixture
def cohort(open_cohort):
    return open_cohort(capacity=2)


@pytest.fixture
def asked(db, cohort):
    return call_for(db, cohort)


@pytest.fixture
def browser(as_person):
    return as_person("learner")


def at(uid, tail=""):
    return f"/solicitudes/{uid}{tail}"


def put(browser, uid, requirement, data, name="dpi.jpg"):
    return browser.send(
        at(uid, f"/documentos/{requirement.uid}"), {"file": (io.BytesIO(data), name)}
    )


def test_an_application_from_beginning_to_end(db, cohort, asked, browser):
    page = browser.get(f"/promociones/{cohort.uid}/solicitar")
    assert "Comenzar mi solicitud" in page.text
    assert "<strong>secretarías</strong>" in page.text
    assert "Documento de identidad" in page.text
    begun = browser.send(f"/promociones/{cohort.uid}/solicitar")
    assert begun.status_code == 303
    url = begun.location
    assert browser.get(f"/promociones/{cohort.uid}/solicitar").location == url
    with db.reading() as session:
        uid = session.scalars(select(Application.uid)).one()
    page = browser.get(url)
    assert "Faltan 2" in page.text or "2 cosas" in page.text
    assert "/entregar" not in page.text
    assert f"/solicitudes/{uid}" in browser.get("/inicio").text
    assert put(browser, uid, asked[0], picture()).status_code == 303
    answered = browser.send(at(uid, f"/documentos/{asked[2].uid}"), {"answer": "Llevo las actas."})
    assert answered.status_code == 303
    page = browser.get(url)
    assert "No falta nada" in page.text
    assert browser.send(at(uid, "/entregar")).status_code == 303
    page = browser.get(url)
    assert "Solicitud entregada" in page.text
    assert "Llevo las actas." in page.text
    assert "dpi.jpg" in page.text
    assert '<form method="post" action="/solicitudes' not in page.text
    home = browser.get("/inicio").text
    assert f'href="/solicitudes/{uid}"' in home
    assert "Termine su solicitud" not in home
    assert f'href="/solicitudes/{uid}"' in browser.get("/cursos/gestion-municipal").text


def test_without_something_obligatory_it_is_not_handed_in(app, db, world, cohort, asked, browser):
    uid = prepared(app, db, cohort, world.people["learner"], without=(QUESTION.name,))
    page = browser.send(at(uid, "/entregar"))
    assert page.status_code == 409
    assert "Todavía falta: ¿Qué hace en su municipalidad?" in page.text


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"MZ not a picture at all", "dpi.jpg", "este archivo es de otra clase"),
        (b"", "dpi.pdf", "este archivo es de otra clase"),
        (PDF + b" " * 5_000_001, "dpi.pdf", "El archivo pesa demasiado"),
    ],
)
def test_what_a_file_is_decides_and_not_its_name(
    db, world, app, cohort, asked, browser, data, name, said
):
    uid = prepared(app, db, cohort, world.people["learner"], without=(asked[0].name,))
    page = put(browser, uid, asked[0], data, name)
    assert page.status_code == 422
    assert said in page.text


def test_a_photograph_is_no_pdf(db, world, app, cohort, asked, browser):
    uid = prepared(app, db, cohort, world.people["learner"], without=(LETTER.name,))
    page = put(browser, uid, asked[1], picture(), "carta.pdf")
    assert page.status_code == 422
    assert "Envíelo en PDF" in page.text


def test_the_file_is_its_owners_only(db, world, app, cohort, asked, as_person):
    uid = handed_in(app, db, cohort, world.people["learner"])
    with db.reading() as session:
        paper = session.scalars(select(Paper.uid).where(Paper.sha256.is_not(None))).first()
    url = at(uid, f"/archivos/{paper}")
    answer = as_person("learner").get(url)
    assert (answer.status_code, answer.data, answer.mimetype) == (200, PDF, "application/pdf")
    assert answer.headers["Cache-Control"] == "private, no-store"
    for name in ("learner2", "registrar", "help_desk", "administrator", "otra-registrar"):
        assert as_person(name).get(url).status_code == 404
        assert as_person(name).get(at(uid)).status_code == 404


def test_a_closed_call_says_so_and_takes_nothing(db, world, app, cohort, asked, browser, clock):
    uid = prepared(app, db, cohort, world.people["learner"])
    clock.advance(days=31)
    page = browser.get(at(uid))
    assert "cerró" in page.text
    assert "/entregar" not in page.text
    assert browser.send(at(uid, "/entregar")).status_code == 409
    assert "Termine su solicitud" not in browser.get("/inicio").text


def test_the_page_costs_the_same_however_much_was_sent(db, world, app, cohort, asked, browser):
    uid = prepared(app, db, cohort, world.people["learner"], without=tuple(e.name for e in asked))
    browser.get(at(uid))
    with statements(db.engine) as few:
        browser.get(at(uid))
    prepared(app, db, cohort, world.people["learner"])
    with statements(db.engine) as many:
        browser.get(at(uid))
    assert len(many) == len(few)
