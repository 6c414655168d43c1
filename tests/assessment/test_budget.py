"""What a quiz may cost: statements and writing transactions, whatever the size of the course."""

import pytest

from lms.assessment.queries import quizzes
from lms.foundation.kernel.actor import SYSTEM
from tests.assessment.school import QUESTIONS, RIGHT, build_school, quiz_source
from tests.assessment.test_pages import begin, hand_in, intro


@pytest.fixture
def ten(db, world):
    """A quiz of ten questions."""
    questions = [
        question | {"key": f"{question['key']}-{n}", "stem": f"{question['stem']} ({n})"}
        for n, question in enumerate((QUESTIONS * 2)[:10])
    ]
    return db.perform(build_school, SYSTEM, world, quiz_source(questions=questions))


def test_pages_of_a_quiz_take_six_statements_at_most(ten, as_person, counting):
    browser = as_person("learner")
    attempt = begin(browser, ten)
    browser.send(attempt, {"q1": "0", "go": "review"})
    for page in (intro(ten), attempt, f"{attempt}/revisar"):
        quizzes.forget()
        with counting() as cold:
            assert browser.get(page).status_code == 200
        assert len(cold.statements) <= 6, cold.statements
    hand_in(browser, attempt)
    with counting() as found:
        assert browser.get(f"{attempt}/resultado").status_code == 200
    assert len(found.statements) <= 6, found.statements


def test_a_whole_attempt_of_ten_questions(ten, as_person, counting):
    browser = as_person("learner")
    token = browser.token()
    headers = {"X-CSRFToken": token, "Accept": "application/json"}
    with counting() as found:
        browser.get(intro(ten))
        attempt = browser.post(intro(ten), data={"csrf_token": token}).headers["Location"]
        browser.get(attempt)
        for slot in range(1, 11):
            question = (slot - 1) % 6 + 1
            value = RIGHT.get(question) or {"pairs": {"0": "1", "1": "2", "2": "0"}}
            body = {"slot": slot, "key": f"key-of-{slot:03}", "seq": 1, "value": value}
            saved = browser.post(f"{attempt}/respuestas", json=body, headers=headers)
            assert saved.status_code == 200
        browser.get(f"{attempt}/revisar")
        browser.post(f"{attempt}/entregar", data={"csrf_token": token})
        assert browser.get(f"{attempt}/resultado").status_code == 200
    assert len(found.statements) <= 130
    assert found.writing <= 13
