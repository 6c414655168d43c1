"""The analysis of a quiz on its pages."""

import re

import pytest

from tests.assessment.test_pages import words
from tests.statements import statements


@pytest.fixture
def address(as_person, school, taker):
    """Two have handed in: one knew everything, one the first question and not the third."""
    knows, guesses = taker("learner"), taker("learner2")
    knows.start()
    knows.answer_all()
    knows.hand_in()
    guesses.start()
    guesses.answer_all(but=(2, 3, 4, 5, 6))
    guesses.save(3, {"choice": "false"})
    guesses.hand_in()
    page = as_person("instructor").get(f"/gestion/promociones/{school.cohort}/intentos")
    return re.search(r'href="(/gestion/promociones/[^"]+/analisis/[^"]+)"', page.text).group(1)


def questions(page):
    return re.findall(r'<th scope="row"><a href="([^"]+)"', page.text)


def test_it_says_how_hard_each_question_was_and_that_two_are_few(as_person, address):
    page = as_person("instructor").get(address)
    said = words(page)
    assert "2 attempts" in said
    assert "There are few attempts" in said
    assert "1. ¿En cuántos días hábiles se responde una solicitud? 2 100 %" in said
    assert "3. Consultar la información es gratuito. 2 50 %" in said
    assert len(questions(page)) == 6


def test_each_answer_to_a_question_has_its_line(as_person, address):
    browser = as_person("instructor")
    links = questions(browser.get(address))
    first, third, fourth = (words(browser.get(links[n])) for n in (0, 2, 3))
    assert "Diez 2 100 %" in first
    assert "Treinta 0 0 %" in first
    assert "Nobody chose it" in first
    assert "True 1 50 %" in third
    assert "False 1 50 %" in third
    assert "Not answered 1 50 %" in fourth


def test_the_first_attempt_of_each_person_or_all(as_person, address, taker):
    again = taker("learner2")
    again.start()
    again.hand_in()
    browser = as_person("instructor")
    assert "2 attempts" in words(browser.get(address))
    everything = browser.get(f"{address}?intentos=todos")
    assert "3 attempts" in words(everything)
    one = browser.get(questions(everything)[0].replace("&amp;", "&"))
    assert "3 attempts had this question" in words(one)


def test_more_attempts_take_no_more_statements(as_person, address, taker, db):
    browser = as_person("instructor")
    pages = [address, questions(browser.get(address))[0]]

    def costs():
        found = []
        for page in pages:
            with statements(db.engine) as seen:
                assert browser.get(page).status_code == 200
            found.append(len(seen))
        return found

    few = costs()
    for _ in range(2):
        one = taker("learner2")
        one.start()
        one.hand_in()
    assert costs() == few
    assert max(few) <= 8


@pytest.mark.parametrize(
    ("person", "status"),
    [("registrar", 403), ("otra-instructor", 404), ("otra-administrator", 404)],
)
def test_who_may_not_look(as_person, address, person, status):
    browser = as_person(person)
    assert browser.get(address).status_code == status
    question = questions(as_person("instructor").get(address))[0]
    assert browser.get(question).status_code == status


def test_a_quiz_nobody_of_the_cohort_began_is_not_there(as_person, school, world):
    page = f"/gestion/promociones/{school.cohort}/analisis/{school.activity}"
    assert as_person("instructor").get(page).status_code == 404
