"""A copy of an installation in one file: a tar that any machine can unpack and any of our databases
take in.

In this order, so that it is written and read in one go with little memory:

    cabildo.json                    what it is of, and the columns of each table
    tables/<table>/<number>.jsonl.gz  rows, one JSON array a line, in pieces of about a megabyte
    files/<sha256>                  stored files, each named by its hash
    secrets/<name>                  only where asked for
    end.json                        how many rows and which fingerprint each table has; which files
                                    were missing. Without it the copy was cut off.
"""

import gzip
import io
import json
import re
import tarfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import IO

FORMAT = 1
_PIECE = 1_000_000
_HEAD, _END = "cabildo.json", "end.json"
_TABLE = re.compile(r"tables/([a-z0-9_]+)/\d{5,}\.jsonl\.gz")
_FILE = re.compile(r"files/([0-9a-f]{64})")
_SECRET = re.compile(r"secrets/([a-z0-9_.-]+)")
_GZIP = 31  # what zlib calls its own format with the head of gzip
_LARGEST_ENTRY = 64_000_000
_LARGEST_PIECE = 512_000_000


class BadArchive(Exception):
    """The file is no copy of an installation, or not a whole one."""


@dataclass(frozen=True)
class Head:
    """What a copy is of."""

    made_at: str
    version: str
    revision: str
    database: str
    public_url: str
    institution: str
    columns: Mapping[str, Sequence[tuple[str, str]]]
    """For each table its columns, each with what it holds."""
    format: int = FORMAT


@dataclass
class Tally:
    """How many rows a table has and the fingerprint of them all."""

    rows: int
    sha256: str


@dataclass
class End:
    """What a whole copy ends with."""

    tables: dict[str, Tally] = field(default_factory=dict)
    files: int = 0
    bytes: int = 0
    missing: list[str] = field(default_factory=list)
    """Files that rows speak of and the store no longer has, or has damaged."""
    secrets: list[str] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return sum(each.rows for each in self.tables.values())


@dataclass(frozen=True)
class Rows:
    """A piece of a table."""

    table: str
    lines: Sequence[bytes]


@dataclass(frozen=True)
class File:
    """A stored file; ``source`` must be read before the next entry is asked for."""

    sha256: str
    size: int
    source: IO[bytes]


@dataclass(frozen=True)
class Secret:
    """A secret of the installation."""

    name: str
    content: bytes


Entry = Head | Rows | File | Secret | End


