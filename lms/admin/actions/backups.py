"""What administrators ask for about backups; the work itself is done in the background."""

from typing import Any

from sqlalchemy import func, select, update

from lms.admin.rules.backups import MAKE, RESTORE, next_due
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.jobs.actions import enqueue
from lms.foundation.jobs.models import Job, JobState
from lms.foundation.kernel.errors import N_, Invalid
from lms.foundation.kernel.ids import uuid7
from lms.people.models import Installation

NOW = "now"
_PLAINLY = {"synchronize_session": False}


def ask(work: Work) -> None:
    """A backup is made now, in the background."""
    enqueue(work, MAKE, key=NOW)
    record(work, "backup.asked")


def ask_to_restore(work: Work, name: str, *, confirmed: bool) -> None:
    """Everything is replaced by a backup, once somebody has typed that they mean it."""
    if not confirmed:
        said = N_("Type the word to confirm that everything is to be replaced.")
        raise Invalid(said, fields={"typed": said})
    key = str(uuid7())
    enqueue(work, RESTORE, key=key, payload={"name": name, "key": key})
    record(work, "backup.restoring_asked", detail={"file": name})


def begin(work: Work, key: str) -> bool:
    """A restoring that was asked for is begun once; says whether this is that time."""
    job = work.session.scalar(
        select(Job).where(Job.task == RESTORE, Job.key == key).with_for_update()
    )
    if job is None or job.payload.get("begun"):
        return False
    job.payload = job.payload | {"begun": True}
    return True


def note(work: Work, deed: str, name: str) -> None:
    """Somebody took a backup away, brought one or deleted one: that is on record."""
    record(work, deed, detail={"file": name})


def plan(work: Work, hour: int, zone: str) -> None:
    """The next nightly backup is planned, once however many workers ask."""
    due = next_due(work.now, hour, zone)
    key = due.date().isoformat()
    planned = select(Job.id).where(Job.task == MAKE, Job.key == key)
    if work.session.scalar(planned) is None:
        enqueue(work, MAKE, key=key, due=due)


def settle(work: Work, told: dict[str, Any], version: int) -> None:
    """What must differ from the copy that was restored: nobody remembers the site as it was, no
    backup that was under way then goes on, and the deed is on record.

    ``version`` is the one by which others remember the site that was replaced.
    """
    higher = func.max if work.session.get_bind().dialect.name == "sqlite" else func.greatest
    work.session.execute(
        update(Installation).values(version=higher(Installation.version, version) + 1),
        execution_options=_PLAINLY,
    )
    under_way = Job.state.in_([JobState.PENDING, JobState.LEASED])
    work.session.execute(
        update(Job)
        .where(Job.task.in_([MAKE, RESTORE]), under_way)
        .values(state=JobState.CANCELLED, done_at=work.now),
        execution_options=_PLAINLY,
    )
    record(work, "installation.restored", detail=told)
