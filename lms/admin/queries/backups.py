"""The backups that lie in their folder."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lms.admin.rules.backups import is_name, note_of
from lms.foundation.kernel.errors import N_, NotFound

MOST = 200


@dataclass(frozen=True)
class Listed:
    """A backup and what the note beside it tells; without a note only what the file shows."""

    name: str
    made_at: datetime
    size: int
    rows: int | None
    files: int | None
    missing: int
    sealed: bool
    secrets: bool
    version: str
    institution: str


def listed(folder: Path) -> Iterator[Listed]:
    """The backups of a folder, the latest first."""
    if not folder.is_dir():
        return
    names = sorted((path.name for path in folder.iterdir() if is_name(path.name)), reverse=True)
    for name in names[:MOST]:
        try:
            yield _read(folder / name)
        except FileNotFoundError:
            continue  # deleted at this moment


def one(folder: Path, name: str) -> Listed:
    """A backup of this name; nothing else in the folder has one."""
    if not is_name(name) or not (folder / name).is_file():
        raise NotFound(N_("There is no backup of that name."))
    return _read(folder / name)


def _read(path: Path) -> Listed:
    seen = path.stat()
    note = _note(path)
    made_at = note.get("made_at")
    return Listed(
        name=path.name,
        made_at=datetime.fromisoformat(made_at)
        if isinstance(made_at, str)
        else datetime.fromtimestamp(seen.st_mtime, UTC),
        size=seen.st_size,
        rows=note.get("rows"),
        files=note.get("files"),
        missing=len(note.get("missing", ())),
        sealed=path.name.endswith(".sealed"),
        secrets=bool(note.get("secrets")),
        version=str(note.get("version", "")),
        institution=str(note.get("institution", "")),
    )


def _note(path: Path) -> Mapping[str, Any]:
    try:
        found = json.loads(note_of(path).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
