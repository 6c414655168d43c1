"""What administrators do with background work."""

from uuid import UUID

from lms.admin.queries import jobs
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.jobs.actions import call_off, enqueue, retry
from lms.foundation.kernel.errors import N_, Refused

AT_ONCE = 500
ANSWER = "worker.answer"


def retry_one(work: Work, uid: UUID) -> None:
    """A job that was given up or stopped is done once more."""
    job = jobs.locked(work.session, uid)
    if not retry(work, job):
        raise Refused(N_("It is already waiting or done: there is nothing to repeat."))
    record(work, "job.retried", job, detail={"task": job.task})


def retry_failed(work: Work, task: str = "") -> int:
    """All that failed of a task is done once more, a bounded number at a time; tells how many."""
    some = jobs.some_failed(work.session, task, AT_ONCE)
    for job in some:
        retry(work, job)
    if some:
        record(work, "job.retried", detail={"task": task, "number": len(some)})
    return len(some)


def stop(work: Work, uid: UUID) -> None:
    """What nobody has begun yet is not done."""
    job = jobs.locked(work.session, uid)
    if not call_off(work, job):
        raise Refused(N_("It is being done or done already: it cannot be stopped any more."))
    record(work, "job.stopped", job, detail={"task": job.task})


def ring(work: Work) -> None:
    """Ask the worker for a sign of life."""
    enqueue(work, ANSWER, key="ring")
