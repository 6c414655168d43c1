"""Background work for its list: how many in each state, a page of them, one of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.foundation.jobs.models import Job, JobState
from lms.foundation.kernel.errors import NotFound

PAGE_SIZE = 50
MOST_TASKS = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A job in the list."""

    uid: UUID
    task: str
    state: str
    due_at: datetime
    created_at: datetime
    done_at: datetime | None
    attempts: int
    last_error: str | None
    progress_done: int | None
    progress_total: int | None
    payload: Mapping[str, Any]


_LINE = (
    Job.uid, Job.task, Job.state, Job.due_at, Job.created_at, Job.done_at, Job.attempts,
    Job.last_error, Job.progress_done, Job.progress_total, Job.payload,
)  # fmt: skip


def counts(session: Session, task: str = "") -> Mapping[str, int]:
    """How many jobs stand in each state, of one task or of all."""
    statement = select(Job.state, func.count()).group_by(Job.state).order_by(Job.state)
    if task:
        statement = statement.where(Job.task == task)
    return {row[0]: row[1] for row in session.execute(statement.limit(len(JobState)))}


def tasks(session: Session) -> Sequence[str]:
    """The tasks of which there is any job."""
    statement = select(Job.task).distinct().order_by(Job.task).limit(MOST_TASKS)
    return session.scalars(statement).all()


def page(session: Session, state: str, task: str, number: int) -> Sequence[Line]:
    """One page of the jobs in a state, the latest first."""
    statement = select(*_LINE).where(Job.state == state)
    if task:
        statement = statement.where(Job.task == task)
    rows = session.execute(
        statement.order_by(Job.due_at.desc(), Job.id.desc())
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    return [Line(*row) for row in rows]


def one(session: Session, uid: UUID) -> Line:
    """One job."""
    row = session.execute(select(*_LINE).where(Job.uid == uid)).first()
    if row is None:
        raise NotFound()
    return Line(*row)


def latest(session: Session, task: str) -> Line | None:
    """The job of a task that was asked for last."""
    row = session.execute(
        select(*_LINE).where(Job.task == task).order_by(Job.id.desc()).limit(1)
    ).first()
    return Line(*row) if row is not None else None


def latest_due(session: Session, task: str, now: datetime) -> Line | None:
    """The latest job of a task whose time has come; what is planned for later is not meant."""
    row = session.execute(
        select(*_LINE)
        .where(Job.task == task, Job.due_at <= now)
        .order_by(Job.due_at.desc(), Job.id.desc())
        .limit(1)
    ).first()
    return Line(*row) if row is not None else None


def locked(session: Session, uid: UUID) -> Job:
    """One job, held until the transaction ends."""
    job = session.scalar(select(Job).where(Job.uid == uid).with_for_update())
    if job is None:
        raise NotFound()
    return job


def some_failed(session: Session, task: str, most: int) -> Sequence[Job]:
    """Some of the failed jobs of a task (or of all), held until the transaction ends."""
    statement = select(Job).where(Job.state == JobState.FAILED)
    if task:
        statement = statement.where(Job.task == task)
    return session.scalars(
        statement.order_by(Job.id).limit(most).with_for_update(skip_locked=True)
    ).all()
