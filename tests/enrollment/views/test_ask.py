"""Asking for a seat on the page."""

import re
from uuid import uuid4

import pytest
from sqlalchemy import select

from lms.catalog.models import CourseVersion
from lms.enrollment.actions.keys import make_key
from lms.enrollment.models import Enrollment
from lms.foundation.kernel.actor import SYSTEM
from lms.people.models import Person
from tests.conftest import MORNING
from tests.factories.enrollment import put_in


def url(cohort):
    return f"/promociones/{cohort.uid}/solicitar"


def form_key(response):
    return re.search(r'name="form_key"[^>]*value="([^"]+)"', response.text)[1]


def enrolled(db):
    with db.reading() as session:
        return [row.state for row in session.scalars(select(Enrollment))]


def test_a_visitor_signs_in_first_and_comes_back(visitor, open_cohort):
    cohort = open_cohort()
    response = visitor.get(url(cohort))
    assert response.status_code == 302
    assert f"next={url(cohort)}" in response.location.replace("%2F", "/")


def test_the_page_says_what_one_asks_for_and_under_what_name(as_person, open_cohort):
    page = as_person("learner").get(url(open_cohort(capacity=7)))
    assert page.status_code == 200
    for words in (
        "Promoción 1 de 2027",
        "Gestión Municipal y Transparencia",
        "Rosa",
        "López",
        ">7<",
    ):
        assert words in page.text
    assert 'name="key"' not in page.text


def test_what_no_jurist_has_accepted_is_said_before_one_asks(as_person, db, open_cohort):
    browser, path = as_person("learner"), url(open_cohort())
    accepted = browser.get(path).text

    def reopen(work):
        for version in work.session.scalars(select(CourseVersion)):
            version.detail = {"legal_review": {"state": "pending"}}

    db.perform(reopen, SYSTEM)
    assert (
        "En revisión jurídica" in accepted,
        "En revisión jurídica" in browser.get(path).text,
    ) == (
        False,
        True,
    )


def test_asking_by_approval_waits_for_an_answer(as_person, db, open_cohort):
    cohort = open_cohort(door="approval")
    browser = as_person("learner")
    key = form_key(browser.get(url(cohort)))
    sent = browser.send(url(cohort), {"form_key": key})
    assert sent.status_code == 303
    assert sent.location == f"/cursos/gestion-municipal#promocion-{cohort.uid}"
    assert enrolled(db) == ["applied"]
    again = browser.send(url(cohort), {"form_key": key})
    assert (again.status_code, again.location) == (303, sent.location)
    assert enrolled(db) == ["applied"]


def test_an_open_door_gives_the_seat(as_person, db, open_cohort):
    cohort = open_cohort(door="open")
    sent = as_person("learner").send(url(cohort))
    assert (sent.status_code, sent.location) == (303, "/inicio")
    assert enrolled(db) == ["enrolled"]


def test_a_wrong_key_is_told_beside_its_field_and_kept(as_person, db, open_cohort):
    cohort = open_cohort(door="key")
    browser = as_person("learner")
    assert 'name="key"' in browser.get(url(cohort)).text
    for typed in ("", "NADA-NADA", "x" * 41):
        wrong = browser.send(url(cohort), {"key": typed})
        assert wrong.status_code == 422
        assert 'id="key-error"' in wrong.text
        assert typed in wrong.text
    code = db.perform(make_key, SYSTEM, cohort.uid, uses=1, until=MORNING.date())
    assert browser.send(url(cohort), {"key": code.lower()}).status_code == 303
    assert enrolled(db) == ["enrolled"]


def test_the_name_is_confirmed_first(as_person, db, world, open_cohort):
    cohort = open_cohort()

    def forget(work):
        work.session.get_one(Person, world.people["learner"]).name_confirmed_at = None

    db.perform(forget, SYSTEM)
    browser = as_person("learner")
    response = browser.get(url(cohort))
    assert response.status_code == 302
    assert response.location.replace("%2F", "/") == f"/cuenta/nombre?next={url(cohort)}"
    sent = browser.send(url(cohort))
    assert sent.status_code == 409
    assert enrolled(db) == []


@pytest.mark.parametrize("state", ["applied", "declined", "enrolled", "withdrawn"])
def test_a_refusal_stands_on_the_page_with_a_way_back(as_person, db, world, open_cohort, state):
    cohort = open_cohort()
    db.perform(lambda work: put_in(work, cohort.uid, world.people["learner"], state), SYSTEM)
    browser = as_person("learner")
    for response in (browser.get(url(cohort)), browser.send(url(cohort))):
        assert response.status_code == 409
        assert 'href="/cursos/gestion-municipal"' in response.text
    assert enrolled(db) == [state]


def test_a_full_cohort_and_a_closed_window_say_so(as_person, db, world, open_cohort, clock):
    cohort = open_cohort(door="open", capacity=1)
    db.perform(lambda work: put_in(work, cohort.uid, world.people["learner2"]), SYSTEM)
    browser = as_person("learner")
    assert browser.get(url(cohort)).status_code == 409
    assert browser.send(url(cohort)).status_code == 409
    other = open_cohort(key="2027-2")
    clock.advance(days=31)
    assert browser.get(url(other)).status_code == 409


def test_a_cohort_that_does_not_exist(as_person):
    browser = as_person("learner")
    assert browser.get(f"/promociones/{uuid4()}/solicitar").status_code == 404
    assert browser.send(f"/promociones/{uuid4()}/solicitar").status_code == 404


def test_a_form_without_its_token_changes_nothing(as_person, db, open_cohort):
    cohort = open_cohort(door="open")
    assert as_person("learner").post(url(cohort)).status_code == 400
    assert enrolled(db) == []
