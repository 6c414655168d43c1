"""Backups: what they are called, which are kept, when the next one is due."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

MAKE, RESTORE = "backup.make", "backup.restore"
PLAIN, SEALED = ".tar", ".tar.sealed"
_NAME = re.compile(r"cabildo-\d{8}-\d{6}(-[a-z0-9-]{1,40})?\.tar(\.sealed)?")
LATE = timedelta(hours=48)
"""A daily backup that is older than this has failed at least once."""


def name_of(moment: datetime, *, sealed: bool, mark: str = "") -> str:
    """The name of a backup made now; names sort by the moment they were made."""
    stamp = moment.astimezone(UTC).strftime("%Y%m%d-%H%M%S")
    return f"cabildo-{stamp}{f'-{mark}' if mark else ''}{SEALED if sealed else PLAIN}"


def is_name(text: str) -> bool:
    """Whether this can be the name of a backup in our folder, and of nothing else."""
    return _NAME.fullmatch(text) is not None


def note_of(path: Path) -> Path:
    """Where what is known of a backup stands, so that lists need not open it."""
    return path.with_name(f"{path.name}.json")


def to_delete(names: Iterable[str], keep: int) -> list[str]:
    """The oldest go when there are more than are kept; those with a mark of their own stay."""
    unmarked = sorted(name for name in names if is_name(name) and not _is_marked(name))
    return unmarked[: max(0, len(unmarked) - keep)]


def _is_marked(name: str) -> bool:
    found = _NAME.fullmatch(name)
    return found is not None and found[1] is not None


def next_due(now: datetime, hour: int, zone: str) -> datetime:
    """The next time it is that hour where the institution is."""
    here = now.astimezone(ZoneInfo(zone))
    due = here.replace(hour=hour, minute=0, second=0, microsecond=0)
    if due <= here:
        due += timedelta(days=1)
    return due.astimezone(UTC)


def is_late(latest: datetime | None, now: datetime) -> bool:
    """Whether somebody should look why there is no fresh backup."""
    return latest is None or now - latest > LATE
