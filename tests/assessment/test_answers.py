"""What the page's own script is told when it saves an answer."""

import pytest
from sqlalchemy import select

from lms.assessment.models import Answer
from tests.assessment.test_pages import begin, hand_in


@pytest.fixture
def browser(as_person, school):
    return as_person("learner")


@pytest.fixture
def attempt(browser, school):
    return begin(browser, school)


def send(browser, attempt, slot=1, value=None, key="some-key", seq=1):
    body = {"slot": slot, "key": key, "seq": seq, "value": value or {"choice": "0"}}
    return browser.send_json(f"{attempt}/respuestas", body)


def test_saved_is_said_with_the_servers_hour(browser, attempt):
    answer = send(browser, attempt)
    assert answer.status_code == 200
    assert answer.get_json() == {"at": "2026-11-23T16:42:03Z", "shown": "10:42"}


def test_a_repeat_gets_the_same_answer(browser, attempt, clock):
    first = send(browser, attempt).get_json()
    clock.advance(minutes=5)
    assert send(browser, attempt).get_json() == first


def test_the_same_key_with_other_content(browser, attempt):
    send(browser, attempt)
    answer = send(browser, attempt, value={"choice": "1"})
    assert (answer.status_code, answer.get_json()["state"]) == (409, "conflict")
    assert answer.get_json()["said"].endswith(".")


def test_late_is_kept_and_said(browser, attempt, clock, db):
    clock.advance(minutes=41)
    answer = send(browser, attempt)
    assert (answer.status_code, answer.get_json()["state"]) == (409, "late")
    assert "11:23" in answer.get_json()["said"]
    with db.reading() as session:
        assert session.scalars(select(Answer.late)).all() == [True]


def test_equal_to_what_is_held_is_acknowledged_even_after_handing_in(browser, attempt):
    send(browser, attempt)
    hand_in(browser, attempt)
    assert send(browser, attempt, key="another-key", seq=2).status_code == 200


@pytest.mark.parametrize(
    ("slot", "value"), [(5, {"text": "muchos"}), (99, {"text": "a"}), (1, {"choice": "9"})]
)
def test_what_cannot_be_read_is_said(browser, attempt, slot, value):
    answer = send(browser, attempt, slot=slot, value=value)
    assert answer.status_code == 422
    assert answer.get_json()["said"].endswith(".")


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b"null", b'"x"', b"\xff"])
def test_what_is_not_json_is_said(browser, attempt, body):
    headers = {"X-CSRFToken": browser.token(), "Accept": "application/json"}
    answer = browser.post(
        f"{attempt}/respuestas", data=body, content_type="application/json", headers=headers
    )
    assert answer.status_code == 422
    assert answer.get_json()["said"]


def test_a_stale_token_and_a_session_that_ended(browser, attempt, visitor):
    body = {"slot": 1, "key": "some-key", "seq": 1, "value": {"choice": "0"}}
    stale = browser.post(f"{attempt}/respuestas", json=body, headers={"Accept": "application/json"})
    assert stale.status_code == 400
    assert visitor.send_json(f"{attempt}/respuestas", body).status_code == 401
