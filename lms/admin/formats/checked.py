"""Reading a copy against what it says of itself."""

import tarfile
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from lms.admin.formats import sealed
from lms.admin.formats.archive import BadArchive, End, Entry, File, Head, Rows, Secret, Tally, read

_READ_AT_ONCE = 256 * 1024
UNREADABLE = (
    sealed.Damaged, tarfile.TarError, EOFError, zlib.error, KeyError, TypeError, ValueError,
)  # fmt: skip
Keep = Callable[[IO[bytes], str], None]


class NeedsPassphrase(Exception):
    """The copy is sealed, and no passphrase was given."""


@dataclass
class Checked:
    """A copy that was read from beginning to end and is what it says."""

    head: Head
    end: End
    secrets: dict[str, bytes] = field(default_factory=dict)
    damaged: list[str] = field(default_factory=list)


def is_locked(path: Path) -> bool:
    """Whether a file asks for a passphrase."""
    with path.open("rb") as file:
        return sealed.is_sealed(file)


@contextmanager
def opened(path: Path, passphrase: str | None) -> Iterator[IO[bytes]]:
    """The archive inside a file, sealed or not."""
    with path.open("rb") as file:
        if not sealed.is_sealed(file):
            yield file
            return
        if not passphrase:
            raise NeedsPassphrase
        yield sealed.Opening(file, passphrase)  # type: ignore[misc]


@contextmanager
def readable() -> Iterator[None]:
    """Whatever cannot be read says that the copy is bad."""
    try:
        yield
    except UNREADABLE as error:
        raise BadArchive(f"{type(error).__name__}: {error}") from error


def entries(path: Path, passphrase: str | None) -> Iterator[Entry]:
    """Everything in a copy, in order."""
    with opened(path, passphrase) as source, readable():
        yield from read(source)


def check(
    path: Path,
    passphrase: str | None,
    *,
    keep: Keep | None = None,
    passed: Callable[[int], Any] = lambda _items: None,
) -> Checked:
    """Read all of a copy: every row counted, every fingerprint taken anew, every file compared.

    ``keep`` is given each file as it is read; ``passed`` hears how many rows and files have gone
    by. Raises BadArchive if anything is not as it should be.
    """
    head: Head | None = None
    end: End | None = None
    totals: dict[str, Any] = {}
    rows: dict[str, int] = {}
    secrets: dict[str, bytes] = {}
    files, size, gone, damaged = 0, 0, 0, []
    # Files are read here and not where entries are: what cannot be read is caught around both.
    with readable():
        for entry in entries(path, passphrase):
            match entry:
                case Head():
                    head = entry
                    totals = {name: sha256() for name in head.columns}
                    rows = dict.fromkeys(head.columns, 0)
                case Rows(table, lines):
                    if table not in rows:
                        raise BadArchive(table)
                    for line in lines:
                        totals[table].update(line)
                    rows[table] += len(lines)
                    gone += len(lines)
                    passed(gone)
                case File(digest, length):
                    gone += 1
                    if _is_whole(entry, keep):
                        files, size = files + 1, size + length
                    else:
                        damaged.append(digest)
                    passed(gone)
                case Secret(name, content):
                    secrets[name] = content
                case End():
                    end = entry
    if head is None or end is None:
        raise BadArchive("empty")
    told = {name: Tally(rows[name], total.hexdigest()) for name, total in totals.items()}
    if told != end.tables:
        raise BadArchive(", ".join(sorted(n for n in told if told[n] != end.tables.get(n))))
    if (files, size) != (end.files, end.bytes) or not set(damaged) <= set(end.missing):
        raise BadArchive("files")
    return Checked(head, end, secrets, damaged)


def _is_whole(file: File, keep: Keep | None) -> bool:
    """Whether a file is the one its name promises; kept only then."""
    total = sha256()
    if keep is None:
        while piece := file.source.read(_READ_AT_ONCE):
            total.update(piece)
        return total.hexdigest() == file.sha256
    return _kept(file, keep)


def _kept(file: File, keep: Keep) -> bool:
    """Through a file on disk, because the store takes only what is known to be right."""
    total = sha256()
    with tempfile.SpooledTemporaryFile(max_size=4 * 1024 * 1024) as held:
        while piece := file.source.read(_READ_AT_ONCE):
            total.update(piece)
            held.write(piece)
        if total.hexdigest() != file.sha256:
            return False
        held.seek(0)
        keep(held, file.sha256)
    return True
