"""Checking answers while an attempt runs: immediate feedback, and several tries that cost."""

import re
from uuid import UUID

import pytest
from sqlalchemy import select, update

from lms.assessment import actions
from lms.assessment.models import Answer, Attempt, AttemptEvent, Mark
from lms.assessment.rules.adjusting import Change
from lms.assessment.rules.tries import Check, Verdict
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.errors import Conflict, Invalid, NotFound, Refused
from lms.foundation.kernel.points import points
from tests.assessment.school import QUESTIONS, build_school, quiz_source
from tests.assessment.test_chain import (
    run,  # noqa: F401 (fixture)
    seen,
    tamper,
)
from tests.assessment.test_correcting import correct, question  # noqa: F401 (fixtures)
from tests.assessment.test_pages import begin, hand_in, intro, words
from tests.assessment.test_sitting import setting

TRIES = {"behaviour": "tries", "tries": 3, "penalty": 0.25}


@pytest.fixture
def tries(db, school):
    setting(db, school, **TRIES)


@pytest.fixture
def check(db):
    def check(taker, slot=1, key="", seen=None):
        known = len(checks(db, slot))
        asked = Check(slot, key or f"key-{known}", known if seen is None else seen)
        return db.perform(actions.check, taker.actor, taker.attempt, asked, db.clock())

    return check


def checks(db, slot=1):
    with db.reading() as session:
        rows = session.scalars(
            select(AttemptEvent)
            .where(AttemptEvent.kind == "checked")
            .order_by(AttemptEvent.position)
        ).all()
        return [row.what for row in rows if row.what["slot"] == slot]


def mark_of(db, slot=1):
    with db.reading() as session:
        return session.scalars(select(Mark).where(Mark.slot == slot)).one()


@pytest.mark.usefixtures("tries")
class TestTries:
    def test_two_failed_tries_take_half_and_the_chain_tells_each(self, learner, db, check):
        learner.start()
        for choice in ("1", "2", "0"):
            learner.save(1, {"choice": choice})
            assert check(learner).verdict is Verdict.KEEP
        learner.hand_in()
        mark = mark_of(db)
        assert (mark.points, mark.ratio) == (points("0.5"), points("0.5"))
        assert [(each["try"], each["value"], each["part"]) for each in checks(db)] == [
            (1, 1, 0),
            (2, 2, 0),
            (3, 0, 1),
        ]
        found = seen(learner)
        assert [link.kind for link in found.links] == [
            "shown", *["saved", "checked"] * 3, "handed_in", "marked",
        ]  # fmt: skip
        assert found.wrong is None

    def test_what_arrives_twice_is_done_once(self, learner, db, check):
        learner.start()
        learner.save(1, {"choice": "1"})
        assert check(learner, key="same").verdict is Verdict.KEEP
        assert check(learner, key="same", seen=0).verdict is Verdict.REPEAT
        learner.save(1, {"choice": "2"})
        with pytest.raises(Conflict):
            check(learner, key="same")
        assert len(checks(db)) == 1

    def test_nobody_loses_a_try_that_another_page_did_not_know_of(self, learner, db, check):
        learner.start()
        learner.save(1, {"choice": "1"})
        check(learner)
        learner.save(1, {"choice": "2"})
        assert check(learner, key="old page", seen=0).verdict is Verdict.MEANWHILE
        assert len(checks(db)) == 1

    def test_the_same_answer_is_no_try(self, learner, db, check):
        learner.start()
        learner.save(1, {"choice": "1"})
        check(learner)
        assert check(learner).verdict is Verdict.SAME
        assert len(checks(db)) == 1

    def test_once_right_an_answer_stands_and_what_comes_later_is_kept_apart(
        self, learner, db, check
    ):
        learner.start()
        learner.save(1, {"choice": "0"})
        assert check(learner).right
        assert learner.save(1, {"choice": "1"}).late
        learner.hand_in()
        assert mark_of(db).points == points(1)
        assert seen(learner).wrong is None

    def test_so_it_does_when_no_try_is_left(self, learner, db, check):
        learner.start()
        for choice in ("1", "2", "1"):
            learner.save(1, {"choice": choice})
            check(learner)
        assert learner.row().slots[0]["settled"]
        assert learner.save(1, {"choice": "0"}).late
        assert check(learner).verdict is Verdict.MEANWHILE
        learner.hand_in()
        assert mark_of(db).points == 0

    def test_what_was_not_checked_again_counts_after_what_failed(self, learner, db, check):
        learner.start()
        learner.save(1, {"choice": "1"})
        check(learner)
        learner.save(1, {"choice": "0"})
        learner.hand_in()
        assert mark_of(db).points == points("0.75")

    def test_a_part_is_taken_of_a_part(self, learner, db, check):
        learner.start()
        learner.save(2, {"choices": ["2"]})
        check(learner, 2)
        learner.save(2, {"choices": ["0"]})
        check(learner, 2)
        learner.hand_in()
        assert mark_of(db, 2).points == points("0.75")  # half of 2 points, a quarter taken

    @pytest.mark.parametrize(
        ("slot", "value", "error"), [(1, None, Invalid), (4, {"pairs": {"0": "1"}}, Invalid)]
    )
    def test_there_must_be_a_whole_answer(self, learner, db, check, slot, value, error):
        learner.start()
        if value:
            learner.save(slot, value)
        with pytest.raises(error):
            check(learner, slot)
        assert not checks(db, slot)

    def test_not_once_the_time_is_over_and_not_in_somebody_elses_attempt(
        self, learner, taker, db, check, clock
    ):
        learner.start()
        learner.save(1, {"choice": "0"})
        other = taker("learner2")
        other.attempt = learner.attempt
        with pytest.raises(NotFound):
            check(other)
        clock.advance(minutes=41)
        with pytest.raises(Refused):
            check(learner)
        assert not checks(db)

    def test_time_that_ends_counts_the_tries_too(self, learner, db, check, clock):
        learner.start()
        learner.save(1, {"choice": "1"})
        check(learner)
        learner.save(1, {"choice": "0"})
        clock.advance(minutes=41)
        db.perform(actions.close_if_over, SYSTEM, learner.attempt)
        assert mark_of(db).points == points("0.75")

    def test_a_new_attempt_that_builds_on_it_begins_without_tries(self, learner, db, school, check):
        setting(db, school, build_on_last=True)
        learner.start()
        learner.save(1, {"choice": "0"})
        check(learner)
        learner.hand_in()
        learner.start()
        assert "settled" not in learner.row().slots[0]
        assert not learner.save(1, {"choice": "1"}).late

    def test_a_corrected_key_counts_the_tries_anew(self, learner, db, check, correct):  # noqa: F811
        learner.start()
        for choice in ("1", "0"):
            learner.save(1, {"choice": choice})
            check(learner)
        learner.hand_in()
        assert mark_of(db).points == points("0.75")
        correct(Change.KEY, {"answer": 1})
        assert mark_of(db).points == points(1)
        assert seen(learner).wrong is None


