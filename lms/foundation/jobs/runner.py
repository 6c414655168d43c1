"""Running due jobs: leased, done, marked; a killed worker's lease runs out and another takes it."""

import json
import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select

from lms.foundation.db.database import Database
from lms.foundation.db.work import Work
from lms.foundation.jobs.models import Job, JobState
from lms.foundation.jobs.progress import reporting
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.errors import DomainError

log = logging.getLogger("lms.jobs")

Task = Callable[[dict[str, Any]], None]
_SAID = "said "
LEASE = timedelta(minutes=5)
RENEW_EVERY = timedelta(minutes=1)
TELL_EVERY = timedelta(seconds=1)
# A task that hangs keeps its job this long; then another worker may try.
LONGEST = timedelta(hours=2)
MOST_ATTEMPTS = 8
FIRST_WAIT = timedelta(seconds=30)


@dataclass(frozen=True)
class Leased:
    """A job in hand until a moment; whoever takes it over afterwards holds it until a later one."""

    id: int
    task: str
    payload: dict[str, Any]
    attempts: int
    until: datetime


def run_due(database: Database, tasks: Mapping[str, Task], *, most: int = 1000) -> int:
    """Do what is due, oldest first; returns how many jobs were tried.

    A task may be run twice (killed between its work and the mark), so tasks are repeatable.
    """
    tried = 0
    while tried < most:
        job = database.perform(lease, SYSTEM)
        if job is None:
            return tried
        tried += 1
        began, failure, final = time.monotonic(), None, False
        with _Hold(database, job) as hold:
            try:
                with reporting(hold.tell):
                    tasks[job.task](job.payload)
            except Exception as error:
                log.exception("job %s failed (attempt %s)", job.task, job.attempts)
                failure, final = failure_of(error), isinstance(error, Hopeless)
        if failure is None:
            mine = database.perform(finish, SYSTEM, hold.job)
        else:
            mine = database.perform(put_back, SYSTEM, hold.job, failure, final=final)
        if not mine:
            log.warning("job %s was taken over meanwhile; it is left to that worker", job.task)
        elif failure is None:
            log.info("job %s done in %.0f ms", job.task, (time.monotonic() - began) * 1000)
    return tried


class Hopeless(Exception):
    """A task that must not be tried again by itself; whatever caused it stands as its cause."""


def failure_of(error: Exception) -> str:
    """What is written down of a failure. A refusal of ours keeps its sentence and its values, so
    that it can be said in the reader's language (see ``said_in``)."""
    if isinstance(error, Hopeless) and isinstance(error.__cause__, Exception):
        error = error.__cause__
    if isinstance(error, DomainError):
        params = {name: str(value) for name, value in error.params.items()}
        return _SAID + json.dumps([error.message, params], ensure_ascii=False)
    return f"{type(error).__name__}: {error}"


def said_in(failure: str) -> tuple[str, dict[str, str]] | None:
    """The sentence and its values, where a refusal of ours was written down."""
    if not failure.startswith(_SAID):
        return None
    try:
        message, params = json.loads(failure.removeprefix(_SAID))
    except ValueError:  # it was too long and is cut off
        return None
    return message, params


class _Hold:
    """Keeps a job in hand while its task runs, so that nobody takes it for a dead worker's."""

    def __init__(self, database: Database, job: Leased) -> None:
        self.job = job
        self._database = database
        self._done = threading.Event()
        self._told = -TELL_EVERY.total_seconds()
        self._thread = threading.Thread(target=self._keep, name="lease", daemon=True)

    def __enter__(self) -> "_Hold":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def tell(self, done: int, total: int) -> None:
        """Write down how far it is, once a second at most: whoever waits looks no oftener."""
        now = time.monotonic()
        if now < self._told + TELL_EVERY.total_seconds() and done < total:
            return
        self._told = now
        self._database.perform(note_progress, SYSTEM, self.job.id, done, total)

    def _keep(self) -> None:
        for _ in range(LONGEST // RENEW_EVERY):
            if self._done.wait(RENEW_EVERY.total_seconds()):
                return
            try:
                renewed = self._database.perform(renew, SYSTEM, self.job)
            except Exception:
                log.exception("the lease of job %s could not be renewed yet", self.job.task)
                continue
            if renewed is None:
                return
            self.job = renewed


def lease(work: Work) -> Leased | None:
    """Take the oldest due job for the length of a lease."""
    job = work.session.scalar(
        select(Job)
        .where(
            or_(
                Job.state == JobState.PENDING,
                (Job.state == JobState.LEASED) & (Job.leased_until < work.now),
            ),
            Job.due_at <= work.now,
        )
        .order_by(Job.due_at, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if job is None:
        return None
    job.state = JobState.LEASED
    job.leased_until = work.now + LEASE
    job.attempts += 1
    job.progress_done = job.progress_total = None
    return Leased(job.id, job.task, job.payload, job.attempts, job.leased_until)


def renew(work: Work, held: Leased) -> Leased | None:
    """Hold a job for another lease; nothing if somebody else has taken it over."""
    job = _still_held(work, held)
    if job is None:
        return None
    job.leased_until = work.now + LEASE
    return replace(held, until=job.leased_until)


def note_progress(work: Work, job_id: int, done: int, total: int) -> None:
    """How far a job in hand has come."""
    job = work.session.get(Job, job_id, with_for_update=True)
    if job is not None and job.state == JobState.LEASED:
        job.progress_done, job.progress_total = done, total


def finish(work: Work, held: Leased) -> bool:
    """The job is done; whoever has lost it meanwhile leaves it as it is and is told so."""
    job = _still_held(work, held)
    if job is None:
        return False
    job.state = JobState.DONE
    job.done_at = work.now
    job.leased_until = None
    job.last_error = None
    return True


def put_back(work: Work, held: Leased, error: str, *, final: bool = False) -> bool:
    """Try again later, each time later; after eight tries, or where trying again is wrong, a
    person must look."""
    job = _still_held(work, held)
    if job is None:
        return False
    job.last_error = error[:2000]
    job.leased_until = None
    if final or job.attempts >= MOST_ATTEMPTS:
        job.state = JobState.FAILED
        return True
    job.state = JobState.PENDING
    job.due_at = work.now + FIRST_WAIT * 2 ** (job.attempts - 1)
    return True


def _still_held(work: Work, held: Leased) -> Job | None:
    """The job, locked, if the lease in hand is the one that counts; no two end at one moment."""
    return work.session.scalar(
        select(Job)
        .where(Job.id == held.id, Job.state == JobState.LEASED, Job.leased_until == held.until)
        .with_for_update()
    )


def waiting(database: Database, now: datetime) -> int:
    """How many jobs are due and not done (what readiness and the doctor report)."""
    with database.reading() as session:
        return (
            session.scalar(
                select(func.count())
                .select_from(Job)
                .where(Job.state.in_([JobState.PENDING, JobState.LEASED]), Job.due_at <= now)
            )
            or 0
        )
