"""Work that comes round every day, planned once for each day."""

from sqlalchemy import delete, select

from lms.foundation.db.work import Work
from lms.foundation.jobs.actions import enqueue
from lms.foundation.jobs.models import Job, JobState
from lms.foundation.jobs.runner import KEEP_DONE

DAILY = ("files.sweep", "web.forget", "people.forget")


def plan_daily(work: Work) -> None:
    """Plan today's tidying, once however many workers ask, and forget old finished jobs."""
    today = work.now.date().isoformat()
    planned = set(
        work.session.scalars(select(Job.task).where(Job.key == today, Job.task.in_(DAILY)))
    )
    for task in DAILY:
        if task not in planned:
            enqueue(work, task, key=today)
    if not planned:
        work.session.execute(
            delete(Job).where(Job.state == JobState.DONE, Job.done_at < work.now - KEEP_DONE)
        )
