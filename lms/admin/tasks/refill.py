"""Emptying the tables of an installation and filling them from a backup, within one transaction."""

from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Table, func, inspect, select, text

from lms.admin.formats.archive import End, Entry, Head, Rows, Tally
from lms.admin.formats.rows import Kind, row
from lms.admin.queries import snapshot as reading
from lms.foundation.db.base import Base
from lms.foundation.kernel.errors import N_, Refused

Said = Callable[[str, int, int], None]
"""What is being done (check, load, compare, finish), and how far it is."""


def clear(connection: Connection, restored: set[str]) -> None:
    """Away with our tables and whatever else is called like one that comes; nothing else."""
    ours = set(Base.metadata.tables) | restored | {"alembic_version"}
    there = sorted(set(inspect(connection).get_table_names()) & ours)
    quote = connection.dialect.identifier_preparer.quote
    if connection.dialect.name == "sqlite":
        for name in there:
            connection.execute(text(f"DROP TABLE {quote(name)}"))
        return
    functions = connection.execute(
        text(
            "SELECT DISTINCT t.tgfoid::regprocedure::text FROM pg_trigger t"
            " JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE NOT t.tgisinternal AND c.relname = ANY(:names)"
            " AND c.relnamespace = current_schema()::regnamespace"
        ),
        {"names": there},
    ).scalars()
    names = list(functions)
    if there:
        connection.execute(text("DROP TABLE " + ", ".join(map(quote, there))))
    for name in names:
        connection.execute(text(f"DROP FUNCTION {name}"))


def fitting(connection: Connection, head: Head) -> Mapping[str, Mapping[str, Kind]]:
    """The columns as they are now, if they are those of the backup."""
    here = reading.tables(connection)
    told = {name: {c: Kind(k) for c, k in each} for name, each in head.columns.items()}
    if {n: dict(sorted(each.items())) for n, each in here.items()} != {
        n: dict(sorted(each.items())) for n, each in told.items()
    }:
        differing = sorted(n for n in {*here, *told} if here.get(n) != told.get(n))
        raise Refused(
            N_("This backup does not fit the version it names: %(tables)s."),
            tables=", ".join(differing[:5]),
        )
    return told


class Loose:
    """References are let go of while tables are filled in any order, and checked all at once."""

    def __init__(self, connection: Connection, names: set[str]) -> None:
        self._connection = connection
        self._names = names
        self._kept: list[tuple[str, str, str]] = []

    def __enter__(self) -> None:
        if self._connection.dialect.name == "sqlite":
            return  # the transaction began with them off, and checks them before it commits
        found = self._connection.execute(
            text(
                "SELECT c.relname, k.conname, pg_get_constraintdef(k.oid) FROM pg_constraint k"
                " JOIN pg_class c ON c.oid = k.conrelid WHERE k.contype = 'f'"
                " AND k.connamespace = current_schema()::regnamespace ORDER BY 1, 2"
            )
        )
        self._kept = [(table, name, how) for table, name, how in found if table in self._names]
        for table, name, _how in self._kept:
            self._alter(table, f"DROP CONSTRAINT {self._quote(name)}")

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            for table, name, how in self._kept:
                self._alter(table, f"ADD CONSTRAINT {self._quote(name)} {how}")

    def _alter(self, table: str, what: str) -> None:
        # As the driver takes it: a colon in a definition is no parameter.
        self._connection.exec_driver_sql(f"ALTER TABLE {self._quote(table)} {what}")

    def _quote(self, name: str) -> str:
        return self._connection.dialect.identifier_preparer.quote(name)


def load(
    connection: Connection,
    source: Iterable[Entry],
    columns: Mapping[str, Mapping[str, Kind]],
    end: End,
    said: Said,
) -> None:
    """Put the rows of a backup into empty tables."""
    tables = {name: reading.as_table(connection, name, each) for name, each in columns.items()}
    for table in tables.values():
        connection.execute(table.delete())  # a migration may have put rows there
    done = 0
    for entry in source:
        if isinstance(entry, Rows):
            kinds = list(columns[entry.table].values())
            for start in range(0, len(entry.lines), reading.AT_ONCE):
                some = entry.lines[start : start + reading.AT_ONCE]
                _insert(connection, tables[entry.table], [row(kinds, each) for each in some])
                done += len(some)
                said("load", done, end.rows)
        elif not isinstance(entry, Head):
            break  # files were put into the store when they were checked
    if connection.dialect.name == "postgresql":
        _count_on(connection, tables)


def _insert(connection: Connection, table: Table, rows: list[list[Any]]) -> None:
    names = [column.name for column in table.columns]
    connection.execute(table.insert(), [dict(zip(names, each, strict=True)) for each in rows])


def _count_on(connection: Connection, tables: Mapping[str, Table]) -> None:
    """New rows get numbers after those that came."""
    for name, table in tables.items():
        if "id" not in table.columns:
            continue
        quoted = connection.dialect.identifier_preparer.quote(name)
        sequence = connection.execute(
            text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": quoted}
        ).scalar()
        last = connection.execute(select(func.max(table.c.id))).scalar()
        if sequence is not None and last is not None:
            connection.execute(
                text("SELECT setval(CAST(:sequence AS regclass), :last)"),
                {"sequence": sequence, "last": last},
            )


def compare(
    connection: Connection,
    columns: Mapping[str, Mapping[str, Kind]],
    end: End,
    said: Said,
) -> None:
    """Read everything back: the same number of rows and the same fingerprint, table by table."""
    done = 0
    for name, each in columns.items():
        total, rows = sha256(), 0
        for line in reading.lines(connection, name, each, reading.key_of(connection, name)):
            total.update(line)
            rows += 1
        if Tally(rows, total.hexdigest()) != end.tables[name]:
            raise Refused(
                N_("Table %(table)s did not arrive as it is in the backup. Nothing was changed."),
                table=name,
            )
        done += rows
        said("compare", done, end.rows)
