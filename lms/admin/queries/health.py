"""An installation, counted for whoever looks after it."""

import shutil
import stat
from dataclasses import dataclass
from datetime import timedelta

from flask import current_app
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from lms.admin.queries import backups
from lms.admin.rules.health import Figures
from lms.foundation.db.revision import current, newest
from lms.foundation.files.models import Blob
from lms.foundation.files.store import Store
from lms.foundation.jobs.models import Job, JobState
from lms.foundation.kernel.errors import Refused
from lms.foundation.keys.keyring import Keyring
from lms.foundation.mail.models import Letter, LetterState
from lms.foundation.web.reading import database
from lms.people.models import Person
from lms.people.queries.reach import Reach
from lms.settings import Settings

RECENT = timedelta(days=30)


@dataclass(frozen=True)
class Size:
    """How much there is."""

    people: int
    files: int
    file_bytes: int
    database_bytes: int
    waiting: int


def figures(session: Session, settings: Settings) -> Figures:
    """Everything that may need a person; four statements and a look at disk and store."""
    now = database().clock()
    usage = shutil.disk_usage(settings.data_dir)
    failed = select(func.count()).where(Job.state == JobState.FAILED).scalar_subquery()
    due = (
        select(func.min(Job.due_at))
        .where(
            (Job.state == JobState.PENDING)
            | ((Job.state == JobState.LEASED) & (Job.leased_until < now)),
            Job.due_at <= now,
        )
        .scalar_subquery()
    )
    failed_jobs, oldest_due = session.execute(select(failed, due)).one()
    letters = letters_in_trouble(session, Reach(everywhere=True))
    latest = next(iter(backups.listed(settings.backup_dir)), None)
    return Figures(
        now=now,
        failed_jobs=failed_jobs,
        oldest_due=oldest_due,
        failed_letters=letters[LetterState.FAILED],
        bounced_letters=letters[LetterState.BOUNCED],
        latest_backup=latest.made_at if latest is not None else None,
        backup_missing=latest.missing if latest is not None else 0,
        backs_up=settings.backup_hour >= 0,
        free_bytes=usage.free,
        disk_bytes=usage.total,
        is_current=current(session.connection()) == newest(),
        files_answer=_files_answer(),
        keys_open=_keys_open(settings),
        secret_is_private=_is_private(settings),
    )


def letters_in_trouble(session: Session, reach: Reach) -> dict[str, int]:
    """How many letters of the last month did not reach anybody."""
    trouble = (LetterState.FAILED, LetterState.BOUNCED)
    rows = session.execute(
        select(Letter.state, func.count())
        .where(
            Letter.state.in_(trouble),
            Letter.created_at > database().clock() - RECENT,
            reach.of(Letter.institution_id),
        )
        .group_by(Letter.state)
        .order_by(Letter.state)
        .limit(len(trouble))
    )
    return {str(state): 0 for state in trouble} | {row[0]: row[1] for row in rows}


def size(session: Session) -> Size:
    """How much the installation holds, and how much work waits."""
    now = database().clock()
    own = (
        "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
        if database().is_sqlite
        else "SELECT pg_database_size(current_database())"
    )
    row = session.execute(
        select(
            select(func.count()).select_from(Person).scalar_subquery(),
            select(func.count()).select_from(Blob).scalar_subquery(),
            select(func.coalesce(func.sum(Blob.size), 0)).scalar_subquery(),
            select(func.count())
            .where(Job.state == JobState.PENDING, Job.due_at <= now)
            .scalar_subquery(),
        )
    ).one()
    return Size(row[0], row[1], int(row[2]), session.execute(text(own)).scalar_one(), row[3])


def _files_answer() -> bool:
    store: Store = current_app.extensions["cabildo.files"]
    try:
        store.exists("0" * 64)
    except Exception:
        current_app.logger.exception("the file store does not answer")
        return False
    return True


def _keys_open(settings: Settings) -> bool:
    try:
        Keyring(database(), settings.secret_key).check()
    except Refused:
        return False
    return True


def _is_private(settings: Settings) -> bool:
    try:
        mode = (settings.data_dir / "secret_key").stat().st_mode
    except OSError:
        return True  # given in another way
    return not stat.S_IMODE(mode) & 0o077