TAMPERED = {
    "the answer": lambda what: what | {"value": 0, "part": 1},
    "its worth": lambda what: what | {"part": 1},
}


@pytest.mark.usefixtures("tries")
@pytest.mark.parametrize("what", TAMPERED)
def test_a_check_that_was_changed_is_named_even_if_sealed_anew(learner, db, check, what):
    from lms.assessment.rules.chain import Event, Head, Kind, links

    learner.start()
    learner.save(1, {"choice": "1"})
    check(learner)
    *before, last = seen(learner).links
    changed = TAMPERED[what](dict(last.what))
    head = Head(before[-1].position, before[-1].digest)
    forged = links(learner.attempt, head, [Event(Kind.CHECKED, last.at, changed)])[0]
    tamper(
        learner,
        update(AttemptEvent)
        .where(AttemptEvent.position == last.position)
        .values(what=changed, digest=forged.digest),
    )
    wrong = seen(learner).wrong
    assert wrong is not None
    assert wrong.params == {"position": 3}


@pytest.mark.usefixtures("tries")
def test_the_command_tells_every_check(learner, check, run):  # noqa: F811
    learner.start()
    learner.save(1, {"choice": "1"})
    check(learner)
    learner.save(1, {"choice": "0"})
    check(learner)
    learner.hand_in()
    done = run("replay", learner.attempt)
    assert done.exit_code == 0, done.output
    assert "Question 1 checked, try 1, wrong: Veinte" in done.output
    assert "Question 1 checked, try 2, right: Diez" in done.output
    assert "The chain is whole" in done.output


def test_a_deferred_quiz_checks_nothing(learner, db, check):
    learner.start()
    learner.save(1, {"choice": "0"})
    with pytest.raises(Refused):
        check(learner)


