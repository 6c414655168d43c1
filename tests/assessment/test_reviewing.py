"""What learners see of their attempt afterwards, as the author says it for each moment."""

from datetime import timedelta

import pytest

from lms.enrollment.models import Cohort
from tests.assessment.test_pages import begin, hand_in, intro, words
from tests.assessment.test_sitting import setting
from tests.assessment.test_start import change

WRONG = {"q1": "1", "q3": "false"}
RIGHT_OF_FIRST, WHY_WRONG, WHY_ALL = "Right answer Diez", "Es el plazo con prórroga.", "Son diez,"


@pytest.fixture
def told(as_person, school, db, clock):
    """The result and how it was worked out, under a matrix, after a while."""

    def look(review, wait=timedelta(0), **more):
        setting(db, school, review=review, **more)
        browser = as_person("learner")
        where = begin(browser, school)
        browser.send(where, WRONG)
        result = hand_in(browser, where).headers["Location"]
        clock.now += wait
        return words(browser.get(result)), words(browser.get(f"{where}/nota"))

    return look


def test_what_is_withheld_is_on_neither_page(told):
    result, worked_out = told({"after": []})
    for said in (RIGHT_OF_FIRST, WHY_WRONG, WHY_ALL, "Your answer", "0 of 1 point", "Wrong"):
        assert said not in result
    assert "Veinte" not in result
    assert "You reached 0 of 10 points" in result
    assert "What each question earned is not shown now." in worked_out
    assert "0 of 10 points" in worked_out
    assert "Veinte" not in worked_out


def test_marks_without_explanations_and_explanations_without_marks(told):
    result, worked_out = told({"after": ["answer", "marks"]})
    assert "Your answer" in result
    assert "0 of 1 point" in result
    assert WHY_WRONG not in result
    assert "Not right: no points." in worked_out
    assert "Diez" not in worked_out


def test_explanations_may_be_all_there_is(told):
    result, _worked_out = told({"after": ["answer", "feedback"]})
    assert WHY_WRONG in result
    assert WHY_ALL in result
    assert RIGHT_OF_FIRST not in result
    assert "0 of 1 point" not in result


def test_ten_minutes_later_it_is_another_moment(told):
    review = {"after": ["answer", "marks", "right", "feedback"], "open": ["answer"]}
    later, _worked_out = told(review, wait=timedelta(minutes=10))
    assert RIGHT_OF_FIRST not in later
    assert "0 of 1 point" not in later
    assert "Your answer" in later


def test_what_comes_with_the_closing_is_announced_and_comes(told, as_person, school, clock, db):
    change(db, Cohort, ends_at=clock.now + timedelta(hours=2))
    review = {"after": ["answer"], "open": ["answer"], "closed": ["answer", "marks", "right"]}
    result, _worked_out = told(review)
    assert "When it closes, on " in result
    assert "you see: what each of them earned, the right answers." in result
    browser = as_person("learner")
    said = words(browser.get(intro(school)))
    assert "You are always told the sum of your points. Just after handing in you see: your" in said
    clock.now += timedelta(hours=2)
    page = browser.get(intro(school)).text
    address = page.partition('href="/intentos/')[2].partition('"')[0]
    closed = words(browser.get(f"/intentos/{address}"))
    assert RIGHT_OF_FIRST in closed
    assert "0 of 1 point" in closed
    assert "When it closes" not in closed


def test_while_another_attempt_runs_nothing_helps_it(told, as_person, school):
    everything = ["answer", "marks", "right", "feedback"]
    review = {"after": everything, "open": everything}
    result, _worked_out = told(review)
    assert RIGHT_OF_FIRST in result
    browser = as_person("learner")
    page = browser.get(intro(school)).text
    first = page.partition('href="/intentos/')[2].partition('"')[0]
    begin(browser, school)
    again = words(browser.get(f"/intentos/{first}"))
    assert RIGHT_OF_FIRST not in again
    assert WHY_ALL not in again


def test_whoever_teaches_sees_everything(told, as_person, school, learner, db):
    told({"after": []})
    page = as_person("learner").get(intro(school)).text
    uid = page.partition('href="/intentos/')[2].partition("/resultado")[0]
    said = words(as_person("instructor").get(f"/gestion/intentos/{uid}"))
    assert "Right answer" in said
    assert WHY_WRONG in said
