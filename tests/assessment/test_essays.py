"""A quiz with an essay: written, handed in, and waiting for somebody to mark it."""

import pytest
from sqlalchemy import select

from lms.assessment.kind import QuizKind
from lms.assessment.models import Answer, Attempt
from lms.catalog.activity import Progress
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.points import points
from tests.assessment.school import QUESTIONS, build_school, quiz_source
from tests.assessment.test_pages import begin, hand_in, intro, words

ESSAY = {
    "key": "carta",
    "type": "essay",
    "points": 4,
    "stem": "Explique a una vecina qué puede pedir.",
    "least": 3,
    "most": 6,
    "guidance": "Nombra el plazo de diez días.",
    "feedback": "Lo importante: el plazo.",
}
TEXT = "Puede pedir todo.\n\nEn diez días."


@pytest.fixture
def school(place, db, world):
    source = quiz_source(questions=[QUESTIONS[0], ESSAY], attempts=2)
    return place.begun("essay-school", lambda: db.perform(build_school, SYSTEM, world, source))


@pytest.fixture
def browser(as_person, school):
    return as_person("learner")


def state(db, school):
    with db.reading() as session:
        found = QuizKind().state(
            session, school.enrollment_ids["learner"], [school.activity_id], db.clock()
        )
    return found[school.activity_id]


def test_the_page_says_the_limits_and_counts_what_is_held(browser, school):
    attempt = begin(browser, school)
    assert "Write 3 to 6 words." in words(browser.get(attempt))
    browser.send(attempt, {"q2": TEXT.replace("\n", "\r\n"), "go": "save", "seen": "1:0 2:0"})
    page = browser.get(attempt)
    assert "6 words" in words(page)
    assert f">{TEXT}</textarea>" in page.text
    assert ESSAY["guidance"] not in page.text


def test_too_many_words_are_kept_and_told_before_handing_in(browser, school, db):
    attempt = begin(browser, school)
    browser.send(attempt, {"q2": "una dos tres cuatro cinco seis siete", "go": "review"})
    assert "Answered in part" in words(browser.get(f"{attempt}/revisar"))
    with db.reading() as session:
        assert session.scalars(select(Answer.value)).all() == [
            "una dos tres cuatro cinco seis siete"
        ]


def test_a_text_that_is_too_long_is_refused_with_all_of_it_still_there(browser, school):
    attempt = begin(browser, school)
    endless = "a" * 20_001
    page = browser.send(attempt, {"q2": endless, "go": "save"})
    assert page.status_code == 422
    assert "longer than 20000 characters" in words(page)
    assert endless in page.text


def test_handed_in_it_waits_and_its_mark_is_not_known(browser, school, db):
    attempt = begin(browser, school)
    browser.send(attempt, {"q1": "0", "q2": TEXT, "go": "save"})
    hand_in(browser, attempt)
    page = browser.get(f"{attempt}/resultado")
    said = words(page)
    assert "Waiting to be marked So far you have 1 of 5 points" in said
    assert "En diez días." in said
    assert "Not passed" not in said
    assert ESSAY["feedback"] not in said  # told once somebody has marked it
    assert "waiting to be marked" in words(browser.get(intro(school)))
    with db.reading() as session:
        row = session.scalars(select(Attempt)).one()
    assert (row.points, row.passed) == (None, None)
    assert state(db, school).progress is Progress.WAITING


def test_a_failed_attempt_before_it_is_no_failure_while_another_waits(browser, school, db):
    hand_in(browser, begin(browser, school))
    assert state(db, school).progress is Progress.FAILED
    attempt = begin(browser, school)
    browser.send(attempt, {"q1": "0", "q2": TEXT, "go": "save"})
    hand_in(browser, attempt)
    found = state(db, school)
    assert (found.progress, found.points) == (Progress.WAITING, 0)
    assert found.may_retry is False


def test_an_essay_left_empty_waits_for_nobody(browser, school, db):
    attempt = begin(browser, school)
    browser.send(attempt, {"q1": "0", "go": "save"})
    hand_in(browser, attempt)
    with db.reading() as session:
        assert session.scalars(select(Attempt.points)).one() == points(1)


def test_staff_see_that_it_waits(browser, as_person, school):
    attempt = begin(browser, school)
    browser.send(attempt, {"q2": TEXT, "go": "save"})
    hand_in(browser, attempt)
    instructor = as_person("instructor")
    listed = instructor.get(f"/gestion/promociones/{school.cohort}/intentos")
    assert "Waiting to be marked" in words(listed)
    assert "Time over" not in words(listed)
    one = instructor.get(f"/gestion{attempt}")
    assert "Puede pedir todo." in words(one)
    assert "Wrong" not in words(one).partition("Question 2")[2]
