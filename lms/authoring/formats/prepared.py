"""A package read, checked and hashed: all that an import needs, before any transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from lms.authoring.formats.memory import Memory
from lms.authoring.formats.package import read_package
from lms.authoring.formats.tree import Tree, bytes_of
from lms.authoring.rules.check import check, forgiving, in_order
from lms.authoring.rules.package import PackageText
from lms.catalog.activity import ActivityKind
from lms.catalog.rules.problems import Problem


@dataclass(frozen=True, slots=True)
class PackageFile:
    """One file by its hash; texts are carried along, media are read again when stored."""

    path: str
    sha256: str
    size: int
    text: str | None


@dataclass(slots=True)
class Prepared:
    """A package with everything wrong about it; importable when nothing is an error."""

    package: PackageText
    problems: Sequence[Problem]
    files: dict[str, PackageFile] = field(default_factory=dict)
    left: Mapping[str, str] | None = None
    """What the draft said when the package left it, where it tells."""

    @property
    def sound(self) -> bool:
        return not any(each.is_error for each in self.problems)

    @property
    def hashes(self) -> dict[str, str]:
        return {path: each.sha256 for path, each in self.files.items()}


def prepare(
    tree: Tree, kinds: Mapping[str, ActivityKind], today: date, memory: Memory | None = None
) -> Prepared:
    """Read and check a package, and hash its files."""
    read = read_package(tree, kinds, memory)
    found = [*read.problems, *check(read.package, kinds, today)]
    problems = in_order(forgiving(read.package, found))
    prepared = Prepared(read.package, problems, left=tree.left)
    if prepared.sound:
        for path in sorted(tree.files):
            prepared.files[path] = _file(tree, path)
    return prepared


def _file(tree: Tree, path: str) -> PackageFile:
    entry = tree.files[path]
    if entry.sha256 and is_media(path):
        return PackageFile(path, entry.sha256, entry.size, None)
    data, _ = bytes_of(tree, path)
    assert data is not None, path
    text = None if is_media(path) else data.decode("utf-8")
    return PackageFile(path, sha256(data).hexdigest(), len(data), text)


def is_media(path: str) -> bool:
    """Whether a file of a package is kept in the file store, not as text."""
    parts = path.split("/")
    return len(parts) > 1 and parts[-2] == "media"


def digest(hashes: Mapping[str, str]) -> str:
    """One hash over all paths and hashes: equal means that nothing changed."""
    lines = "".join(f"{path}\0{hashes[path]}\n" for path in sorted(hashes))
    return sha256(lines.encode()).hexdigest()
