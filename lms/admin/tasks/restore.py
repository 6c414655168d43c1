"""Bringing a backup back: all of it, compared row by row, or nothing at all.

Everything happens in one transaction of the database, so whoever is killed half-way leaves what was
there before. Files come first: they are known by their hash, and one more does no harm.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, inspect, select
from sqlalchemy.exc import DataError, IntegrityError

from lms.admin.actions.backups import settle
from lms.admin.formats.archive import End, Head
from lms.admin.formats.checked import Checked, check, entries
from lms.admin.formats.judged import sound
from lms.admin.tasks import refill
from lms.admin.tasks.refill import Said
from lms.foundation.db import migrate
from lms.foundation.db.database import Database
from lms.foundation.files.store import Store
from lms.foundation.kernel.actor import Actor
from lms.foundation.kernel.errors import N_, Conflict, Invalid, Refused
from lms.people.models import Installation, Institution, Person


@dataclass(frozen=True)
class Restored:
    """What was brought back."""

    head: Head
    end: End
    secrets: Mapping[str, bytes]


def verify(path: Path, passphrase: str | None, said: Said = lambda *_: None) -> Checked:
    """Read a backup from beginning to end and say in words what is wrong with it."""
    return _checked(path, passphrase, said, store=None)


def restore(
    database: Database,
    store: Store,
    path: Path,
    *,
    by: Actor,
    passphrase: str | None = None,
    force: bool = False,
    said: Said = lambda *_: None,
) -> Restored:
    """Replace what is in the database by a backup, and put its files into the store.

    What is there already is replaced only when ``force`` says so.
    """
    if not force and not is_empty(database):
        raise Conflict(
            N_("This installation is not empty. Restoring would replace everything in it.")
        )
    found = _checked(path, passphrase, said, store=store)
    head = found.head
    if not migrate.knows(head.revision):
        raise Refused(
            N_("This backup was made by a newer version (%(version)s). Install that one first."),
            version=head.version,
        )
    with _whole(), database.alone(), migrate.reshaping(database.engine) as connection:
        version = _site_version(connection)
        refill.clear(connection, set(head.columns))
        migrate.upgrade_on(connection, head.revision)
        columns = refill.fitting(connection, head)
        with refill.Loose(connection, set(columns)):
            refill.load(connection, entries(path, passphrase), columns, found.end, said)
        refill.compare(connection, columns, found.end, said)
        said("finish", 0, 1)
        migrate.upgrade_on(connection)
        # Whoever restores may be nobody in there.
        database.perform_within(
            connection, settle, replace(by, person_id=None), _told(found, path.name), version
        )
        said("finish", 1, 1)
    return Restored(head, found.end, found.secrets)


def is_empty(database: Database) -> bool:
    """Whether there is nothing that could be lost: no tables, or nobody in them."""
    with database.engine.connect() as connection:
        there = set(inspect(connection).get_table_names())
        if not {Person.__tablename__, Institution.__tablename__} <= there:
            return True
        return not any(
            connection.execute(select(table.id).limit(1)).first() for table in (Person, Institution)
        )


def _checked(path: Path, passphrase: str | None, said: Said, store: Store | None) -> Checked:
    said("check", 0, 0)
    with sound():
        return check(
            path,
            passphrase,
            keep=store.put if store is not None else None,
            passed=lambda items: said("check", items, 0),
        )


@contextmanager
def _whole() -> Iterator[None]:
    """Rows that do not fit together are a fault of the backup, not of whoever restores it."""
    try:
        yield
    except (migrate.BrokenReferences, IntegrityError, DataError, ValueError) as error:
        raise Invalid(
            N_("The rows of this backup do not fit together (%(what)s). Nothing was changed."),
            what=str(error).splitlines()[0][:200],
        ) from error


def _told(found: Checked, name: str) -> dict[str, Any]:
    """What the log of the restored installation says of it."""
    return {
        "file": name,
        "made_at": found.head.made_at,
        "version": found.head.version,
        "rows": found.end.rows,
        "files": found.end.files,
    }


def _site_version(connection: Connection) -> int:
    if Installation.__tablename__ not in inspect(connection).get_table_names():
        return 0
    return connection.execute(select(func.max(Installation.version))).scalar() or 0
