"""Running due jobs: leased, done, marked; a killed worker's lease runs out and another takes it."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select

from lms.foundation.db.database import Database
from lms.foundation.db.work import Work
from lms.foundation.jobs.models import Job, JobState
from lms.foundation.kernel.actor import SYSTEM

log = logging.getLogger("lms.jobs")

Task = Callable[[dict[str, Any]], None]
LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 8
FIRST_WAIT = timedelta(seconds=30)
KEEP_DONE = timedelta(days=30)


@dataclass(frozen=True)
class Leased:
    """A job in hand."""

    id: int
    task: str
    payload: dict[str, Any]
    attempts: int


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
        try:
            tasks[job.task](job.payload)
        except Exception as error:
            log.exception("job %s failed (attempt %s)", job.task, job.attempts)
            database.perform(put_back, SYSTEM, job.id, f"{type(error).__name__}: {error}")
        else:
            database.perform(finish, SYSTEM, job.id)
    return tried


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
    return Leased(job.id, job.task, job.payload, job.attempts)


def finish(work: Work, job_id: int) -> None:
    """The job is done."""
    job = work.session.get_one(Job, job_id)
    job.state = JobState.DONE
    job.done_at = work.now
    job.leased_until = None
    job.last_error = None


def put_back(work: Work, job_id: int, error: str) -> None:
    """Try again later, each time later; after eight tries a person must look."""
    job = work.session.get_one(Job, job_id)
    job.last_error = error[:2000]
    job.leased_until = None
    if job.attempts >= MOST_ATTEMPTS:
        job.state = JobState.FAILED
        return
    job.state = JobState.PENDING
    job.due_at = work.now + FIRST_WAIT * 2 ** (job.attempts - 1)


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
