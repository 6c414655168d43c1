"""Things that happen at the same moment, on real connections."""

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError, get_ident

import pytest
from sqlalchemy import event, func, select

from lms.assessment import actions
from lms.assessment.models import Answer, Attempt, Mark
from lms.assessment.queries.replay import replay
from lms.assessment.rules.saves import Sent
from lms.assessment.types.given import Given
from lms.foundation.db import database
from lms.foundation.kernel.errors import DomainError


def together(*deeds):
    """Do all of it at once; what each gave back, or how it was refused."""
    barrier = Barrier(len(deeds))

    def run(deed):
        barrier.wait()
        try:
            return deed()
        except DomainError as refusal:
            return refusal

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def count(db, table):
    with db.reading() as session:
        return session.scalar(select(func.count()).select_from(table))


def test_one_attempt_begun_from_six_tabs(learner, db):
    assert len(set(together(*[learner.start] * 6))) == 1
    assert count(db, Attempt) == 1


def test_handed_in_six_times_at_once(learner, db):
    learner.start()
    learner.answer_all()
    assert set(together(*[learner.hand_in] * 6)) == {learner.attempt}
    assert count(db, Mark) == 6


def test_the_same_save_six_times_at_once(learner, db):
    learner.start()

    def save():
        return learner.save(1, {"choice": "0"}, key="same-key", sequence=1)

    assert len(set(together(*[save] * 6))) == 1
    assert count(db, Answer) == 1


def test_two_tabs_that_save_at_once_leave_one_chain(learner, db):
    """Each save has a link of its own, none is lost, and whatever the order the chain is whole."""
    learner.start()

    def tab(name):
        def save_many():
            for number in range(1, 7):
                value = Given.from_json({"choice": str(number % 3)})
                sent = Sent(1, f"{name}-key-{number}", number, value)
                db.perform_small(
                    actions.save_answer, learner.actor, learner.attempt, sent, db.clock()
                )

        return save_many

    together(tab("one"), tab("two"), tab("three"))
    learner.hand_in()
    with db.reading() as session:
        found = replay(session.connection(), learner.attempt)
    assert found.wrong is None
    assert [link.kind for link in found.links] == ["shown", *["saved"] * 18, "handed_in", "marked"]


def test_answers_and_handing_in_at_once_lose_nothing(learner, db):
    """Whatever was acknowledged as in time is marked; whatever was not is kept as late."""
    learner.start()

    def saver(slot, value):
        sent = Sent(slot, f"key-of-{slot:03}", 1, Given.from_json(value))
        return lambda: db.perform_small(
            actions.save_answer, learner.actor, learner.attempt, sent, db.clock()
        )

    answers = {1: {"choice": "0"}, 3: {"choice": "true"}, 6: {"text": "revisión"}}
    saved = together(*[saver(*one) for one in answers.items()], learner.hand_in)
    assert count(db, Answer) == 3
    with db.reading() as session:
        counted = set(session.scalars(select(Mark.slot).where(Mark.answer_id.is_not(None))))
        late = set(session.scalars(select(Answer.slot).where(Answer.late.is_(True))))
    assert counted == {slot for slot, one in zip(answers, saved, strict=False) if not one.late}
    assert late == set(answers) - counted
    assert learner.row().points == len(counted) * 1_000_000


LOCK = re.compile(r"FROM (\w+).* FOR (?:NO KEY )?UPDATE(?: OF (\w+))?", re.DOTALL)


class Meeting:
    """Two transactions on the same rows: each waits after its first lock until both have one.

    Who locks in opposite orders then waits for ever, and the database throws one of them out. Who
    keeps the written order meets nobody: the second waits for the first lock, and the first goes on
    when its patience ends.
    """

    def __init__(self, engine, monkeypatch):
        self.barrier, self.locks = Barrier(2), {}
        event.listen(engine, "after_cursor_execute", self._locked)
        monkeypatch.setattr(database, "TRIES", 1)

    def _locked(self, _connection, _cursor, statement, *_rest):
        found = re.search(
            r"FROM (\w+).* FOR (?:NO KEY )?UPDATE(?: OF (\w+))?", statement, re.DOTALL
        )
        if found is None:
            return
        mine = self.locks.setdefault(get_ident(), [])
        mine.append(found[2] or found[1])
        if len(mine) == 1:
            with suppress(BrokenBarrierError):
                self.barrier.wait(timeout=0.5)


@pytest.mark.parametrize("other", [actions.hand_in, actions.close_if_over])
def test_beginning_anew_while_the_old_attempt_ends(learner, db, clock, monkeypatch, other):
    """Begun again in the minute in which the clock, or an old tab, ends the attempt before."""
    old = learner.start()
    clock.advance(minutes=41)
    meeting = Meeting(db.engine, monkeypatch)
    try:
        begun, _ended = together(learner.start, lambda: db.perform(other, learner.actor, old))
    finally:
        event.remove(db.engine, "after_cursor_execute", meeting._locked)
    assert begun != old
    with db.reading() as session:
        states = session.scalars(select(Attempt.handed_in_by).order_by(Attempt.number)).all()
    assert states == ["time", None]
    assert count(db, Mark) == 6
    order = ["enrollment", "attempt", "job"]
    for locks in meeting.locks.values():
        first = [order.index(each) for each in dict.fromkeys(locks)]
        assert first == sorted(first)
