"""What the demo's administrator finds: a letter that came back, one that stuck, a backup."""

from sqlalchemy import select

from lms.admin.tasks import backups
from lms.foundation.db.database import Database
from lms.foundation.db.work import Work
from lms.foundation.jobs.models import Job, JobState
from lms.foundation.jobs.runner import MOST_ATTEMPTS
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.mail.actions import SEND, mark_bounced, mark_failed
from lms.foundation.mail.models import Letter

CAME_BACK = "550 5.1.1 <buzon>: Recipient address rejected: User unknown"
NOT_LEFT = "ConnectionRefusedError: [Errno 111] Connection refused"


def trouble(work: Work) -> None:
    """Two of the last letters had bad luck; the task of the second was given up."""
    letters = work.session.scalars(
        select(Letter).where(Letter.kept).order_by(Letter.id.desc()).limit(2)
    ).all()
    if len(letters) < 2:
        return
    back, stuck = letters
    mark_bounced(work, back, CAME_BACK)
    mark_failed(work, stuck.id, NOT_LEFT)
    job = work.session.scalars(select(Job).where(Job.task == SEND, Job.key == str(stuck.uid))).one()
    job.state, job.attempts, job.last_error = JobState.FAILED, MOST_ATTEMPTS, NOT_LEFT
    job.done_at = None


def fill(database: Database) -> None:
    """Once, after letters have left."""
    database.perform(trouble, SYSTEM)
    backups.make()
