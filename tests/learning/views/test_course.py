"""The outline of one's courses, and the pages of their modules."""

from datetime import timedelta

import pytest

from tests.factories.teaching import COURSE, QUIZZES
from tests.statements import statements


@pytest.fixture
def learner(as_person):
    """The learner's browser; pages in English, whose words are the message ids."""
    browser = as_person("learner")
    browser.set_cookie("idioma", "en")
    return browser


def test_every_item_with_its_state_minutes_and_weight(classroom, learner):
    classroom.see("learner", "derecho")
    text = learner.get(classroom.url("learner")).text
    assert 'class="seen"' in text
    assert 'class="locked"' in text
    assert "30 min · " in text
    assert "1 of 5 activities done" in text
    assert "Practice: Tres solicitudes" in text
    assert text.count("It opens when you finish “Los plazos”") == 1  # in full once


def test_everything_locked_says_why_in_a_few_words(classroom, learner):
    text = learner.get(classroom.url("learner")).text
    locked = [item for item in text.split("<li>") if 'class="locked"' in item]
    assert len(locked) > 3
    assert "It opens when you finish “El derecho" in locked[0]
    assert all("<small>After all that comes before</small>" in item for item in locked[1:])
    classroom.cohort_days(starts_at=classroom.db.clock() + timedelta(days=3))
    text = learner.get(classroom.url("learner")).text
    assert text.count("The cohort has not begun yet. It opens on") == 1
    assert text.count("<small>On 26 Nov 2026</small>") == text.count('class="locked"') - 1


def test_the_button_leads_to_where_one_stopped(classroom, learner):
    text = learner.get(classroom.url("learner")).text
    assert "Continue: El derecho y sus principios" in text
    classroom.see("learner", "derecho")
    classroom.stop_at("learner", "plazos", "b3")
    assert f'{classroom.url("learner", "plazos")}#b3"' in learner.get(classroom.url("learner")).text


def test_a_quiz_tells_its_closing_hour_and_its_failure(classroom, learner):
    closes = classroom.db.clock() + timedelta(days=4)
    classroom.cohort_days(calendar={QUIZZES[0]: {"closes_at": closes.isoformat()}})
    classroom.see("learner", "derecho", "plazos")
    text = learner.get(classroom.url("learner")).text
    assert "Friday 27 November, 10:42 (Guatemala time)" in text
    classroom.take("learner", QUIZZES[0], right=False)
    text = learner.get(classroom.url("learner")).text
    assert 'class="failed"' in text
    assert "It opens when you pass “Evaluación del módulo 1”" in text


@pytest.mark.parametrize(
    ("moved", "words"),
    [
        ({"starts_at": timedelta(days=3)}, "Lessons open on"),
        ({"ends_at": timedelta(days=-1)}, "It ended on"),
    ],
)
def test_before_and_after_the_cohort_it_says_so(classroom, learner, moved, words):
    now = classroom.db.clock()
    classroom.cohort_days(**{name: now + by for name, by in moved.items()})
    text = learner.get(classroom.url("learner")).text
    assert words in text
    assert "Continue:" not in text


@pytest.mark.parametrize("state", ["applied", "waitlisted", "declined", "withdrawn"])
def test_without_a_seat_there_is_a_sentence(classroom, as_person, state):
    classroom.enrol("learner2", state)
    answer = as_person("learner2").get(classroom.url("learner2"))
    assert answer.status_code == 409


def test_it_is_kept_and_costs_three_statements(classroom, learner, db):
    url = classroom.url("learner")
    tag = learner.get(url).headers["ETag"]
    with statements(db.engine) as seen:
        assert learner.get(url, headers={"If-None-Match": tag}).status_code == 304
    assert len(seen) == 3
    classroom.stop_at("learner", "derecho", "b2")
    assert learner.get(url, headers={"If-None-Match": tag}).status_code == 200


def test_a_module_shows_its_practice_with_a_possible_answer_and_its_question(classroom, learner):
    text = learner.get(f"{classroom.url('learner')}/{COURSE}/modulos/laip").text
    assert 'id="practica"' in text
    assert '<a href="../plazos">los plazos</a>' in text
    assert "<details" in text
    assert "La primera se entrega entera." in text
    assert 'id="foro"' in text
    assert "¿Cuál fue?" in text


def test_a_module_opens_with_its_first_activity(classroom, learner):
    url = f"{classroom.url('learner')}/{COURSE}/modulos/abierto"
    assert learner.get(url).status_code == 409
    classroom.see("learner", "derecho", "plazos")
    classroom.take("learner", QUIZZES[0])
    assert learner.get(url).status_code == 200
    assert learner.get(f"{classroom.url('learner')}/{COURSE}/modulos/no-hay").status_code == 404
