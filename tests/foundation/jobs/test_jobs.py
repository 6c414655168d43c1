"""Background work: the rows are the truth; bell, worker and store may all be lost."""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from lms.foundation.jobs import runner
from lms.foundation.jobs.actions import call_off, enqueue, retry
from lms.foundation.jobs.models import Job, JobState
from lms.foundation.jobs.progress import report
from lms.foundation.jobs.runner import run_due
from lms.foundation.jobs.schedule import DAILY, plan_daily
from lms.foundation.kernel.actor import SYSTEM


def jobs(db) -> list[Job]:
    with db.reading() as session:
        return list(session.scalars(select(Job).order_by(Job.id)))


def test_the_same_key_is_one_job_and_a_finished_one_is_done_again(db, clock):
    done = []
    for _ in range(3):
        db.perform(enqueue, SYSTEM, "t", key="k", payload={"n": 1})
    assert run_due(db, {"t": done.append}) == 1
    db.perform(enqueue, SYSTEM, "t", key="k", payload={"n": 2})
    run_due(db, {"t": done.append})
    assert done == [{"n": 1}, {"n": 2}]
    assert [job.state for job in jobs(db)] == [JobState.DONE]


def test_asked_for_again_while_it_is_being_done_it_is_done_once_more(db):
    seen = []

    def task(payload: dict) -> None:
        seen.append(payload["n"])
        if len(seen) == 1:
            db.perform(enqueue, SYSTEM, "t", key="k", payload={"n": 2})

    db.perform(enqueue, SYSTEM, "t", key="k", payload={"n": 1})
    run_due(db, {"t": task})
    assert seen == [1, 2]


def test_a_failing_job_is_tried_later_each_time_and_at_last_left_for_a_person(db, clock):
    def fail(_payload: dict) -> None:
        raise OSError("no route")

    db.perform(enqueue, SYSTEM, "t", key="k")
    waits = []
    for _ in range(runner.MOST_ATTEMPTS):
        assert run_due(db, {"t": fail}) == 1
        job = jobs(db)[0]
        waits.append(job.due_at - clock.now)
        clock.now = max(clock.now, job.due_at)
    assert waits[:3] == [timedelta(seconds=30), timedelta(seconds=60), timedelta(seconds=120)]
    assert jobs(db)[0].state == JobState.FAILED
    assert jobs(db)[0].last_error == "OSError: no route"
    clock.advance(days=9)
    assert run_due(db, {"t": fail}) == 0


def test_a_long_task_says_how_far_it_is(db, monkeypatch):
    monkeypatch.setattr(runner, "TELL_EVERY", timedelta(0))
    seen = []

    def task(_payload: dict) -> None:
        for done in range(3):
            report(done, 3)
            seen.append((jobs(db)[0].progress_done, jobs(db)[0].progress_total))

    db.perform(enqueue, SYSTEM, "t", key="k")
    run_due(db, {"t": task})
    assert seen == [(0, 3), (1, 3), (2, 3)]
    report(9, 9)  # outside a job nobody listens


def test_how_far_it_is_is_not_written_at_every_step(db):
    """The first is, and the last; between them it is not written twice within a second."""
    written = []

    def task(_payload: dict) -> None:
        for done in range(100):
            report(done, 100)
        written.append(jobs(db)[0].progress_done)
        report(100, 100)
        written.append(jobs(db)[0].progress_done)

    db.perform(enqueue, SYSTEM, "t", key="k")
    began = time.monotonic()
    run_due(db, {"t": task})
    if time.monotonic() - began < 1:  # else the machine was busy, and that proves nothing
        assert written == [0, 100]


def test_what_was_given_up_is_done_once_more_when_a_person_says_so(db, clock):
    def fail(_payload: dict) -> None:
        raise OSError("no route")

    db.perform(enqueue, SYSTEM, "t", key="k")
    for _ in range(runner.MOST_ATTEMPTS):
        run_due(db, {"t": fail})
        clock.now = max(clock.now, jobs(db)[0].due_at)
    again = lambda work: retry(work, work.session.get_one(Job, jobs(db)[0].id))  # noqa: E731
    assert db.perform(again, SYSTEM)
    assert not db.perform(again, SYSTEM)
    assert run_due(db, {"t": lambda _payload: None}) == 1
    [job] = jobs(db)
    assert (job.state, job.attempts, job.last_error) == (JobState.DONE, 1, None)


def test_what_nobody_has_begun_can_be_called_off_and_what_is_being_done_cannot(db, clock):
    off = lambda work: call_off(work, work.session.get_one(Job, jobs(db)[0].id))  # noqa: E731
    db.perform(enqueue, SYSTEM, "t", key="k")
    db.perform(runner.lease, SYSTEM)
    assert not db.perform(off, SYSTEM)
    clock.now += runner.LEASE + timedelta(seconds=1)
    held = db.perform(runner.lease, SYSTEM)
    db.perform(runner.put_back, SYSTEM, held, "OSError: no route")
    assert db.perform(off, SYSTEM)
    clock.advance(days=1)
    assert run_due(db, {"t": lambda _payload: None}) == 0
    assert jobs(db)[0].state == JobState.CANCELLED


