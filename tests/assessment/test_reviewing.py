"""What learners see of their attempt afterwards, as the author says it for each moment."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from lms.assessment.models import Attempt
from lms.enrollment.models import Cohort, Enrollment
from lms.foundation.kernel.actor import SYSTEM
from tests.assessment.test_pages import begin, hand_in, intro, words
from tests.assessment.test_sitting import setting


def change(db, table, row=None, /, **values):
    """Change one row, or all, as an administrator's action elsewhere would."""

    def run(work):
        of = update(table).values(**values)
        work.session.execute(of if row is None else of.where(table.id == row))

    db.perform(run, SYSTEM)


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
    assert "When it has closed for your whole cohort, on " in result
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


@pytest.mark.parametrize(
    ("review", "said"),
    [
        ({"during": ["right"]}, "closed for your whole cohort"),  # nothing said of afterwards
        (
            {moment: ["answer", "marks", "right", "feedback"] for moment in ("after", "open")},
            "After handing in you see your result and the explanation of each question.",
        ),
        (
            {"during": ["marks"], "after": ["answer"]},
            "Once you checked an answer you see: what each of them earned. Just after handing in",
        ),
    ],
)
def test_what_will_be_shown_is_said_before_as_shortly_as_it_can_be(
    as_person, school, db, review, said
):
    setting(db, school, review=review)
    assert said in words(as_person("learner").get(intro(school)))


class TestWithheld:
    """Of a graded quiz nothing is said: right answers wait for the last who may sit it."""

    CLOSES = timedelta(hours=2)

    @pytest.fixture
    def seen(self, as_person, school, db, clock):
        """What the learner sees of an attempt handed in now, whenever it is asked for."""
        change(db, Cohort, ends_at=clock.now + self.CLOSES)
        setting(db, school, attempts=1)
        browser = as_person("learner")
        where = begin(browser, school)
        browser.send(where, WRONG)
        hand_in(browser, where)
        return lambda: words(browser.get(f"{where}/resultado"))

    def closed_to_oneself(self, clock):
        clock.now += self.CLOSES + timedelta(minutes=1)

    def test_who_has_no_attempt_left_waits_with_the_others_and_is_told_until_when(
        self, seen, clock
    ):
        said = seen()
        assert RIGHT_OF_FIRST not in said
        assert WHY_ALL not in said
        assert WHY_WRONG in said  # of what was chosen
        assert (
            "When it has closed for your whole cohort, on Monday 23 November, 12:42 "
            "(Guatemala time), you see: the right answers, the explanations."
        ) in said
        self.closed_to_oneself(clock)
        said = seen()
        assert RIGHT_OF_FIRST in said
        assert WHY_ALL in said
        assert "closed for your whole cohort" not in said

    def test_somebody_with_a_later_end_may_still_sit_it(self, seen, clock, db, school):
        change(
            db, Enrollment, school.enrollment_ids["learner2"], ends_at=clock.now + self.CLOSES * 2
        )
        self.closed_to_oneself(clock)
        assert RIGHT_OF_FIRST not in seen()
        clock.now += self.CLOSES
        assert RIGHT_OF_FIRST in seen()

    def test_so_may_somebody_with_a_later_day_for_this_quiz_alone(self, seen, clock, db, school):
        about, later = "transparencia/evaluacion", clock.now + timedelta(hours=1, minutes=30)
        early = (clock.now + timedelta(hours=1)).isoformat()
        change(db, Cohort, calendar={about: {"closes_at": early}})
        own = {about: {"closes_at": later.isoformat(), "extras": []}}
        change(db, Enrollment, school.enrollment_ids["learner2"], allowances=own)
        clock.now += timedelta(hours=1, minutes=29)
        assert RIGHT_OF_FIRST not in seen()
        clock.now += timedelta(minutes=2)
        assert RIGHT_OF_FIRST in seen()

    def test_who_has_left_the_cohort_holds_nobody_up(self, seen, clock, db, school):
        other, later = school.enrollment_ids["learner2"], clock.now + self.CLOSES * 2
        change(db, Enrollment, other, ends_at=later, state="withdrawn")
        self.closed_to_oneself(clock)
        assert RIGHT_OF_FIRST in seen()

    def test_an_attempt_that_was_opened_again_runs_after_the_closing(
        self, seen, clock, db, school, taker
    ):
        other = taker("learner2")
        other.start()
        change(db, Attempt, other.row().id, deadline=clock.now + self.CLOSES * 2)
        self.closed_to_oneself(clock)
        assert RIGHT_OF_FIRST not in seen()
        other.hand_in()
        assert RIGHT_OF_FIRST in seen()

    def test_an_author_who_says_otherwise_is_heard(self, told):
        result, worked_out = told({"after": ["answer", "right"]})
        assert RIGHT_OF_FIRST in result
        assert "closed for your whole cohort, on" in worked_out  # what it earned is still to come

    def test_practice_waits_for_nobody(self, seen, db, school):
        setting(db, school, purpose="practice")
        assert RIGHT_OF_FIRST in seen()
