"""The chain of an attempt: whole whatever happens at once, and nothing in it changes unseen."""

from datetime import timedelta
from importlib import import_module

import pytest
from click.testing import CliRunner
from sqlalchemy import delete, update

from lms.assessment import actions
from lms.assessment.models import Answer, Attempt, AttemptEvent, Mark, QuestionVersion
from lms.assessment.queries import quizzes
from lms.assessment.queries.replay import replay
from lms.assessment.types.given import Given
from lms.cli import main, running
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.points import points


@pytest.fixture
def run(app, monkeypatch):
    """`lms attempts …` on the installation of the test."""
    monkeypatch.setattr("lms.app.create_app", lambda settings=None: app)
    monkeypatch.setattr(running, "load", lambda **_: None)
    monkeypatch.setenv("LMS_LANGUAGE", "en")
    return lambda *args: CliRunner().invoke(main, ["attempts", *map(str, args)])


@pytest.fixture
def done(learner):
    """An attempt with an answer changed, one taken back, one late, handed in and marked."""
    learner.start()
    learner.answer_all()
    learner.save(1, {"choice": "1"})
    learner.save(2, {"choices": []})
    learner.hand_in()
    learner.save(3, {"choice": "false"})
    return learner


def seen(taker):
    quizzes.forget()
    with taker.db.reading() as session:
        return replay(session.connection(), taker.attempt)


def kinds(taker):
    return [link.kind for link in seen(taker).links]


def tamper(taker, *statements):
    def change(work):
        for statement in statements:
            work.session.execute(statement.execution_options(synchronize_session=False))

    taker.db.perform(change, SYSTEM)


def test_everything_that_happens_is_a_link(done):
    assert kinds(done) == ["shown", *["saved"] * 8, "handed_in", "marked", "saved"]
    assert seen(done).wrong is None


def test_a_page_sent_whole_is_linked_answer_by_answer(learner):
    learner.start()
    given = {slot: Given({}) for slot in range(1, 7)} | {
        1: Given({"": ("0",)}),
        3: Given({"": ("true",)}),
    }
    learner.db.perform(
        actions.save_page, learner.actor, learner.attempt, given, {}, learner.db.clock()
    )
    assert kinds(learner) == ["shown", "saved", "saved"]
    assert seen(learner).wrong is None


def test_time_that_ends_is_a_link(learner, clock, db):
    learner.start()
    clock.advance(minutes=41)
    db.perform(actions.close_if_over, SYSTEM, learner.attempt)
    assert kinds(learner) == ["shown", "expired", "marked"]
    assert seen(learner).wrong is None


def test_a_repeat_is_no_link(learner):
    learner.start()
    for _ in range(2):
        learner.save(1, {"choice": "0"}, key="same-key", sequence=1)
    assert kinds(learner) == ["shown", "saved"]


TAMPERED = {
    "an answer": (update(Answer).where(Answer.position == 2).values(value=2), "Link 2 was"),
    "what was too late": (
        update(Answer).where(Answer.position == 12).values(late=False),
        "Link 12 was",
    ),
    "its number": (update(Answer).where(Answer.position == 4).values(sequence=99), "Link 4 was"),
    "its question": (update(Answer).where(Answer.position == 2).values(slot=3), "Link 2 was"),
    "a save removed": (delete(Answer).where(Answer.position == 2), "Link 2 is missing"),
    "the seal": (update(Answer).where(Answer.position == 2).values(digest="0" * 64), "Link 2 was"),
    "the handing in removed": (
        delete(AttemptEvent).where(AttemptEvent.kind == "handed_in"),
        "Link 10 is missing",
    ),
    "the beginning removed": (
        delete(AttemptEvent).where(AttemptEvent.kind == "shown"),
        "Link 1 is missing",
    ),
    "the kind": (
        update(AttemptEvent).where(AttemptEvent.kind == "handed_in").values(kind="expired"),
        "Link 10 was",
    ),
    "a mark": (
        update(Mark).where(Mark.slot == 1).values(points=points(1)),
        "Link 11 says other marks",
    ),
    "the sum": (update(Attempt).values(points=points(10)), "Link 11 says other marks"),
    "the receipt": (update(Attempt).values(receipt="OTRO"), "Link 10 says another handing in"),
    "the seed's drawing": (update(Attempt).values(slots=[]), "Link 1 says that something else"),
    "the question": (
        update(QuestionVersion)
        .where(QuestionVersion.type == "true_false")
        .values(source={"type": "true_false", "key": "gratuidad", "stem": "Otra", "answer": True}),
        "Link 1 says that something else",
    ),
    "which question": (
        update(Attempt).values(slots=[{"version": 0, "points": 1, "shown": {}}]),
        "Link 1 says that something else",
    ),
    "a save outside": (
        update(Answer).where(Answer.position == 12).values(position=None, digest=None),
        "Answers outside the chain were found: 1",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", TAMPERED)
def test_whatever_is_tampered_with_is_named(done, what):
    statement, said = TAMPERED[what]
    tamper(done, statement)
    wrong = seen(done).wrong
    assert wrong is not None
    assert (wrong.message % wrong.params).startswith(said)


def test_a_moment_that_was_moved_is_named(done):
    row = next(link for link in seen(done).links if link.position == 5)
    moved = update(Answer).where(Answer.position == 5)
    tamper(done, moved.values(received_at=row.at - timedelta(microseconds=1)))
    assert seen(done).wrong.params == {"position": 5}


def test_two_answers_that_changed_places_are_named(done):
    places = update(Answer)
    tamper(
        done,
        places.where(Answer.position == 2).values(position=99),
        places.where(Answer.position == 3).values(position=2),
        places.where(Answer.position == 99).values(position=3),
    )
    assert seen(done).wrong.params == {"position": 2}


def test_links_cut_off_the_end_are_missed_by_the_log(done):
    tamper(
        done,
        delete(Mark),
        delete(Answer).where(Answer.position == 12),
        delete(AttemptEvent).where(AttemptEvent.kind != "shown"),
        update(Attempt).values(handed_in_at=None, receipt=None, points=None),
    )
    assert "log" in seen(done).wrong.message


def test_a_chain_removed_altogether_is_missed_by_the_log(done):
    tamper(done, delete(AttemptEvent), update(Answer).values(position=None, digest=None))
    assert seen(done).wrong is not None


def test_an_attempt_from_before_chains_gets_none_made_up(learner, monkeypatch, run):
    monkeypatch.setattr(import_module("lms.assessment.actions.start"), "begin", lambda *_: None)
    learner.start()
    learner.answer_all()
    learner.hand_in()
    assert seen(learner).links == []
    assert seen(learner).wrong is None
    result = run("replay", learner.attempt)
    assert result.exit_code == 0
    assert "before chains were kept" in result.output


class TestTheCommand:
    def test_it_tells_what_happened_and_that_the_chain_is_whole(self, done, run):
        result = run("replay", done.attempt)
        assert result.exit_code == 0, result.output
        lines = result.output.splitlines()
        assert [line.split()[0] for line in lines[2:-2]] == [str(n) for n in range(1, 13)]
        assert "Diez" in lines[3]
        assert lines[-1] == seen(done).links[-1].digest

    def test_it_ends_with_one_and_names_the_link(self, done, run):
        tamper(done, delete(Answer).where(Answer.position == 2))
        result = run("replay", done.attempt)
        assert result.exit_code == 1
        assert "Link 2 is missing." in result.stderr

    def test_what_is_no_attempt_is_misuse(self, run):
        assert run("replay", "no-such").exit_code == 2
