"""The waiting list on screen: how it is kept, the place that is shown, what to do today."""

import pytest
from sqlalchemy import select

from lms.enrollment.models import Call, Enrollment
from lms.foundation.kernel.actor import SYSTEM
from tests.factories.enrollment import put_in


@pytest.fixture
def cohort(open_cohort):
    return open_cohort(capacity=1)


@pytest.fixture
def browser(as_person):
    return as_person("registrar")


def at(cohort, tail=""):
    return f"/gestion/promociones/{cohort.uid}/{tail}"


def put(db, world, cohort, name, state):
    return db.perform(lambda work: put_in(work, cohort.uid, world.people[name], state).uid, SYSTEM)


@pytest.mark.parametrize(
    ("person", "status"),
    [("registrar", 200), ("instructor", 403), ("administrator", 403), ("otra-registrar", 404)],
)
def test_giving_seats_is_the_registrars(as_person, cohort, person, status):
    assert as_person(person).get(at(cohort, "solicitudes/dar-cupos")).status_code == status


def test_how_the_list_is_kept(db, cohort, browser):
    given = {"takes": "y", "promotes": "automatic"}
    assert browser.send(at(cohort, "convocatoria/lista-de-espera"), given).status_code == 303
    with db.reading() as session:
        call = session.scalars(select(Call)).one()
    assert (call.takes_waitlist, call.promotes) == (True, "automatic")
    wrong = browser.send(at(cohort, "convocatoria/lista-de-espera"), {"promotes": "nobody"})
    assert wrong.status_code == 422


def test_a_full_cohort_with_a_list_can_still_be_asked_for(db, world, cohort, browser, as_person):
    put(db, world, cohort, "learner2", "enrolled")
    learner = as_person("learner")
    assert learner.get(f"/promociones/{cohort.uid}/solicitar").status_code == 409
    given = {"takes": "y", "promotes": "registrar"}
    browser.send(at(cohort, "convocatoria/lista-de-espera"), given)
    assert "Entrar en la lista de espera" in learner.get("/cursos/gestion-municipal").text
    page = learner.get(f"/promociones/{cohort.uid}/solicitar")
    assert "Aun así puede solicitar" in page.text
    assert learner.send(f"/promociones/{cohort.uid}/solicitar").status_code == 303


def test_a_person_is_shown_their_place(db, world, cohort, as_person, clock):
    put(db, world, cohort, "learner2", "waitlisted")
    clock.advance(minutes=1)
    put(db, world, cohort, "learner", "waitlisted")
    assert "Lugar 2." in as_person("learner").get("/inicio").text
    assert "Lugar 2." in as_person("learner").get("/cursos/gestion-municipal").text
    assert "Lugar 1." in as_person("learner2").get("/inicio").text


def test_people_are_put_on_the_list_after_a_look(db, world, cohort, browser):
    uid = str(put(db, world, cohort, "learner", "applied"))
    page = browser.send(at(cohort, "solicitudes/revisar"), {"waitlist": "selected", "who": uid})
    assert "¿Pasar 1 persona a la lista de espera?" in page.text
    done = browser.send(at(cohort, "solicitudes/lista-de-espera"), {"who": uid})
    assert done.status_code == 303
    page = browser.get(done.location)
    assert "Lugar 1" in page.text
    assert "Lista de espera (1)" in page.text
    page = browser.send(at(cohort, "solicitudes/revisar"), {"off_list": "selected", "who": uid})
    assert "¿Sacar 1 persona" in page.text
    browser.send(at(cohort, "solicitudes/sacar-de-la-lista"), {"who": uid})
    with db.reading() as session:
        assert session.scalars(select(Enrollment.state)).one() == "applied"


def test_a_list_beside_a_free_seat_is_something_to_do_today(db, world, cohort, browser):
    put(db, world, cohort, "learner", "waitlisted")
    put(db, world, cohort, "learner2", "waitlisted")
    page = browser.get("/gestion")
    assert "1 cupo libre, y hay lista de espera" in page.text
    page = browser.get(at(cohort, "solicitudes/dar-cupos"))
    assert "¿Dar 1 cupo a la lista de espera?" in page.text
    assert browser.send(at(cohort, "solicitudes/dar-cupos")).status_code == 303
    assert "hay lista de espera" not in browser.get("/gestion").text
    again = browser.send(at(cohort, "solicitudes/dar-cupos"))
    assert again.status_code == 409
