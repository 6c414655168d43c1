"""One transaction for one thing: whole or not at all, facts heard, collisions told apart."""

import threading
from dataclasses import dataclass

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.foundation.audit.models import AuditEntry
from lms.foundation.db.work import Work
from lms.foundation.jobs.models import Job
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.errors import Conflict, Refused
from lms.foundation.kernel.facts import Fact, Subscribers
from lms.foundation.web.models import Count


@dataclass(frozen=True)
class Happened(Fact):
    name: str


@dataclass(frozen=True)
class Followed(Fact):
    name: str


def add(work: Work, key: str) -> str:
    work.session.add(Count(key=key, window=0, times=1, ends_at=work.now))
    return key


def count(db) -> int:
    with db.reading() as session:
        return session.scalar(select(func.count()).select_from(Count))


def test_a_refusal_leaves_nothing_behind(db):
    def half(work: Work) -> None:
        add(work, "a")
        work.session.flush()
        raise Refused("No.")

    with pytest.raises(Refused):
        db.perform(half, SYSTEM)
    assert count(db) == 0


def test_the_same_row_twice_is_a_conflict_with_the_name_of_what_collided(db):
    db.perform(add, SYSTEM, "a")
    with pytest.raises(Conflict) as caught:
        db.perform(add, SYSTEM, "a")
    assert "count" in caught.value.params["constraint"]


def test_wake_ups_come_after_the_commit_and_only_then(db):
    seen = []

    def act(work: Work, fail: bool) -> None:
        add(work, f"x{fail}")
        work.after.append(lambda: seen.append(count(db)))
        if fail:
            raise Refused("No.")

    db.perform(act, SYSTEM, False)
    with pytest.raises(Refused):
        db.perform(act, SYSTEM, True)
    assert seen == [1]


def test_facts_are_heard_in_the_same_transaction_and_may_veto(db):
    heard = []

    def hear(work: Work, facts: list[Happened]) -> None:
        heard.extend(fact.name for fact in facts)
        if "veto" in heard:
            raise Refused("Not while that holds.")

    db.wiring = {Happened: Subscribers(now=(hear,), later=("tests.later",))}
    try:

        def act(work: Work, name: str) -> None:
            add(work, name)
            work.record(Happened(name))

        db.perform(act, SYSTEM, "fine")
        with pytest.raises(Refused):
            db.perform(act, SYSTEM, "veto")
    finally:
        from lms import wiring

        db.wiring = wiring.SUBSCRIBERS
    assert heard == ["fine", "veto"]
    assert count(db) == 1
    with db.reading() as session:
        jobs = session.scalars(select(Job).where(Job.task == "tests.later")).all()
    assert [job.payload for job in jobs] == [{"name": "fine"}]


def test_facts_that_cause_each_other_in_a_circle_are_found_out(db):
    def echo(work: Work, facts: list) -> None:
        work.record(Followed("x") if isinstance(facts[0], Happened) else Happened("x"))

    db.wiring = {Happened: Subscribers(now=(echo,)), Followed: Subscribers(now=(echo,))}
    try:
        with pytest.raises(RuntimeError, match="circle"):
            db.perform(lambda work: work.record(Happened("x")), SYSTEM)
    finally:
        from lms import wiring

        db.wiring = wiring.SUBSCRIBERS


def test_small_writes_share_commits_and_each_waits_for_its_own(db):
    """Forty threads, each acknowledged only when its row can be read by another connection."""
    seen: list[bool] = []

    def write(n: int) -> None:
        db.perform_small(add, SYSTEM, f"small-{n}")
        with db.reading() as session:
            seen.append(session.get(Count, (f"small-{n}", 0)) is not None)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [True] * 40


def test_a_small_write_that_fails_leaves_its_neighbours_alone(db):
    results: dict[int, str] = {}
    start = threading.Barrier(20)

    def act(work: Work, n: int) -> None:
        add(work, f"n{n}")
        work.session.flush()
        if n % 2:
            raise Refused("Odd.")

    def run(n: int) -> None:
        start.wait()
        try:
            db.perform_small(act, SYSTEM, n)
            results[n] = "kept"
        except Refused:
            results[n] = "refused"

    threads = [threading.Thread(target=run, args=(n,)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == {n: "refused" if n % 2 else "kept" for n in range(20)}
    assert count(db) == 10


def test_what_was_once_logged_cannot_be_changed_or_deleted(db):
    from lms.foundation.audit.actions import record

    db.perform(lambda work: record(work, "test.done"), SYSTEM)
    for statement in ("UPDATE audit_entry SET deed = 'other'", "DELETE FROM audit_entry"):
        with pytest.raises(Exception, match="append-only"):
            db.perform(
                lambda work, s=statement: work.session.connection().exec_driver_sql(s), SYSTEM
            )
    with db.reading() as session:
        assert session.scalars(select(AuditEntry.deed)).all() == ["test.done"]


def test_the_session_of_a_request_refuses_to_write(app):
    from lms.foundation.web.reading import reading

    with app.test_request_context("/"):
        session: Session = reading()
        session.add(Count(key="x", window=0, times=1, ends_at=app.extensions["cabildo.clock"]()))
        with pytest.raises(RuntimeError, match="only reads"):
            session.flush()
