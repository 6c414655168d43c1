"""Seats by door on screen: kept, changed, given to everybody, and asked for with a key."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.enrollment.actions.keys import make_key
from lms.enrollment.models import Enrollment, InvitationKey, Quota
from lms.foundation.kernel.actor import SYSTEM

NAME = "Convenio ANAM"
KEPT = {"name": NAME, "seats": "2", "until": "2026-12-10T23:59"}


@pytest.fixture
def cohort(open_cohort):
    return open_cohort(door="open", capacity=3)


@pytest.fixture
def browser(as_person):
    return as_person("registrar")


def at(cohort, tail=""):
    return f"/gestion/promociones/{cohort.uid}/cupos{tail}"


def quota(db):
    with db.reading() as session:
        return session.scalars(select(Quota)).one()


@pytest.mark.parametrize(
    ("person", "status"),
    [("registrar", 200), ("instructor", 403), ("administrator", 403), ("otra-registrar", 404)],
)
def test_it_is_the_registrars(as_person, cohort, person, status):
    assert as_person(person).get(at(cohort)).status_code == status


def test_seats_are_kept_changed_and_given_to_everybody(db, cohort, browser):
    assert browser.send(at(cohort), KEPT).status_code == 303
    page = browser.get(at(cohort))
    assert NAME in page.text
    assert "0 de 2 ocupados" in page.text
    found = quota(db)
    page = browser.get(at(cohort, f"/{found.uid}"))
    assert 'value="2026-12-10T23:59"' in page.text
    assert browser.send(at(cohort, f"/{found.uid}"), KEPT | {"seats": "1"}).status_code == 303
    assert quota(db).seats == 1
    (fall,) = re.findall(r'action="([^"]+/liberar)"', browser.get(at(cohort)).text)
    assert browser.send(fall).status_code == 303
    assert "Del público desde" in browser.get(at(cohort)).text


def test_what_cannot_be_kept_is_said_beside_its_field(cohort, browser):
    page = browser.send(at(cohort), KEPT | {"seats": "4"})
    assert page.status_code == 422
    assert "Solo quedan 3 cupos" in page.text
    assert browser.send(at(cohort), {}).status_code == 422


def test_a_key_for_them_is_made_and_used(db, cohort, browser, as_person):
    keys = f"/gestion/promociones/{cohort.uid}/claves"
    assert "Cupos que puede ocupar" not in browser.get(keys).text
    browser.send(at(cohort), KEPT)
    found = quota(db)
    given = {"uses": "5", "until": "2026-12-20", "quota": str(found.uid)}
    assert browser.send(keys, given).status_code == 303
    assert NAME in browser.get(keys).text
    with db.reading() as session:
        key = session.scalars(select(InvitationKey)).one()
    assert key.quota_id == found.id
    learner = as_person("learner")
    address = f"/promociones/{cohort.uid}/solicitar"
    assert "Clave de convenio" in learner.get(address).text
    wrong = learner.send(address, {"key": "AAAA-BBBB-CCCC"})
    assert wrong.status_code == 422
    assert learner.send(address, {"key": key.code}).status_code == 303
    with db.reading() as session:
        assert session.scalars(select(Enrollment.quota_id)).one() == found.id
    assert as_person("learner2").send(address, {"key": ""}).status_code == 303


def test_a_cohort_without_kept_seats_asks_for_no_key(db, cohort, as_person):
    db.perform(make_key, SYSTEM, cohort.uid, uses=1, until=db.clock().date() + timedelta(days=9))
    page = as_person("learner").get(f"/promociones/{cohort.uid}/solicitar")
    assert "Clave de convenio" not in page.text