class TestPages:
    @pytest.fixture
    def browser(self, as_person):
        return as_person("learner")

    def press(self, browser, where, slot, **fields):
        """The page as a browser without scripts sends it."""
        page = browser.get(where).text
        key = re.search(r'name="check_key" value="([^"]+)"', page)[1]
        checked = re.search(r'name="checked" value="([^"]*)"', page)[1]
        seen = re.search(r'name="seen" value="([^"]*)"', page)[1]
        sent = {"check_key": key, "checked": checked, "seen": seen, "go": f"check-{slot}"}
        return browser.send(where, sent | fields)

    def test_one_question_is_checked_and_tried_again_without_scripts(
        self, browser, school, db, tries
    ):
        said = words(browser.get(intro(school)))
        assert "You can check each answer as you go, up to 3 times." in said
        assert "Each failed try takes 25 % of what the right answer earns." in said
        where = begin(browser, school)
        answer = self.press(browser, where, 1, q1="1", q3="true")
        assert answer.headers["Location"] == f"{where}#q1-checked"
        page = browser.get(where)
        said = words(page)
        assert "Wrong Es el plazo con prórroga." in said
        assert "You can try 2 more times. Each failed try takes 25 %" in said
        assert "Right answer" not in said
        assert "Son diez" not in said
        assert 'id="q1-checked"' in page.text
        with db.reading() as session:  # the other answer of the page is kept too
            assert len(session.scalars(select(Answer)).all()) == 2
        self.press(browser, where, 1, q1="0", q3="true")
        page = browser.get(where)
        said = words(page)
        assert "Right · 0.75 of 1 point" in said
        assert "Así es." in said
        assert "Son diez, prorrogables una vez." in said  # who is right reads why
        assert 'data-slot="1"' not in page.text
        assert 'name="q1"' not in page.text
        assert 'value="check-1"' not in page.text
        assert "Change" not in words(browser.get(f"{where}/revisar")).partition("Question 2")[0]
        hand_in(browser, where)
        result = words(browser.get(f"{where}/resultado"))
        assert "You reached 1.75 of 10 points." in result
        assert "1 failed try before it. Each takes 25 % of what the right answer earns." in result
        explained = words(browser.get(f"{where}/nota"))
        assert "Right, or right in part, after failed tries" in explained
        assert "1 point × (1 − 1 × 0.25) = 0.75 points" in explained

    def test_practice_tells_the_right_answer_once_the_answer_stands(self, browser, school, db):
        setting(db, school, behaviour="immediate", purpose="practice")
        assert "you see whether it is right, and it stands" in words(browser.get(intro(school)))
        where = begin(browser, school)
        self.press(browser, where, 1, q1="1")
        said = words(browser.get(where))
        assert "Right answer Diez" in said
        assert "Son diez" in said
        assert "more time" not in said

    def test_a_graded_quiz_does_not_unless_its_author_says_so(self, browser, school, db):
        setting(db, school, behaviour="immediate")
        where = begin(browser, school)
        self.press(browser, where, 1, q1="1")
        said = words(browser.get(where))
        assert "Es el plazo con prórroga." in said
        assert "Right answer" not in said
        setting(db, school, review={"during": ["answer", "right", "feedback"]})
        said = words(browser.get(where))
        assert "Right answer Diez" in said
        assert "0 of 1 point" not in said

    def test_with_no_answer_nothing_is_lost_and_it_says_what_to_do(
        self, browser, school, db, tries
    ):
        where = begin(browser, school)
        answer = self.press(browser, where, 1, q6="revisión")
        assert answer.status_code == 422
        assert "Answer the question before you check it." in words(answer)
        assert 'value="revisión"' in answer.text

    def test_a_page_sent_twice_counts_once(self, browser, school, db, tries):
        where = begin(browser, school)
        page = browser.get(where).text
        key = re.search(r'name="check_key" value="([^"]+)"', page)[1]
        sent = {"check_key": key, "checked": "", "seen": "", "go": "check-1", "q1": "1"}
        for _ in range(2):
            assert browser.send(where, sent).status_code == 303
        assert len(checks(db)) == 1
        assert UUID(key)

    @pytest.mark.parametrize("go", ["check-", "check-0", "check-99", "check-x", "check--1"])
    def test_no_other_word_checks_anything(self, browser, school, db, tries, go):
        where = begin(browser, school)
        assert browser.send(where, {"q1": "0", "go": go}).status_code in (303, 404)
        assert not checks(db)

    def test_an_essay_says_that_a_person_marks_it(self, as_person, db, world):
        essay = {"key": "texto", "type": "essay", "points": 2, "stem": "Explique."}
        scale = {
            "key": "util",
            "type": "scale",
            "points": 0,
            "stem": "¿Útil?",
            "steps": ["No", "Sí"],
        }
        source = quiz_source(questions=[QUESTIONS[0], essay, scale], **TRIES)
        school = db.perform(build_school, SYSTEM, world, source)
        browser = as_person("learner")
        where = begin(browser, school)
        page = browser.get(where)
        assert page.text.count('value="check-') == 1
        assert "A person marks this answer: it cannot be checked" in words(page)

    def test_a_deferred_quiz_has_nothing_of_it(self, browser, school):
        page = browser.get(begin(browser, school)).text
        assert "check-" not in page
        assert "check_key" not in page

    def test_pages_of_a_quiz_that_is_checked_take_eight_statements_at_most(
        self, browser, school, db, tries, counting
    ):
        where = begin(browser, school)
        self.press(browser, where, 1, q1="1")
        with counting() as found:
            browser.get(where)
        assert len(found.statements) <= 8, found.statements
        page = browser.get(where).text
        key = re.search(r'name="check_key" value="([^"]+)"', page)[1]
        with counting() as found:
            self.press(browser, where, 1, q1="0")
        assert found.writing <= 2
        assert key

    def test_whoever_teaches_sees_the_tries(self, browser, as_person, school, db, tries):
        where = begin(browser, school)
        self.press(browser, where, 1, q1="1")
        self.press(browser, where, 1, q1="0")
        hand_in(browser, where)
        uid = where.rpartition("/")[2]
        said = words(as_person("instructor").get(f"/gestion/intentos/{uid}/nota"))
        assert "Question 1 checked, try 1, wrong: Veinte" in said
        assert "1 failed try before it." in said
        with db.reading() as session:
            assert session.scalars(select(Attempt)).one().points == points("0.75")
