"""A package beside the draft that it would be laid into: what would change, and what must wait."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from lms.authoring.formats.prepared import Prepared, prepare
from lms.authoring.formats.tree import Tree
from lms.authoring.queries import sources
from lms.authoring.queries.brought import last_said
from lms.authoring.queries.changes import between
from lms.authoring.queries.drafts import Working, WorkingFile, working
from lms.authoring.rules.changes import Change as Told
from lms.authoring.rules.difference import Change, Difference, base_of, difference
from lms.catalog.activity import activity_kinds
from lms.catalog.models import Programme


@dataclass(frozen=True, slots=True)
class Bringing:
    """A checked package, and what stands where it would be laid."""

    tree: Tree
    prepared: Prepared
    programme: Programme | None
    """The one of its key; None where it would be begun."""
    standing: Working | None
    difference: Difference

    @property
    def seen(self) -> str:
        """What stood there when it was looked at."""
        return self.standing.seen if self.standing is not None else ""

    @property
    def files(self) -> Mapping[str, WorkingFile]:
        """The draft as it stands."""
        return self.standing.files if self.standing is not None else {}


def bringing(
    session: Session, tree: Tree, institution_id: int, today: date, *, lock: bool = False
) -> Bringing:
    """Check a package and compare it with the draft of its programme; changes nothing."""
    prepared = prepare(tree, activity_kinds(), today)
    if not prepared.sound or prepared.package.data is None:
        return Bringing(tree, prepared, None, None, Difference(()))
    key = prepared.package.data["key"]
    return beside(session, tree, prepared, institution_id, key, lock=lock)


def beside(
    session: Session,
    tree: Tree,
    prepared: Prepared,
    institution_id: int,
    key: str,
    *,
    lock: bool = False,
) -> Bringing:
    """A package that was checked already, beside the draft as it stands now."""
    programme = sources.programme(session, institution_id, key, lock=lock)
    if programme is None:
        return Bringing(tree, prepared, None, None, difference(None, {}, prepared.hashes))
    standing = working(session, programme.id)
    base = base_of(
        prepared.hashes, prepared.left, last_said(session, programme), standing.published_hashes
    )
    compared = difference(base, standing.hashes, prepared.hashes)
    return Bringing(tree, prepared, programme, standing, compared)


def would_change(session: Session, found: Bringing) -> dict[str, list[Told]]:
    """What of the draft would be said otherwise, by part; conflicts are not among it."""
    after = dict(found.files)
    for each in found.difference.files:
        if each.change in (Change.NEW, Change.CHANGED):
            after[each.path] = as_brought(found.prepared, each.path)
        elif each.change is Change.REMOVED:
            del after[each.path]
    return between(session, found.files, dict(sorted(after.items())))


def as_brought(prepared: Prepared, path: str) -> WorkingFile:
    """A file of the package, like those that are being written."""
    file = prepared.files[path]
    return WorkingFile(path, file.sha256, file.size, file.text, file.text is not None, False)


def laid(found: Bringing, theirs: Collection[str]) -> list[str]:
    """The paths at which the package is laid; in a conflict only where it was chosen."""
    applied = found.difference.of(Change.NEW, Change.CHANGED, Change.REMOVED)
    return sorted({*applied, *(path for path in found.difference.conflicts if path in theirs)})