def test_a_worker_that_lost_its_job_leaves_it_to_the_one_that_took_it(db, clock):
    """Neither what it finished nor what it failed counts: the row is the other's by now."""
    db.perform(enqueue, SYSTEM, "t", key="k")
    slow = db.perform(runner.lease, SYSTEM)
    clock.now += runner.LEASE + timedelta(seconds=1)
    quick = db.perform(runner.lease, SYSTEM)
    assert not db.perform(runner.finish, SYSTEM, slow)
    assert not db.perform(runner.put_back, SYSTEM, slow, "OSError: late")
    [job] = jobs(db)
    assert (job.state, job.attempts, job.last_error) == (JobState.LEASED, 2, None)
    assert db.perform(runner.finish, SYSTEM, quick)
    assert not db.perform(runner.put_back, SYSTEM, slow, "OSError: later still")
    assert jobs(db)[0].state == JobState.DONE


def test_a_lease_is_renewed_while_its_task_runs(db, clock, monkeypatch):
    """A task may take longer than a lease: nobody takes it for a dead worker's."""
    monkeypatch.setattr(runner, "RENEW_EVERY", timedelta(milliseconds=5))
    renewed = threading.Event()
    renew = runner.renew

    def noted(work, held):
        found = renew(work, held)
        if held.until < clock.now + runner.LEASE:
            renewed.set()
        return found

    monkeypatch.setattr(runner, "renew", noted)
    others = []

    def long(_payload: dict) -> None:
        clock.advance(minutes=4)
        assert renewed.wait(30)
        clock.advance(minutes=4)  # past the first lease, within the second
        others.append(db.perform(runner.lease, SYSTEM))

    db.perform(enqueue, SYSTEM, "t", key="k")
    assert run_due(db, {"t": long}) == 1
    assert others == [None]
    assert jobs(db)[0].state == JobState.DONE


def test_a_lost_lease_is_not_renewed(db, clock):
    db.perform(enqueue, SYSTEM, "t", key="k")
    slow = db.perform(runner.lease, SYSTEM)
    clock.now += runner.LEASE + timedelta(seconds=1)
    quick = db.perform(runner.lease, SYSTEM)
    assert db.perform(runner.renew, SYSTEM, slow) is None
    assert db.perform(runner.finish, SYSTEM, quick)


def test_work_put_off_waits_for_its_hour(db, clock):
    done = []
    db.perform(enqueue, SYSTEM, "t", due=clock.now + timedelta(hours=2))
    assert run_due(db, {"t": done.append}) == 0
    clock.advance(hours=2)
    assert run_due(db, {"t": done.append}) == 1


def test_the_daily_tidying_is_planned_once_a_day(db, clock):
    for _ in range(3):
        db.perform(plan_daily, SYSTEM)
    assert sorted(job.task for job in jobs(db)) == sorted(DAILY)
    clock.advance(days=1)
    db.perform(plan_daily, SYSTEM)
    assert len(jobs(db)) == 2 * len(DAILY)


def test_a_killed_workers_job_is_taken_by_the_next_when_its_lease_runs_out(db, clock, place):
    db.perform(enqueue, SYSTEM, "t", key="k")
    script = (
        "import sys, os, signal\n"
        "from datetime import datetime\n"
        "from lms.foundation.db.database import Database\n"
        "from lms.foundation.db.engine import engine_for\n"
        "from lms.foundation.jobs.runner import run_due\n"
        "now = datetime.fromisoformat(sys.argv[2])\n"
        "db = Database(engine_for(sys.argv[1]), clock=lambda: now)\n"
        "run_due(db, {'t': lambda payload: os.kill(os.getpid(), signal.SIGKILL)})\n"
    )
    died = subprocess.run([sys.executable, "-c", script, place.url, clock.now.isoformat()])
    assert died.returncode == -signal.SIGKILL
    done = []
    assert run_due(db, {"t": done.append}) == 0  # still leased
    clock.now += runner.LEASE + timedelta(seconds=1)
    assert run_due(db, {"t": done.append}) == 1
    assert jobs(db)[0].state == JobState.DONE


@pytest.mark.browser  # real processes; once is enough
def test_the_bells_store_may_be_deleted_while_work_is_pending(tmp_path):
    """A real worker, its bell's file deleted: the letter still leaves, by the sweep."""
    environ = os.environ | {
        "LMS_DATA_DIR": str(tmp_path),
        "LMS_LOG_LEVEL": "ERROR",
    }

    def lms(*arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "-m", "lms.cli", *arguments], env=environ, capture_output=True,
            text=True, timeout=120,
        )  # fmt: skip

    assert lms("db", "upgrade").returncode == 0
    script = (
        "from lms.app import create_app\n"
        "from lms.foundation.kernel.actor import SYSTEM\n"
        "from lms.foundation.jobs.actions import enqueue\n"
        "app = create_app()\n"
        "with app.app_context():\n"
        "    app.extensions['cabildo.database'].perform(enqueue, SYSTEM, 'web.forget', key='x')\n"
    )
    assert subprocess.run([sys.executable, "-c", script], env=environ).returncode == 0
    for path in Path(tmp_path).glob("jobs.db*"):
        path.unlink()
    worker = subprocess.Popen([sys.executable, "-m", "lms.cli", "worker"], env=environ)
    try:
        from lms.foundation.db.database import Database
        from lms.foundation.db.engine import engine_for

        database = Database(engine_for(f"sqlite:///{tmp_path / 'cabildo.db'}"))
        end = time.monotonic() + 120
        while time.monotonic() < end:
            # The day's own tidying is planned beside it and may be under way a moment longer.
            if {j.state for j in jobs(database)} == {JobState.DONE}:
                break
            try:
                worker.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
        assert {j.state for j in jobs(database)} == {JobState.DONE}
        database.close()
    finally:
        worker.terminate()
        worker.wait(20)
