"""Keeping answers: once, in order, durable, and never somebody else's."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from lms.assessment import actions
from lms.assessment.models import Answer
from lms.assessment.queries.attempts import held_answers
from lms.assessment.rules import saves
from lms.assessment.rules.saves import Sent
from lms.assessment.types.given import Given
from lms.foundation.kernel.actor import SYSTEM, Actor
from lms.foundation.kernel.errors import Conflict, Invalid, NotFound, Refused


@pytest.fixture
def started(learner):
    learner.start()
    return learner


def held(taker):
    with taker.db.reading() as session:
        found = held_answers(session.connection(), taker.row().id)
    return {slot: one.value for slot, one in found.items()}


def rows(taker):
    with taker.db.reading() as session:
        return session.scalars(select(Answer).order_by(Answer.id)).all()


def test_each_answer_is_kept_as_its_question_reads_it(started):
    started.answer_all()
    assert held(started) == {
        1: 0,
        2: [0, 1],
        3: True,
        4: [0, 1, 2],
        5: {"text": "42,000", "number": "42000"},
        6: "recurso de revision",
    }


def test_the_answer_says_when_it_was_received(started, clock):
    assert started.save(1, {"choice": "0"}).at == clock.now


def test_a_repeat_gets_the_first_answer_and_changes_nothing(started, clock):
    first = started.save(1, {"choice": "0"}, key="same-key", sequence=1)
    started.save(1, {"choice": "1"}, sequence=2)
    clock.advance(minutes=3)
    assert started.save(1, {"choice": "0"}, key="same-key", sequence=1) == first
    assert held(started) == {1: 1}
    assert len(rows(started)) == 2


@pytest.mark.parametrize(("slot", "value"), [(1, {"choice": "1"}), (3, {"choice": "true"})])
def test_the_same_key_with_other_content_is_a_conflict(started, slot, value):
    started.save(1, {"choice": "0"}, key="same-key")
    with pytest.raises(Conflict):
        started.save(slot, value, key="same-key")
    assert held(started) == {1: 0}


def test_keys_are_of_one_attempt_only(taker):
    first, second = taker("learner"), taker("learner2")
    for one in (first, second):
        one.start()
        one.save(1, {"choice": "0"}, key="same-key")
    assert held(second) == {1: 0}


def test_saves_out_of_order_leave_the_last_change(started):
    started.save(1, {"choice": "1"}, sequence=2)
    started.save(1, {"choice": "0"}, sequence=1)
    assert held(started) == {1: 1}
    assert len(rows(started)) == 2


def test_of_two_telephones_with_the_same_number_the_later_arrival_counts(started):
    started.save(1, {"choice": "1"}, sequence=1)
    started.save(1, {"choice": "0"}, sequence=1)
    started.save(3, {"choice": "true"}, sequence=1)
    assert held(started) == {1: 0, 3: True}


def test_an_answer_may_be_taken_back(started):
    started.save(2, {"choices": ["0"]})
    started.save(2, {"choices": []})
    assert held(started) == {2: None}


def test_in_the_very_moment_of_the_deadline_it_counts_and_afterwards_it_is_late(started, clock):
    clock.now = started.row().deadline
    assert not started.save(1, {"choice": "1"}).late
    clock.advance(seconds=1)
    assert started.save(1, {"choice": "0"}).late
    assert held(started) == {1: 1}
    assert [row.late for row in rows(started)] == [False, True]


def test_what_reached_the_server_in_time_counts_though_it_waited_for_its_turn(started, clock):
    in_time = started.row().deadline - timedelta(milliseconds=5)
    clock.now = started.row().deadline + timedelta(seconds=2)
    assert not started.save(1, {"choice": "0"}, at=in_time).late


def test_late_but_equal_to_what_is_held_is_acknowledged(started, clock):
    started.save(1, {"choice": "1"})
    started.hand_in()
    assert not started.save(1, {"choice": "1"}).late
    assert started.save(1, {"choice": "0"}).late
    assert [row.late for row in rows(started)] == [False, True]


def test_a_late_repeat_stays_late(started):
    started.hand_in()
    assert started.save(1, {"choice": "0"}, key="late-key").late
    assert started.save(1, {"choice": "0"}, key="late-key").late
    assert len(rows(started)) == 1


@pytest.mark.parametrize("person", ["learner2", "otra-learner", "instructor"])
def test_somebody_elses_attempt_does_not_exist(started, db, world, person):
    sent = Sent(1, "some-key", 1, Given.from_json({"choice": "0"}))
    with pytest.raises(NotFound):
        db.perform_small(
            actions.save_answer, Actor(world.people[person]), started.attempt, sent, db.clock()
        )
    with pytest.raises(NotFound):
        db.perform(actions.hand_in, Actor(world.people[person]), started.attempt)
    with pytest.raises(NotFound):
        db.perform(
            actions.save_page, Actor(world.people[person]), started.attempt, {}, {}, db.clock()
        )


def test_an_attempt_that_never_was_does_not_exist(db, learner):
    learner.attempt = uuid4()
    with pytest.raises(NotFound):
        learner.save(1, {"choice": "0"})


@pytest.mark.parametrize(
    ("slot", "value"), [(7, {"choice": "0"}), (1, {"choice": "3"}), (5, {"text": "muchos"})]
)
def test_what_cannot_be_read_is_not_kept(started, slot, value):
    with pytest.raises(Invalid):
        started.save(slot, value)
    assert rows(started) == []


def test_a_program_gone_wild_is_stopped(started, monkeypatch):
    monkeypatch.setattr(saves, "MOST_SAVES", 3)
    for choice in "012":
        started.save(1, {"choice": choice})
    with pytest.raises(Refused, match="Too many"):
        started.save(1, {"choice": "0"})


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {},
        {"slot": 1, "seq": 1, "value": {"choice": "0"}},
        {"slot": "1", "key": "k" * 16, "seq": 1, "value": {"choice": "0"}},
        {"slot": True, "key": "k" * 16, "seq": 1, "value": {"choice": "0"}},
        {"slot": 1, "key": "k" * 65, "seq": 1, "value": {"choice": "0"}},
        {"slot": 1, "key": "k k k k k", "seq": 1, "value": {"choice": "0"}},
        {"slot": 1, "key": "k" * 16, "seq": 2**53, "value": {"choice": "0"}},
        {"slot": 1, "key": "k" * 16, "seq": 0, "value": {"choice": "0"}},
        {"slot": 1, "key": "k" * 16, "seq": 1, "value": {"choice": {"deep": 1}}},
        {"slot": 1, "key": "k" * 16, "seq": 1, "value": {"choice": "0", "text": "0"}},
    ],
)
def test_a_message_that_no_page_of_ours_sends_is_refused(body):
    with pytest.raises(Invalid):
        Sent.from_json(body)


class TestWholePages:
    """A browser without scripts sends every question at once."""

    def send(self, taker, values, seen=None):
        given = {slot: Given({}) for slot in range(1, 7)} | {
            slot: Given(parts) for slot, parts in values.items()
        }
        return taker.db.perform(
            actions.save_page, taker.actor, taker.attempt, given, seen or {}, taker.db.clock()
        )

    def test_only_what_changed_is_kept(self, started):
        self.send(started, {1: {"": ("0",)}, 3: {"": ("true",)}})
        self.send(started, {1: {"": ("0",)}, 3: {"": ("false",)}}, {1: 1, 3: 1})
        assert held(started) == {1: 0, 3: False}
        assert [(row.slot, row.sequence) for row in rows(started)] == [(1, 1), (3, 1), (3, 2)]

    def test_an_old_page_takes_back_nothing(self, started):
        """Opened empty on one telephone, answered on another, then sent from the first."""
        started.save(1, {"choice": "0"})
        self.send(started, {}, {1: 0})
        assert held(started) == {1: 0}

    def test_a_page_that_showed_the_answer_takes_it_back(self, started):
        started.save(2, {"choices": ["0"]}, sequence=1)
        self.send(started, {}, {2: 1})
        assert held(started) == {2: None}

    def test_what_cannot_be_read_does_not_keep_the_rest_from_being_saved(self, started):
        self.send(started, {1: {"": ("0",)}, 5: {"": ("muchos",)}})
        assert held(started) == {1: 0}

    def test_a_page_sent_after_the_time_is_kept_beside(self, started, clock):
        started.save(1, {"choice": "1"})
        clock.advance(minutes=41)
        assert self.send(started, {1: {"": ("0",)}}, {1: 1}).late
        assert held(started) == {1: 1}
        assert [row.late for row in rows(started)] == [False, True]


def test_every_save_is_one_row_and_one_transaction(started, db):
    started.answer_all()
    with db.reading() as session:
        assert session.scalar(select(func.count()).select_from(Answer)) == 6
    assert SYSTEM.person_id is None
