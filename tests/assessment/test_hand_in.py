"""Handing in, running out of time, and what is marked."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.assessment import actions
from lms.assessment.facts import AttemptGraded
from lms.assessment.kind import QuizKind
from lms.assessment.models import Mark
from lms.assessment.tasks import close_attempt
from lms.catalog.activity import Progress
from lms.foundation.jobs.models import Job
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.errors import Refused
from lms.foundation.kernel.facts import Subscribers
from lms.foundation.kernel.points import points


def marks(taker):
    with taker.db.reading() as session:
        return session.scalars(select(Mark).order_by(Mark.slot)).all()


def state(taker):
    school = taker.school
    with taker.db.reading() as session:
        found = QuizKind().state(
            session, school.enrollment_ids[taker.name], [school.activity_id], taker.db.clock()
        )
    return found.get(school.activity_id)


def test_everything_right_earns_everything(learner):
    learner.start()
    learner.answer_all()
    learner.hand_in()
    row = learner.row()
    assert (row.points, row.out_of, row.passed) == (points(10), points(10), True)
    assert [mark.points for mark in marks(learner)] == [points(n) for n in (1, 2, 1, 3, 2, 1)]
    assert all(mark.answer_id for mark in marks(learner))


def test_parts_of_an_answer_earn_parts_of_the_points(learner):
    learner.start()
    learner.save(2, {"choices": ["0"]})
    pairs = learner.right_pairs()["pairs"]
    learner.save(4, {"pairs": pairs | {"2": ""}})
    learner.hand_in()
    assert [mark.points for mark in marks(learner)] == [0, points(1), 0, points(2), 0, 0]
    assert marks(learner)[1].detail == {"parts": {"0": "right", "1": "missing"}}
    assert learner.row().passed is False


def test_nothing_answered_is_marked_all_the_same(learner):
    learner.start()
    learner.hand_in()
    assert learner.row().points == 0
    assert [mark.answer_id for mark in marks(learner)] == [None] * 6


def test_handed_in_twice_is_one_receipt(learner, clock):
    learner.start()
    learner.save(1, {"choice": "0"})
    learner.hand_in()
    first = learner.row()
    clock.advance(minutes=2)
    learner.hand_in()
    again = learner.row()
    assert (again.receipt, again.handed_in_at) == (first.receipt, first.handed_in_at)
    assert first.receipt
    assert first.handed_in_by == "person"
    assert len(marks(learner)) == 6


def test_handing_in_after_the_time_counts_what_had_arrived_by_then(learner, clock):
    learner.start()
    learner.save(1, {"choice": "0"})
    over = learner.row().deadline
    clock.advance(minutes=50)
    learner.save(3, {"choice": "true"})
    learner.hand_in()
    row = learner.row()
    assert (row.handed_in_at, row.handed_in_by, row.points) == (over, "time", points(1))


def test_the_time_hands_in_by_itself(learner, clock, do_jobs, db):
    learner.start()
    learner.save(1, {"choice": "0"})
    clock.advance(minutes=40, seconds=1)
    with db.reading() as session:
        due = session.scalars(select(Job.due_at)).one()
    assert due == learner.row().deadline + timedelta(seconds=15)
    db.perform(actions.close_if_over, SYSTEM, learner.attempt)
    row = learner.row()
    assert (row.handed_in_at, row.handed_in_by) == (row.deadline, "time")


def test_the_job_leaves_alone_what_is_open_or_was_handed_in(learner, app, clock, db):
    learner.start()
    with app.app_context():
        close_attempt({"attempt": str(learner.attempt)})
    assert learner.row().handed_in_at is None
    learner.hand_in()
    receipt = learner.row().receipt
    clock.advance(minutes=50)
    with app.app_context():
        close_attempt({"attempt": str(learner.attempt)})
    assert (learner.row().receipt, learner.row().handed_in_by) == (receipt, "person")


def test_the_floors_above_are_told(learner, db, monkeypatch):
    heard = []
    wiring = {AttemptGraded: Subscribers(now=[lambda work, facts: heard.extend(facts)])}
    monkeypatch.setattr(db, "wiring", wiring)
    learner.start()
    learner.save(1, {"choice": "0"})
    learner.hand_in()
    (graded,) = heard
    assert (graded.points, graded.out_of, graded.passed) == (points(1), points(10), False)
    assert graded.activity_key == "evaluacion"
    assert graded.attempt_uid == learner.attempt


def test_who_hears_of_the_marks_may_refuse_them_and_nothing_is_handed_in(learner, db, monkeypatch):
    def refuse(work, facts):
        raise Refused("Not yet.")

    learner.start()
    monkeypatch.setattr(db, "wiring", {AttemptGraded: Subscribers(now=[refuse])})
    with pytest.raises(Refused, match="Not yet"):
        learner.hand_in()
    assert learner.row().handed_in_at is None


class TestStanding:
    """What the course is told of a quiz."""

    def test_untouched_started_waiting(self, learner, clock):
        assert state(learner) is None
        learner.start()
        assert state(learner).progress is Progress.STARTED
        clock.advance(minutes=41)
        assert state(learner).progress is Progress.WAITING

    def test_below_the_pass_mark_one_may_try_again(self, learner):
        learner.start()
        learner.hand_in()
        found = state(learner)
        assert (found.progress, found.points, found.out_of, found.may_retry) == (
            Progress.FAILED,
            0,
            points(10),
            True,
        )

    def test_the_best_counts_and_a_new_attempt_takes_nothing_away(self, learner, db, monkeypatch):
        monkeypatch.setattr(db, "wiring", {})  # the only quiz is passed, yet nothing completes
        learner.start()
        learner.answer_all()
        learner.hand_in()
        assert state(learner).progress is Progress.DONE
        learner.start()
        assert (state(learner).progress, state(learner).points) == (Progress.DONE, points(10))
        learner.hand_in()
        assert (state(learner).progress, state(learner).points) == (Progress.DONE, points(10))

    def test_after_the_last_attempt_there_is_no_other(self, learner):
        for _ in range(3):
            learner.start()
            learner.hand_in()
        assert not state(learner).may_retry

    def test_asking_for_nothing_asks_nothing(self, db):
        with db.reading() as session:
            assert QuizKind().state(session, 1, [], db.clock()) == {}

    def test_evidence_names_each_attempt_handed_in(self, learner, db, school):
        learner.start()
        learner.hand_in()
        learner.start()
        with db.reading() as session:
            (found,) = QuizKind().evidence(
                session, school.enrollment_ids["learner"], [school.activity_id]
            )
        assert (found.endpoint, found.activity_id) == (
            "assessment.staff_attempt",
            school.activity_id,
        )
