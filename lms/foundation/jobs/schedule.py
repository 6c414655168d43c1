"""Work that comes round every day, planned once for each day."""

from sqlalchemy import select

from lms.foundation.db.work import Work
from lms.foundation.jobs.actions import enqueue
from lms.foundation.jobs.models import Job

DAILY = ("files.sweep", "web.forget", "people.forget", "enrollment.forget")


def plan_daily(work: Work) -> None:
    """Plan today's tidying, once however many workers ask."""
    today = work.now.date().isoformat()
    planned = set(
        work.session.scalars(select(Job.task).where(Job.key == today, Job.task.in_(DAILY)))
    )
    for task in DAILY:
        if task not in planned:
            enqueue(work, task, key=today)
