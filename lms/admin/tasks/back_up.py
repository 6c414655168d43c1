"""Making a backup: one moment of the installation in one file, while everybody goes on working."""

import fcntl
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, text

from lms.admin.formats.archive import End, Head, Writer
from lms.admin.formats.checked import check
from lms.admin.formats.sealed import Sealing
from lms.admin.queries import snapshot as reading
from lms.admin.rules.backups import note_of
from lms.foundation.db.database import Database
from lms.foundation.db.revision import current
from lms.foundation.files.private import private
from lms.foundation.files.store import Store
from lms.foundation.kernel.errors import N_, Refused

Report = Callable[[int, int], None]
_SPARE = 50_000_000


@dataclass(frozen=True)
class Order:
    """What is asked for. ``secrets`` are files of the data folder that go along, by their name;
    ``workplace`` is the folder of backups, where one is made at a time."""

    target: Path
    workplace: Path
    version: str
    public_url: str
    institution: str
    passphrase: str | None = None
    secrets: Mapping[str, Path] = field(default_factory=dict)


@dataclass(frozen=True)
class Made:
    """A backup that was written and read back, as it stands beside the file."""

    name: str
    made_at: str
    size: int
    rows: int
    files: int
    missing: tuple[str, ...]
    sealed: bool
    secrets: bool
    version: str
    revision: str
    institution: str
    seconds: int


def back_up(
    database: Database, store: Store, order: Order, report: Report = lambda _done, _all: None
) -> Made:
    """Copy every row and every file of one moment, and read the copy back before it counts.

    Until then it has another name: what bears the name of a backup is whole. Memory stays the
    same however much there is.
    """
    order.workplace.mkdir(parents=True, exist_ok=True, mode=0o750)
    with _alone(order.workplace):
        began, now = time.monotonic(), database.clock()
        draft = order.target.with_name(f".new-{order.target.name}")
        try:
            with open(draft, "wb", opener=private) as file:
                head, end = _write(database, store, order, file, now, report)
                file.flush()
                os.fsync(file.fileno())
            items = end.rows + end.files
            check(draft, order.passphrase, passed=lambda done: report(items + done, 2 * items))
            made = _made(order, head, end, draft.stat().st_size, time.monotonic() - began)
            draft.replace(order.target)
        finally:
            draft.unlink(missing_ok=True)
        if order.target.parent == order.workplace:
            _note(order.target, made)
    return made


def _write(
    database: Database, store: Store, order: Order, file: IO[bytes], now: datetime, report: Report
) -> tuple[Head, End]:
    with reading.snapshot(database.engine, order.workplace) as connection:
        revision = current(connection)
        if revision is None:
            raise Refused(N_("There is nothing to back up: the database is empty."))
        tables = reading.tables(connection)
        _enough_room(connection, order.target.parent)
        head = Head(
            made_at=now.isoformat(),
            version=order.version,
            revision=revision,
            database=database.engine.dialect.name,
            public_url=order.public_url,
            institution=order.institution,
            columns={name: [(c, str(k)) for c, k in each.items()] for name, each in tables.items()},
        )
        items = reading.count(connection, list(tables)) + reading.count(connection, ["blob"])
        with _sealing(file, order.passphrase) as target:
            writer = Writer(target, head)
            progress = _Progress(report, 2 * items)
            for name, columns in tables.items():
                key = reading.key_of(connection, name)
                writer.table(name, progress.of(reading.lines(connection, name, columns, key)))
            for digest, size in _blobs(connection):
                _add(writer, store, digest, size)
                progress.one()
            for name, path in order.secrets.items():
                writer.secret(name, path.read_bytes())
            end = writer.close()
    return head, end


def _add(writer: Writer, store: Store, digest: str, size: int) -> None:
    try:
        source = store.open(digest)
    except FileNotFoundError:
        writer.missing(digest)
        return
    with source:
        writer.file(digest, size, source)


def _blobs(connection: Connection) -> Iterator[tuple[str, int]]:
    statement = text("SELECT sha256, size FROM blob ORDER BY sha256")
    for row in connection.execute(statement, execution_options={"yield_per": reading.AT_ONCE}):
        yield row.sha256, row.size


class _Progress:
    def __init__(self, report: Report, total: int) -> None:
        self._report, self._total, self._done = report, total, 0

    def of(self, lines: Iterator[bytes]) -> Iterator[bytes]:
        for line in lines:
            yield line
            self.one()

    def one(self) -> None:
        self._done += 1
        if self._done % reading.AT_ONCE == 0:
            self._report(self._done, max(self._total, self._done))


@contextmanager
def _sealing(file: IO[bytes], passphrase: str | None) -> Iterator[IO[bytes]]:
    if not passphrase:
        yield file
        return
    sealed = Sealing(file, passphrase)
    yield sealed  # type: ignore[misc]
    sealed.close()  # only a copy that came to its end gets one


def _enough_room(connection: Connection, folder: Path) -> None:
    size = (
        "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
        if connection.dialect.name == "sqlite"
        else "SELECT pg_database_size(current_database())"
    )
    needed = connection.execute(text(size)).scalar_one() + _SPARE
    needed += connection.execute(text("SELECT coalesce(sum(size), 0) FROM blob")).scalar_one()
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise Refused(
            N_("There is no room for a backup: it needs %(needed)s MB and %(free)s are free."),
            needed=int(needed) // 1_000_000,
            free=free // 1_000_000,
        )


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One backup at a time in a folder; what a killed one left behind goes away."""
    descriptor = os.open(folder / ".lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(N_("A backup is being made at this moment.")) from None
        for left in folder.glob(".new-cabildo-*"):
            left.unlink(missing_ok=True)
        for left in folder.glob(".copy-*"):
            shutil.rmtree(left, ignore_errors=True)
        yield
    finally:
        os.close(descriptor)


def _made(order: Order, head: Head, end: End, size: int, seconds: float) -> Made:
    return Made(
        name=order.target.name,
        made_at=head.made_at,
        size=size,
        rows=end.rows,
        files=end.files,
        missing=tuple(end.missing),
        sealed=bool(order.passphrase),
        secrets=bool(end.secrets),
        version=head.version,
        revision=head.revision,
        institution=head.institution,
        seconds=round(seconds),
    )


def _note(target: Path, made: Made) -> None:
    with open(note_of(target), "w", encoding="utf-8", opener=private) as file:
        json.dump(asdict(made), file, ensure_ascii=False)
