"""What changed between two states of a programme: published, in work, any two versions."""

from collections.abc import Mapping
from typing import TypeAlias

from sqlalchemy.orm import Session

from lms.authoring.formats.readable import told
from lms.authoring.queries import sources
from lms.authoring.queries.drafts import Working, WorkingFile, as_published, texts_of
from lms.authoring.rules.changes import Change, changes
from lms.authoring.rules.publication import part_of
from lms.catalog.activity import activity_kinds

Files: TypeAlias = Mapping[str, WorkingFile]


def between(session: Session, old: Files, new: Files) -> dict[str, list[Change]]:
    """What changed, by part; only files that are not the same are read."""
    differ = {path for path in {*old, *new} if _sha(old, path) != _sha(new, path)}
    return {
        part: found
        for part in sorted({part_of(path) for path in differ})
        if (found := _of_part(session, old, new, {p for p in differ if part_of(p) == part}))
    }


def in_work(session: Session, standing: Working) -> dict[str, list[Change]]:
    """What the draft changes of what is published, by part."""
    published = {path: as_published(each) for path, each in standing.published.items()}
    return between(session, published, standing.files)


def version_files(session: Session, version_id: int) -> Files:
    """The files of a published version."""
    found = sources.package_files(session, version_id)
    return {path: as_published(each) for path, each in found.items()}


def _of_part(session: Session, old: Files, new: Files, paths: set[str]) -> list[Change]:
    sides = []
    for files in (old, new):
        mine = {path: files[path] for path in sorted(paths) if path in files}
        texts = texts_of(session, mine)
        sides.append(
            {
                path: told(path, each.sha256, each.size, texts.get(path), activity_kinds())
                for path, each in mine.items()
            }
        )
    return changes(*sides)


def _sha(files: Files, path: str) -> str | None:
    found = files.get(path)
    return found.sha256 if found is not None else None
