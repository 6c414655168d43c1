"""Putting work off: a row in the transaction, a bell after the commit."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from lms.foundation.db.upsert import inserting
from lms.foundation.db.work import Work
from lms.foundation.jobs.models import Job, JobState
from lms.foundation.kernel.facts import Fact
from lms.foundation.kernel.ids import uuid7


def enqueue(
    work: Work,
    task: str,
    *,
    key: str | None = None,
    payload: dict[str, Any] | None = None,
    due: datetime | None = None,
) -> None:
    """Do something in the background once this transaction is committed.

    The same task with the same ``key`` is one job, however often it is asked for; a finished one
    is done again. ``payload`` is small plain JSON (ids, never content).
    """
    key = key or str(uuid7())
    job = _locked(work, task, key)
    job.payload = payload or {}
    job.due_at = due or work.now
    if job.state != JobState.LEASED:
        job.state = JobState.PENDING
        job.attempts = 0
    else:
        # It is being done with what was true before; let it be done once more.
        job.key = f"{job.key}#{job.uid}"
        work.session.flush()
        enqueue(work, task, key=key, payload=payload, due=due)
        return
    if job.due_at <= work.now and work.ring not in work.after:
        work.after.append(work.ring)


def retry(work: Work, job: Job) -> bool:
    """Do a job that was given up or called off once more, now; says whether it was one."""
    if job.state not in (JobState.FAILED, JobState.CANCELLED):
        return False
    job.state, job.attempts, job.due_at, job.done_at = JobState.PENDING, 0, work.now, None
    if work.ring not in work.after:
        work.after.append(work.ring)
    return True


def call_off(work: Work, job: Job) -> bool:
    """What nobody has begun yet is not done; says whether it was still in time."""
    if job.state != JobState.PENDING:
        return False
    job.state, job.done_at = JobState.CANCELLED, work.now
    return True


def _locked(work: Work, task: str, key: str) -> Job:
    """The job of this name, made if there is none; two who ask for it at once ask for one.

    Locked, because a worker that leases it meanwhile would do it with what was true before.
    """
    new = inserting(work.session, Job).values(
        task=task, key=key, payload={}, created_at=work.now, due_at=work.now
    )
    work.session.execute(new.on_conflict_do_nothing())
    wanted = select(Job).where(Job.task == task, Job.key == key).with_for_update()
    return work.session.scalars(wanted).one()


def enqueue_fact(work: Work, task: str, facts: Sequence[Fact]) -> None:
    """Hand facts to a subscriber that hears them later; one job for each fact."""
    for fact in facts:
        enqueue(work, task, payload={name: _plain(v) for name, v in asdict(fact).items()})


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    return value
