"""The registrar reads an application: verdicts, sending back, time; nobody else sees a file."""

import re

import pytest
from sqlalchemy import select

from lms.enrollment.models import Application, Enrollment, Paper
from tests.factories.calls import DOCUMENT, PDF, QUESTION, call_for, handed_in, prepared
from tests.statements import statements


@pytest.fixture
def cohort(db, open_cohort):
    found = open_cohort(capacity=2)
    call_for(db, found, DOCUMENT, QUESTION)
    return found


@pytest.fixture
def sent(app, db, cohort, world):
    return handed_in(app, db, cohort, world.people["learner"])


@pytest.fixture
def browser(as_person):
    return as_person("registrar")


def at(cohort, sent, tail=""):
    return f"/gestion/promociones/{cohort.uid}/solicitudes/{sent}{tail}"


def papers(db):
    with db.reading() as session:
        return session.scalars(select(Paper).order_by(Paper.id)).all()


def verdicts(db, first="observed", words="Falta el reverso."):
    one, two = papers(db)[:2]
    return {
        f"verdict-{one.uid.hex}": first,
        f"words-{one.uid.hex}": words,
        f"verdict-{two.uid.hex}": "accepted",
    }


def state(db):
    with db.reading() as session:
        return session.scalars(select(Application.state)).one()


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("registrar", 200),
        ("instructor", 403),
        ("tutor", 403),
        ("help_desk", 403),
        ("administrator", 403),
        ("learner", 404),
        ("otra-registrar", 404),
    ],
)
def test_the_page_and_the_files_are_whose_decides(as_person, db, cohort, sent, person, status):
    assert as_person(person).get(at(cohort, sent)).status_code == status
    file = papers(db)[0]
    answer = as_person(person).get(at(cohort, sent, f"/archivos/{file.uid}"))
    assert answer.status_code == status
    assert (answer.data == PDF) is (status == 200)


def test_what_is_not_handed_in_is_not_seen(app, db, world, cohort, browser):
    draft = prepared(app, db, cohort, world.people["learner"])
    file = papers(db)[0]
    assert browser.get(at(cohort, draft)).status_code == 404
    assert browser.get(at(cohort, draft, f"/archivos/{file.uid}")).status_code == 404


def test_it_is_read_sent_back_and_corrected(db, cohort, sent, browser, as_person):
    page = browser.get(f"/gestion/promociones/{cohort.uid}/solicitudes")
    assert "2 envíos por revisar" in page.text
    assert at(cohort, sent) in page.text
    assert browser.send(at(cohort, sent), verdicts(db) | {"go": "save"}).status_code == 303
    page = browser.get(at(cohort, sent))
    assert "Falta el reverso." in page.text
    until = re.search(r'name="until"[^>]*value="([^"]+)"', page.text).group(1)
    back = verdicts(db) | {"go": "back", "until": until}
    assert browser.send(at(cohort, sent), back).status_code == 303
    assert state(db) == "correcting"
    page = browser.get(f"/gestion/promociones/{cohort.uid}/solicitudes?estado=en-correccion")
    assert "En corrección (1)" in page.text
    assert "En corrección hasta el" in page.text
    mine = as_person("learner").get(f"/solicitudes/{sent}")
    assert "Falta el reverso." in mine.text
    assert mine.text.count('enctype="multipart/form-data"') == 1
    assert "Corrija su solicitud" in as_person("learner").get("/inicio").text


def test_an_observation_without_words_is_asked_for(db, cohort, sent, browser):
    page = browser.send(at(cohort, sent), verdicts(db, words="") | {"go": "save"})
    assert page.status_code == 422
    assert "Diga qué debe corregirse" in page.text


def test_nothing_observed_is_not_sent_back(db, cohort, sent, browser):
    given = verdicts(db, "accepted") | {"go": "back", "until": "2026-12-20T23:59"}
    page = browser.send(at(cohort, sent), given)
    assert page.status_code == 409
    assert "No hay nada observado" in page.text


def test_more_time_and_taking_it_back(db, cohort, sent, browser, clock):
    browser.send(at(cohort, sent), verdicts(db) | {"go": "back", "until": "2026-11-30T23:59"})
    clock.advance(days=9)
    assert "plazo para corregirla terminó" in browser.get(at(cohort, sent)).text
    today = browser.get("/gestion").text
    assert "1 solicitud no se corrigió a tiempo" in today
    assert "Responder 1 solicitud" not in today
    wrong = browser.send(at(cohort, sent, "/plazo"), {"until": "2026-11-01T10:00"})
    assert wrong.status_code == 422
    given = browser.send(at(cohort, sent, "/plazo"), {"until": "2026-12-24T23:59"})
    assert given.status_code == 303
    assert "no se corrigió a tiempo" not in browser.get("/gestion").text
    assert browser.send(at(cohort, sent, "/dejar-sin-efecto")).status_code == 303
    assert state(db) == "handed_in"


def test_before_admitting_one_is_told_what_was_not_read(db, cohort, sent, browser):
    with db.reading() as session:
        uid = session.scalars(select(Enrollment.uid)).one()
    address = f"/gestion/promociones/{cohort.uid}/solicitudes/revisar"
    page = browser.send(address, {"admit": str(uid)})
    assert "2 envíos por revisar." in page.text


def test_declining_takes_a_reason_of_the_list_or_words(db, cohort, sent, browser):
    with db.reading() as session:
        uid = str(session.scalars(select(Enrollment.uid)).one())
    address = f"/gestion/promociones/{cohort.uid}/solicitudes/no-admitir"
    assert browser.send(address, {"who": uid, "why": "other"}).status_code == 422
    assert browser.send(address, {"who": uid, "why": "seats"}).status_code == 303
    with db.reading() as session:
        assert session.scalars(select(Enrollment.reason)).one() == "Hubo más solicitudes que cupos."


def test_undoing_is_looked_over_first(db, cohort, sent, browser):
    base = f"/gestion/promociones/{cohort.uid}/solicitudes"
    with db.reading() as session:
        uid = str(session.scalars(select(Enrollment.uid)).one())
    browser.send(f"{base}/admitir", {"who": uid})
    page = browser.send(f"{base}/revisar", {"take_back": "selected", "who": uid})
    assert "¿Retirar 1 admisión" in page.text
    assert browser.send(f"{base}/retirar-admision", {"who": uid}).status_code == 422
    done = browser.send(f"{base}/retirar-admision", {"who": uid, "reason": "Fue un error."})
    assert done.status_code == 303
    browser.send(f"{base}/no-admitir", {"who": uid, "why": "seats"})
    page = browser.send(f"{base}/revisar", {"reopen": "selected", "who": uid})
    assert "¿Reabrir 1 solicitud" in page.text
    assert browser.send(f"{base}/reabrir", {"who": uid}).status_code == 303
    with db.reading() as session:
        assert session.scalars(select(Enrollment.state)).one() == "applied"


def test_pages_cost_the_same_however_many_there_are(app, db, world, cohort, sent, browser):
    base = f"/gestion/promociones/{cohort.uid}/solicitudes"
    for url in (base, at(cohort, sent)):
        browser.get(url)
    with statements(db.engine) as few:
        browser.get(base)
    for name in ("learner2", "tutor", "signer"):
        handed_in(app, db, cohort, world.people[name])
    with statements(db.engine) as many:
        browser.get(base)
    assert len(many) == len(few)
