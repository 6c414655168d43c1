"""What of an installation needs a person first. Plain figures in, sentences out."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from lms.admin.rules.backups import is_late

SILENT_AFTER = timedelta(minutes=5)
LITTLE_ROOM = 0.10
LITTLE_BYTES = 1_000_000_000
NO_BYTES = 200_000_000


class Need(StrEnum):
    """What may need a person, the most pressing first."""

    OUTDATED = "outdated"
    FILES_GONE = "files_gone"
    KEYS_CLOSED = "keys_closed"
    NO_ROOM = "no_room"
    SILENT = "silent"
    FAILED_JOBS = "failed_jobs"
    LITTLE_ROOM = "little_room"
    NO_BACKUP = "no_backup"
    OLD_BACKUP = "old_backup"
    INCOMPLETE_BACKUP = "incomplete_backup"
    FAILED_LETTERS = "failed_letters"
    BOUNCED = "bounced"
    OPEN_KEY = "open_key"


URGENT = frozenset({Need.OUTDATED, Need.FILES_GONE, Need.KEYS_CLOSED, Need.NO_ROOM, Need.SILENT})


@dataclass(frozen=True)
class Figures:
    """An installation, counted."""

    now: datetime
    failed_jobs: int = 0
    oldest_due: datetime | None = None
    failed_letters: int = 0
    bounced_letters: int = 0
    latest_backup: datetime | None = None
    backup_missing: int = 0
    backs_up: bool = True
    free_bytes: int = 0
    disk_bytes: int = 0
    is_current: bool = True
    files_answer: bool = True
    keys_open: bool = True
    secret_is_private: bool = True


def needs(figures: Figures) -> list[Need]:
    """What needs a person, the most pressing first; nothing when all is in order."""
    held = {
        Need.OUTDATED: not figures.is_current,
        Need.FILES_GONE: not figures.files_answer,
        Need.KEYS_CLOSED: not figures.keys_open,
        Need.NO_ROOM: figures.free_bytes < NO_BYTES,
        Need.SILENT: is_silent(figures.oldest_due, figures.now),
        Need.FAILED_JOBS: figures.failed_jobs > 0,
        Need.LITTLE_ROOM: _is_little(figures) and figures.free_bytes >= NO_BYTES,
        Need.NO_BACKUP: figures.latest_backup is None,
        Need.OLD_BACKUP: _is_old(figures),
        Need.INCOMPLETE_BACKUP: figures.backup_missing > 0,
        Need.FAILED_LETTERS: figures.failed_letters > 0,
        Need.BOUNCED: figures.bounced_letters > 0,
        Need.OPEN_KEY: not figures.secret_is_private,
    }
    return [need for need in Need if held[need]]


def is_silent(oldest_due: datetime | None, now: datetime) -> bool:
    """Whether nobody takes up work: what is due for minutes has not been begun."""
    return oldest_due is not None and now - oldest_due > SILENT_AFTER


def _is_little(figures: Figures) -> bool:
    return figures.free_bytes < min(LITTLE_BYTES, figures.disk_bytes * LITTLE_ROOM)


def _is_old(figures: Figures) -> bool:
    return (
        figures.backs_up
        and figures.latest_backup is not None
        and is_late(figures.latest_backup, figures.now)
    )
