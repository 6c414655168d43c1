"""Attempts as those who teach see them."""

import pytest

from tests.assessment.test_pages import begin, hand_in, words


@pytest.fixture
def attempt(as_person, school, clock):
    browser = as_person("learner")
    attempt = begin(browser, school)
    browser.send(attempt, {"q1": "1", "go": "save"})
    clock.advance(minutes=2)
    browser.send(attempt, {"q1": "0", "go": "save", "seen": "1:1"})
    hand_in(browser, attempt)
    body = {"slot": 3, "key": "late-key", "seq": 1, "value": {"choice": "true"}}
    browser.send_json(f"{attempt}/respuestas", body)
    return attempt


def test_an_instructor_sees_every_answer_the_late_ones_too(as_person, attempt):
    said = words(as_person("instructor").get(f"/gestion{attempt}"))
    assert "1 of 10 points" in said
    assert "1 answer arrived late" in said
    assert "2 answers arrived" in said
    assert "Veinte" in said
    assert "True Late" in said


def test_the_list_of_a_cohort(as_person, attempt, school):
    browser = as_person("instructor")
    page = browser.get(f"/gestion/promociones/{school.cohort}/intentos")
    said = words(page)
    assert "Evaluación del módulo 3" in said
    assert "1 late answer" in said
    assert f"/gestion{attempt}" in page.get_data(as_text=True)
    other = browser.get(f"/gestion/promociones/{school.cohort}/intentos?evaluacion=otra")
    assert "Nobody has begun" in words(other)


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("instructor", 200),
        ("registrar", 403),
        ("otra-instructor", 404),
        ("otra-administrator", 404),
    ],
)
def test_who_may_look(as_person, attempt, school, person, status):
    browser = as_person(person)
    assert browser.get(f"/gestion{attempt}").status_code == status
    listed = browser.get(f"/gestion/promociones/{school.cohort}/intentos")
    assert listed.status_code == status


@pytest.mark.parametrize("person", ["learner", "learner2"])
def test_learners_do_not_look(as_person, attempt, school, person):
    browser = as_person(person)
    assert browser.get(f"/gestion{attempt}").status_code in (403, 404)
    listed = browser.get(f"/gestion/promociones/{school.cohort}/intentos")
    assert listed.status_code in (403, 404)


def test_an_attempt_that_never_was(as_person, world):
    page = "/gestion/intentos/01a1fc59-8216-7644-8713-dbcad8c0d6a0"
    assert as_person("instructor").get(page).status_code == 404
