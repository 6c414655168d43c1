"""Things that happen at the same moment, on real connections."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import func, select

from lms.assessment import actions
from lms.assessment.models import Answer, Attempt, Mark
from lms.assessment.rules.saves import Sent
from lms.assessment.types.given import Given
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
