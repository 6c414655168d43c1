"""What an import would change, told before it changes anything."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Change(StrEnum):
    """What becomes of one file."""

    SAME = "same"
    NEW = "new"
    CHANGED = "changed"
    REMOVED = "removed"
    KEPT = "kept"
    """Edited here since the last import, untouched in the package: the edit stays."""
    CONFLICT = "conflict"
    """Edited here and also changed in the package: somebody must choose."""


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file and what becomes of it."""

    path: str
    change: Change


@dataclass(frozen=True, slots=True)
class Difference:
    """What an import would do to every file."""

    files: tuple[FileChange, ...]

    def of(self, *changes: Change) -> tuple[str, ...]:
        """The paths with one of these changes."""
        return tuple(each.path for each in self.files if each.change in changes)

    @property
    def conflicts(self) -> tuple[str, ...]:
        return self.of(Change.CONFLICT)

    @property
    def nothing(self) -> bool:
        """Whether the import would leave everything as it is."""
        return all(each.change in (Change.SAME, Change.KEPT) for each in self.files)


Hashes = Mapping[str, str]


def difference(imported: Hashes | None, current: Hashes, incoming: Hashes) -> Difference:
    """Compare what was last imported, what stands now, and what a package brings.

    A file is updated only where nobody edited it since its last import. Where the edit and the
    package differ, that is a conflict; where the package did not touch it, the edit stays. What was
    written here and never imported counts as an edit throughout.
    """
    base = imported or {}
    paths = sorted({*base, *current, *incoming})
    changes = (
        (path, _change(*(at.get(path) for at in (base, current, incoming)))) for path in paths
    )
    return Difference(tuple(FileChange(path, change) for path, change in changes if change))


def later(base: Hashes, brought: Mapping[str, str | None]) -> dict[str, str]:
    """What the last package said of each file, after another came; None: it had no such file."""
    return {path: sha for path, sha in {**base, **brought}.items() if sha is not None}


def base_of(
    incoming: Hashes, left: Hashes | None, said: Hashes, published: Hashes
) -> Mapping[str, str]:
    """What a package and a draft had in common before either was edited.

    That is what the draft said when the package left it; where the package does not tell, what the
    last package said, or else what is published. What was decided once about the very same words
    of a package is not asked again.
    """
    if left is None:
        return said or published
    decided = {path: sha for path, sha in incoming.items() if said.get(path) == sha}
    return {**left, **decided}


def _change(base: str | None, current: str | None, incoming: str | None) -> Change | None:
    if incoming == current:
        return Change.SAME if current is not None else None
    if current == base:
        if current is None:
            return Change.NEW
        return Change.REMOVED if incoming is None else Change.CHANGED
    return Change.KEPT if incoming == base else Change.CONFLICT