class Writer:
    """Writes a copy piece by piece."""

    def __init__(self, target: IO[bytes], head: Head) -> None:
        self._tar = tarfile.open(fileobj=target, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115
        self.end = End()
        self._put(_HEAD, json.dumps(asdict(head), ensure_ascii=False, indent=1).encode())

    def table(self, name: str, lines: Iterator[bytes]) -> None:
        """All rows of a table."""
        total, rows, number = sha256(), 0, 0
        held: list[bytes] = []
        size = 0
        for line in lines:
            total.update(line)
            rows += 1
            held.append(line)
            size += len(line)
            if size >= _PIECE:
                number += 1
                self._piece(name, number, held)
                held, size = [], 0
        if held:
            self._piece(name, number + 1, held)
        self.end.tables[name] = Tally(rows, total.hexdigest())

    def file(self, digest: str, size: int, source: IO[bytes]) -> bool:
        """A stored file; says whether it was as its name promises."""
        watched = _Watched(source, size)
        self._tar.addfile(_entry(f"files/{digest}", size), watched)
        _forget(self._tar)
        if watched.sha256 != digest:
            self.missing(digest)
            return False
        self.end.files += 1
        self.end.bytes += size
        return True

    def missing(self, digest: str) -> None:
        """Note that a file could not be copied."""
        self.end.missing.append(digest)

    def secret(self, name: str, content: bytes) -> None:
        """A secret, where whoever asks for the copy wants it."""
        self._put(f"secrets/{name}", content)
        self.end.secrets.append(name)

    def close(self) -> End:
        """Put the end there: only now the copy is whole."""
        self._put(_END, json.dumps(asdict(self.end), ensure_ascii=False, indent=1).encode())
        self._tar.close()
        return self.end

    def _piece(self, table: str, number: int, lines: Sequence[bytes]) -> None:
        content = gzip.compress(b"".join(lines), compresslevel=6, mtime=0)
        self._put(f"tables/{table}/{number:05}.jsonl.gz", content)

    def _put(self, name: str, content: bytes) -> None:
        self._tar.addfile(_entry(name, len(content)), io.BytesIO(content))
        _forget(self._tar)


def _forget(tar: tarfile.TarFile) -> None:
    """A tar remembers every entry it met, and there may be many thousand files."""
    tar.members = []  # type: ignore[attr-defined]


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size = size
    entry.mode = 0o600
    return entry


class _Watched(io.RawIOBase):
    """A stream that fingerprints what is read from it. One that ends too soon goes on with zeros,
    because the tar has promised its length already; the fingerprint tells."""

    def __init__(self, source: IO[bytes], size: int) -> None:
        self._source = source
        self._left = size
        self._digest = sha256()

    def read(self, size: int = -1) -> bytes:
        size, piece = min(size, self._left), b""
        while len(piece) < size:
            piece += self._source.read(size - len(piece)) or bytes(size - len(piece))
        self._digest.update(piece)
        self._left -= len(piece)
        return piece

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


def read(source: IO[bytes]) -> Iterator[Entry]:
    """Everything in a copy, in order; the last is its End.

    Raises BadArchive where it is not one, or was cut off, or whatever tar, gzip or JSON raise. What
    the entries say is not compared with the end here: see `checked`.
    """
    with tarfile.open(fileobj=source, mode="r|") as tar:
        yield from _entries(tar)


def _entries(tar: tarfile.TarFile) -> Iterator[Entry]:
    began = False
    while (member := tar.next()) is not None:
        _forget(tar)
        content = tar.extractfile(member)
        if content is None:
            raise BadArchive(member.name)
        if not began:
            if member.name != _HEAD:
                raise BadArchive(member.name)
            began = True
            yield _head(_whole(member, content))
        elif member.name == _END:
            yield _end(_whole(member, content))
            return
        else:
            yield _entry_of(member, content)
    raise BadArchive(_END)


def _entry_of(member: tarfile.TarInfo, content: IO[bytes]) -> Entry:
    if found := _FILE.fullmatch(member.name):
        return File(found[1], member.size, content)
    if found := _TABLE.fullmatch(member.name):
        unpacking = zlib.decompressobj(wbits=_GZIP)
        text = unpacking.decompress(_whole(member, content), _LARGEST_PIECE)
        return Rows(found[1], text.splitlines(keepends=True))
    if found := _SECRET.fullmatch(member.name):
        return Secret(found[1], _whole(member, content))
    raise BadArchive(member.name)


def _whole(member: tarfile.TarInfo, content: IO[bytes]) -> bytes:
    if member.size > _LARGEST_ENTRY:
        raise BadArchive(member.name)
    return content.read()


def _head(text: bytes) -> Head:
    values = json.loads(text)
    if values["format"] != FORMAT:
        raise BadArchive(f"format {values['format']}")
    columns = {
        str(name): [(str(column), str(kind)) for column, kind in each]
        for name, each in values["columns"].items()
    }
    return Head(
        made_at=str(values["made_at"]),
        version=str(values["version"]),
        revision=str(values["revision"]),
        database=str(values["database"]),
        public_url=str(values["public_url"]),
        institution=str(values["institution"]),
        columns=columns,
    )


def _end(text: bytes) -> End:
    values = json.loads(text)
    return End(
        tables={str(n): Tally(int(t["rows"]), t["sha256"]) for n, t in values["tables"].items()},
        files=int(values["files"]),
        bytes=int(values["bytes"]),
        missing=[str(each) for each in values["missing"]],
        secrets=[str(each) for each in values["secrets"]],
    )
