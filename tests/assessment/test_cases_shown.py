"""One attempt with every type of question and a case: answered, checked, marked, on both sides."""

import pytest

from lms.assessment.actions.take import take
from lms.assessment.types import TYPES
from lms.foundation.kernel.actor import SYSTEM, Actor
from tests.assessment.school import QUESTIONS, build_school, quiz_source
from tests.assessment.test_pages import begin, words

CASE = {"key": "rastro", "title": "El contrato", "text": "Una vecina pide **verlo**."}
MORE = [
    {"type": "ordering", "items": ["Recibir", "Sellar", "Responder"]},
    {"type": "classification", "groups": [{"name": "Ingresos", "items": ["IUSI"]},
                                          {"name": "Gastos", "items": ["Planilla"]}]},
    {"type": "missing_words", "passage": "Son {{1}} días **{{2}}**.",
     "words": [{"text": "diez"}, {"text": "hábiles"}, {"text": "treinta"}]},
    {"type": "cloze", "passage": "El decreto {{1}} da {{2}} y cuesta {{3}}.",
     "gaps": [{"type": "short_answer", "accept": ["57-2008"]},
              {"type": "single_choice", "options": [{"text": "acceso", "correct": True},
                                                    {"text": "permiso"}]},
              {"type": "numerical", "answer": 21}]},
    {"type": "scale", "points": 0, "steps": ["Nunca", "Siempre"]},
]  # fmt: skip
ASKED = QUESTIONS + [
    {"key": f"otra-{n}", "points": 1, "stem": f"Pregunta {n}.", **each}
    for n, each in enumerate(MORE)
]


@pytest.fixture
def school(db, world):
    asked = [{**each, "case": "rastro"} if 1 <= n <= 2 else each for n, each in enumerate(ASKED)]
    return db.perform(build_school, SYSTEM, world, quiz_source(cases=[CASE], questions=asked))


def test_every_type_is_asked(school):
    by_machine = {name for name, each in TYPES.items() if not each.by_hand}
    assert {each["type"] for each in ASKED} == by_machine  # what a person marks: test_essays.py


def test_every_type_is_shown_checked_and_marked(as_person, school, db, world):
    browser = as_person("learner")
    page = browser.get(begin(browser, school))
    text = words(page)
    assert text.count("Una vecina pide verlo .") == 1
    assert "For questions 2 to 3" in text
    assert text.index("For questions 2 to 3") < text.index("Question 2 of 11")
    assert 'name="q9.1"' in page.text
    assert "No points" in text

    actor = Actor(world.people["learner2"])
    attempt = db.perform(take, actor, school.enrollments["learner2"], school.activity)
    result = as_person("learner2").get(f"/intentos/{attempt}/resultado")
    said = words(result)
    assert "You reached 14 points of 14 points" in said or "14 of 14 points" in said
    assert "{{" not in result.text
    assert "Your answer: Siempre" in said
    assert "El decreto 57-2008" in said


def test_what_was_wrong_is_told_part_by_part_to_who_teaches(as_person, school, db, world):
    browser = as_person("learner")
    where = begin(browser, school)
    browser.send(where, {"q10.1": "58-2008", "q10.3": "muchos", "q7.0": "0", "q7.1": "0"})
    page = browser.get(where)
    assert "58-2008" not in page.text
    browser.send(where, {"q10.1": "58-2008", "q10.3": "2,1", "q7.0": "0", "q7.1": "0"})
    text = words(browser.get(f"{where}/revisar"))
    assert "1. 58-2008 2. — 3. 2.1" in text
    assert "You wrote “2,1”" in text
    attempt = browser.send(f"{where}/entregar", {}).headers["Location"].split("/")[2]
    staff = as_person("instructor").get(f"/gestion/intentos/{attempt}")
    assert staff.status_code == 200
    assert "58-2008" in words(staff)
