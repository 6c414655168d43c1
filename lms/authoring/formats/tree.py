"""A package as it lies on a disk, in a ZIP or in memory: paths and bytes, nothing that escapes.

Everything that could lead out of the package (links, `..`, absolute paths) or be far larger than
it looks is refused here, before anything reads it.
"""

import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from lms.authoring.formats.left import LEFT, read_left
from lms.catalog.rules.problems import Problem
from lms.foundation.kernel.errors import N_

MB = 1_000_000
LARGEST_TEXT = 1 * MB
LARGEST_MEDIA = 25 * MB
LARGEST_PACKAGE = 200 * MB
MOST_FILES = 3_000
DEEPEST = 3
LONGEST_PATH = 200

_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._\-]*")
# What editors and systems leave behind: never part of a package, never worth a word.
_LITTER = {"thumbs.db", "desktop.ini", "__macosx"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One file: its size and how to read it."""

    size: int
    read: Callable[[], bytes]
    """All of it (never more than `size` bytes)."""
    sha256: str = ""
    """Its hash, where it is known already: what was read of it once need not be read again."""


@dataclass(slots=True)
class Tree:
    """The files of one package by path (forward slashes), and what was wrong in reading them."""

    files: dict[str, Entry] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    left: Mapping[str, str] | None = None
    """Hashes by path of the draft that it left as, where its ZIP says so; never trusted further
    than to tell what was edited outside from what was edited here."""


def tree_of(files: Mapping[str, bytes]) -> Tree:
    """A package in memory (an upload, a test, the scaffold)."""
    gathered = _Gathering()
    for path in sorted(files):
        data = files[path]
        gathered.add(path, Entry(len(data), lambda data=data: data))  # type: ignore[misc]
    return gathered.tree


def read_folder(root: Path) -> Tree:
    """A package in a folder; links are refused, not followed."""
    gathered = _Gathering()
    _walk(root, "", gathered, 1)
    return gathered.tree


def _walk(folder: Path, prefix: str, gathered: "_Gathering", depth: int) -> None:
    for item in sorted(folder.iterdir(), key=lambda each: each.name):
        path = f"{prefix}{item.name}"
        if _is_litter(item.name):
            continue
        mode = item.lstat().st_mode
        if stat.S_ISLNK(mode):
            gathered.wrong(
                path, N_("this is a link to another place"), N_("put the file itself here")
            )
        elif stat.S_ISDIR(mode):
            if depth >= DEEPEST:
                gathered.wrong(
                    path, N_("folders go too deep"), N_("a module's files lie right in its folder")
                )
            else:
                _walk(item, f"{path}/", gathered, depth + 1)
        elif stat.S_ISREG(mode):
            gathered.add(path, Entry(item.lstat().st_size, item.read_bytes))
        else:
            gathered.wrong(path, N_("this is not a file"), N_("take it out"))


def read_zip(file: Path | IO[bytes]) -> Tree:
    """A package in a ZIP, with or without one folder around it; kept open while it is read."""
    gathered = _Gathering()
    try:
        archive = zipfile.ZipFile(file)
        infos = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        gathered.wrong("", N_("this is not a ZIP file, or it is damaged"), N_("make it again"))
        return gathered.tree
    if len(infos) > MOST_FILES * 2:
        gathered.too_many()
        return gathered.tree
    around = _folder_around(infos)
    for info in infos:
        path = info.filename
        if path == f"{around}{LEFT}" and 0 < info.file_size <= LARGEST_TEXT:
            gathered.tree.left = read_left(_unzip(archive, info))
        parts = path.split("/")
        if info.is_dir() or any(_is_litter(part) for part in parts if part != ".."):
            continue
        if stat.S_ISLNK(info.external_attr >> 16):
            gathered.wrong(
                path, N_("this is a link to another place"), N_("put the file itself here")
            )
        elif info.flag_bits & 1:
            gathered.wrong(
                path, N_("the file is locked with a password"), N_("make the ZIP without one")
            )
        else:
            gathered.add(path.removeprefix(around), Entry(info.file_size, _unzip(archive, info)))
    return gathered.tree


def _unzip(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], bytes]:
    def read() -> bytes:
        # The size the archive states was checked; a file that unpacks to more is cut there, fails
        # its checksum and is refused by zipfile itself.
        with archive.open(info) as stream:
            return stream.read(info.file_size)

    return read


def _folder_around(infos: list[zipfile.ZipInfo]) -> str:
    tops = {
        info.filename.split("/")[0] for info in infos if not _is_litter(info.filename.split("/")[0])
    }
    if len(tops) != 1:
        return ""
    top = tops.pop()
    inside = any(info.filename.startswith(f"{top}/") for info in infos)
    return f"{top}/" if inside and top not in ("", ".", "..") else ""


def _is_litter(name: str) -> bool:
    return (name.startswith(".") and name not in (".", "..")) or name.lower() in _LITTER


class _Gathering:
    def __init__(self) -> None:
        self.tree = Tree()
        self.total = 0
        self.folded: dict[str, str] = {}
        self.full = False

    def wrong(self, path: str, what: str, todo: str, **params: object) -> None:
        shown = path.encode("utf-8", "replace").decode("utf-8")
        self.tree.problems.append(Problem(shown, 0, what, todo, params))

    def too_many(self) -> None:
        self.full = True
        self.wrong(
            "",
            N_("the package holds more than %(most)s files"),
            N_("split it into several courses"),
            most=MOST_FILES,
        )

    def add(self, path: str, entry: Entry) -> None:
        if self.full or not self._name_is_fine(path):
            return
        folded = unicodedata.normalize("NFC", path).casefold()
        if folded in self.folded:
            self.wrong(
                path,
                N_("two files differ only in capitals, or stand twice: %(other)s"),
                N_("rename one"),
                other=self.folded[folded],
            )
            return
        self.folded[folded] = path
        text = path.endswith((".md", ".yaml", ".txt"))
        largest = LARGEST_TEXT if text else LARGEST_MEDIA
        if entry.size > largest:
            self.wrong(
                path,
                N_("the file has %(size)s kB; %(most)s kB are the most"),
                N_("split it") if text else N_("make it smaller: learners pay for every megabyte"),
                size=entry.size // 1000,
                most=largest // 1000,
            )
            return
        self.total += entry.size
        if self.total > LARGEST_PACKAGE:
            self.full = True
            self.wrong(
                "",
                N_("the package has more than %(most)s MB"),
                N_("make its media smaller"),
                most=LARGEST_PACKAGE // MB,
            )
            return
        if len(self.tree.files) >= MOST_FILES:
            self.too_many()
            return
        self.tree.files[path] = entry

    def _name_is_fine(self, path: str) -> bool:
        parts = path.split("/")
        if (
            path.startswith("/")
            or "\\" in path
            or "\0" in path
            or re.match(r"[A-Za-z]:", path)
            or any(part in ("", ".", "..") for part in parts)
        ):
            self.wrong(path, N_("the path leads out of the package"), N_("take the file out"))
            return False
        if len(parts) > DEEPEST:
            self.wrong(
                path, N_("folders go too deep"), N_("a module's files lie right in its folder")
            )
            return False
        if len(path) > LONGEST_PATH or not all(_PLAIN_NAME.fullmatch(part) for part in parts):
            self.wrong(
                path,
                N_("the name has characters that not every system can keep"),
                N_("use letters without accents, digits, hyphens and points, and no spaces"),
            )
            return False
        return True


def bytes_of(tree: Tree, path: str) -> tuple[bytes | None, list[Problem]]:
    """The bytes of a file, or None with the reason why they cannot be had."""
    entry = tree.files[path]
    try:
        data = entry.read()
    except (OSError, EOFError, ValueError, zipfile.BadZipFile, zlib.error, NotImplementedError):
        data = None
    if data is None or len(data) != entry.size:
        return None, [
            Problem(path, 0, N_("the file cannot be read"), N_("check it, or make the ZIP again"))
        ]
    return data, []


def paths_in(tree: Tree, folder: str) -> Iterator[str]:
    """The files right in a folder, in order."""
    prefix = f"{folder}/" if folder else ""
    for path in sorted(tree.files):
        if path.startswith(prefix) and "/" not in path[len(prefix) :]:
            yield path
