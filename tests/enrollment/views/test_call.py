"""The registrar's page of a call: words, what is asked for, and taking it out and back."""

import re

import pytest
from sqlalchemy import select

from lms.enrollment.actions.open import Choices
from lms.enrollment.actions.open import open_cohort as opening
from lms.enrollment.models import Call, Cohort, Requirement
from lms.foundation.kernel.actor import SYSTEM
from tests.factories.calls import call_for, handed_in
from tests.statements import statements

ASKED = {
    "sort": "document", "name": "Documento  de identidad", "why": "Ambos lados.",
    "is_obligatory": "y", "formats": ["pdf", "jpg"], "megabytes": "3",
}  # fmt: skip


@pytest.fixture
def cohort(open_cohort):
    return open_cohort()


@pytest.fixture
def browser(as_person):
    return as_person("registrar")


def at(cohort, tail=""):
    return f"/gestion/promociones/{cohort.uid}/convocatoria{tail}"


def asked(db):
    with db.reading() as session:
        return session.scalars(select(Requirement).order_by(Requirement.position)).all()


@pytest.mark.parametrize("tail", ["", "/pedir"])
@pytest.mark.parametrize(
    ("person", "status"),
    [("registrar", 200), ("instructor", 403), ("help_desk", 403), ("otra-registrar", 404)],
)
def test_it_is_the_registrars(as_person, cohort, tail, person, status):
    assert as_person(person).get(at(cohort, tail)).status_code == status


def test_a_call_is_written_asked_for_changed_and_taken_back(db, cohort, browser):
    assert browser.send(at(cohort), {"words": "Para *secretarías*."}).status_code == 303
    assert browser.send(at(cohort, "/pedir"), ASKED).status_code == 303
    (row,) = asked(db)
    assert (row.name, row.formats, row.megabytes) == ("Documento de identidad", "pdf jpg", 3)
    page = browser.get(at(cohort))
    assert "Es obligatorio" in page.text
    assert "PDF, JPG, hasta 3 MB" in page.text
    assert "Para *secretarías*." in page.text
    changed = browser.send(at(cohort, f"/{row.uid}"), ASKED | {"name": "DPI"})
    assert changed.status_code == 303
    (out,) = re.findall(r'action="([^"]+/quitar)"', browser.get(at(cohort)).text)
    assert browser.send(out).status_code == 303
    page = browser.get(at(cohort))
    assert "1 requisito quitado" in page.text
    assert "No se pide nada" in page.text
    (back,) = re.findall(r'action="([^"]+/recuperar)"', page.text)
    assert browser.send(back).status_code == 303
    assert asked(db)[0].removed_at is None
    assert "DPI" in browser.get(at(cohort)).text


def test_what_is_badly_written_is_said_beside_its_field(cohort, browser):
    page = browser.send(at(cohort, "/pedir"), {"sort": "document", "megabytes": "99"})
    assert page.status_code == 422
    assert "Escriba el nombre" in page.text
    assert "entre 1 y 10 MB" in page.text
    page = browser.send(at(cohort, "/pedir"), ASKED | {"formats": []})
    assert page.status_code == 422
    assert "al menos un formato" in page.text
    assert browser.send(at(cohort), {"words": "x" * 3001}).status_code == 422


def test_nothing_becomes_obligatory_after_the_first_hand_in(app, db, world, cohort, browser):
    call_for(db, cohort)
    handed_in(app, db, cohort, world.people["learner"])
    page = browser.send(at(cohort, "/pedir"), ASKED)
    assert page.status_code == 422
    assert "ahora solo puede ser opcional" in page.text
    assert browser.send(at(cohort, "/pedir"), ASKED | {"is_obligatory": ""}).status_code == 303


def test_another_door_is_said_to_ask_for_nothing(open_cohort, browser):
    page = browser.get(at(open_cohort(door="open", key="abierta")))
    assert "Solo se piden documentos donde usted responde" in page.text


def test_the_page_costs_the_same_however_much_is_asked(db, cohort, browser):
    browser.get(at(cohort))
    with statements(db.engine) as few:
        browser.get(at(cohort))
    call_for(db, cohort)
    with statements(db.engine) as many:
        browser.get(at(cohort))
    assert len(many) == len(few)


def test_a_copied_cohort_keeps_the_call(db, cohort, browser, clock):
    call_for(db, cohort)
    address = (
        f"/gestion/promociones/abrir/gestion-municipal?copia={cohort.uid}"
        "&inicio=2027-06-07&regla=semanas"
    )
    page = browser.get(address)
    assert f'name="call_of" type="hidden" value="{cohort.uid}"' in page.text
    with db.reading() as session:
        first = session.get_one(Cohort, cohort.id)
    uid = db.perform(
        opening,
        SYSTEM,
        "gestion-municipal",
        key="",
        title="Otra",
        starts_at=first.starts_at,
        ends_at=first.ends_at,
        enrollment_opens_at=first.enrollment_opens_at,
        enrollment_closes_at=first.enrollment_closes_at,
        chosen=Choices(call_of=cohort.uid),
    )
    with db.reading() as session:
        other = session.scalars(select(Cohort).where(Cohort.uid == uid)).one()
        names = session.scalars(
            select(Requirement.name)
            .where(Requirement.cohort_id == other.id)
            .order_by(Requirement.position)
        ).all()
        words = session.scalars(select(Call.words).where(Call.cohort_id == other.id)).one()
    assert [each.name for each in asked(db) if each.cohort_id == cohort.id] == names
    assert words == "Para **secretarías** municipales."
