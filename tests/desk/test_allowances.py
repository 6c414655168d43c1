"""Exceptions on the desk: for whom, looked over, given once, listed, taken back."""

import re

import pytest
from sqlalchemy import func, select

from lms.enrollment.models import Allowance
from tests.factories.teaching import COURSE, QUIZZES
from tests.statements import statements

FORM = {"about": f"{COURSE}/{QUIZZES[0]}", "attempts": "1", "reason": "Corte de luz en Sololá"}


@pytest.fixture
def url(classroom) -> str:
    classroom.enrol("learner2")
    return f"/gestion/promociones/{classroom.cohort.uid}/excepciones"


def read(browser, address: str) -> str:
    return " ".join(browser.get(address).text.split())


def seen(text: str) -> str:
    return re.search(r'name="seen"[^>]*value="([^"]+)"', text).group(1)


def count(db) -> int:
    with db.reading() as session:
        return session.scalar(select(func.count()).select_from(Allowance)) or 0


def test_it_says_for_whom_and_the_preview_gives_nothing(classroom, english, url, db):
    classroom.finish("learner2")
    browser = english("registrar")
    text = read(browser, f"{url}?ver=todas")
    assert "For 1 person" in text
    assert "1 person of the list has completed the cohort and is left out." in text
    assert "Give it to" not in text  # first it is looked over
    answer = browser.send(f"{url}/revisar?ver=todas", FORM)
    assert answer.status_code == 200
    shown = " ".join(answer.text.split())
    assert "<li>1 more attempt.</li>" in shown
    assert "Reason: Corte de luz en Sololá" in shown
    assert "Give it to 1 person" in shown
    assert count(db) == 0


def test_given_once_listed_and_taken_back(classroom, english, url, db, do_jobs):
    browser = english("instructor")
    address = f"{url}?ver=todas"
    form = FORM | {"seen": seen(read(browser, address)), "form_key": "una-vez"}
    for _ in range(2):
        assert browser.send(address, form).status_code == 303
    do_jobs()
    assert count(db) == 2
    text = read(browser, address)
    assert text.count("Evaluación del módulo 1.</b> 1 more attempt.") == 2
    assert text.count(">Holds<") == 2
    back = re.search(rf'action="({url}/[^"]+/retirar)"', text).group(1)
    assert browser.send(back).status_code == 303
    text = read(browser, address)
    assert (text.count(">Holds<"), text.count(">Taken back<")) == (1, 1)
    person = f"/gestion/promociones/{classroom.cohort.uid}/personas"
    pages = [
        read(browser, f"{person}/{classroom.enrollments[name].uid}")
        for name in ("learner", "learner2")
    ]
    assert sum("Reason: Corte de luz en Sololá" in page for page in pages) == 1


def test_one_person_alone(classroom, english, url, db):
    browser = english("instructor")
    page = f"/gestion/promociones/{classroom.cohort.uid}/personas"
    text = read(browser, f"{page}/{classroom.enrollments['learner'].uid}")
    door = re.search(rf'href="({url}[^"]+)"', text).group(1).replace("&amp;", "&")
    shown = read(browser, door)
    assert "For 1 person" in shown
    assert browser.send(door, FORM | {"seen": seen(shown)}).status_code == 303
    assert count(db) == 1
    assert classroom.row("learner").allowances
    assert not classroom.row("learner2").allowances


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"reason": ""}, "Write the reason in a few words"),
        ({"attempts": ""}, "Give a later day, more attempts or more time."),
        ({"attempts": "99"}, "Write a number from 0 to 20."),
        ({"about": ""}, "Attempts and time are given for one activity: choose it."),
        ({"closes_at": "2026-11-01T08:00"}, "That moment has passed already."),
        ({"about": "otro/uno"}, "Choose one from the list"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(classroom, english, url, db, wrong, said):
    browser = english("registrar")
    form = FORM | {"seen": seen(read(browser, f"{url}?ver=todas"))} | wrong
    answer = browser.send(f"{url}?ver=todas", form)
    assert answer.status_code == 422
    assert said in answer.text
    assert count(db) == 0


def test_a_list_that_became_another_is_looked_at_again(classroom, english, url, db):
    browser = english("registrar")
    form = FORM | {"seen": seen(read(browser, f"{url}?ver=todas"))}
    classroom.enrol("tutor")
    answer = browser.send(f"{url}?ver=todas", form)
    assert answer.status_code == 409
    assert "it has 3 people now" in answer.text
    assert count(db) == 0


@pytest.mark.parametrize(
    ("role", "status"),
    [("registrar", 200), ("instructor", 200), ("tutor", 403), ("help_desk", 403),
     ("otra-registrar", 404), ("learner", 404)],
)  # fmt: skip
def test_who_may_give_them(classroom, as_person, url, role, status):
    browser = as_person(role)
    assert browser.get(url).status_code == status
    if status != 200:
        for address in (url, f"{url}/revisar", f"{url}/{classroom.cohort.uid}/retirar"):
            assert browser.send(address, FORM).status_code == status


def test_its_statements_do_not_grow(classroom, english, url, db):
    browser = english("registrar")
    browser.get(f"{url}?ver=todas")
    with statements(db.engine) as few:
        browser.get(f"{url}?ver=todas")
    browser.send(f"{url}?ver=todas", FORM | {"seen": seen(read(browser, f"{url}?ver=todas"))})
    with statements(db.engine) as many:
        browser.get(f"{url}?ver=todas")
    assert len(many) == len(few) <= 14
