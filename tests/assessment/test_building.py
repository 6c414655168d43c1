"""A new attempt that builds on the one before."""

import pytest
from sqlalchemy import select

from lms.assessment.models import Answer
from lms.assessment.queries.replay import replay
from tests.assessment.test_pages import intro, words
from tests.assessment.test_sitting import setting


@pytest.fixture(autouse=True)
def building(db, school):
    setting(db, school, build_on_last=True, shuffle_options=True)


def test_it_has_the_same_questions_answered_already_and_a_whole_chain(learner, db):
    learner.start()
    first = learner.row()
    learner.save(1, {"choice": "0"})
    learner.hand_in()
    uid = learner.start()
    second = learner.row()
    learner.attempt, ended = first.uid, learner.attempt
    first = learner.row()
    learner.attempt = ended
    assert (second.number, second.seed, second.slots) == (2, first.seed, first.slots)
    with db.reading() as session:
        answers = session.scalars(select(Answer).where(Answer.attempt_id == second.id)).all()
        assert [(one.slot, one.sequence, one.late) for one in answers] == [(1, 1, False)]
        assert replay(session.connection(), uid).wrong is None
    learner.hand_in()
    assert learner.row().points == first.points
    with db.reading() as session:
        assert replay(session.connection(), uid).wrong is None


def test_what_is_changed_then_changes_only_this_one(learner, db):
    first = learner.start()
    learner.save(1, {"choice": "0"})
    learner.hand_in()
    before = learner.row().points
    second = learner.start()
    learner.save(1, {"choice": "1"}, sequence=5)
    learner.hand_in()
    assert first != second
    learner.attempt = first
    assert learner.row().points == before


def test_the_first_one_and_those_of_others_begin_empty(taker, db):
    one, other = taker("learner"), taker("learner2")
    one.start()
    one.save(1, {"choice": "0"})
    one.hand_in()
    other.start()
    with db.reading() as session:
        query = select(Answer).where(Answer.attempt_id == other.row().id)
        assert session.scalars(query).all() == []


def test_it_is_said_before_and_seen_on_the_page(as_person, school, learner):
    browser = as_person("learner")
    assert "with what you had answered" in words(browser.get(intro(school)))
    learner.start()
    learner.save(1, {"choice": "0"})
    learner.hand_in()
    uid = learner.start()
    assert "1 of 6 answered" in words(browser.get(f"/intentos/{uid}"))
