"""All rows of the installation as they are at one moment, while others go on writing."""

import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    MetaData,
    String,
    Table,
    collate,
    func,
    inspect,
    select,
)

from lms.admin.formats.rows import Kind, kind_of, line, type_for
from lms.foundation.db.engine import engine_for

AT_ONCE = 500
_NOT_OURS = frozenset({"alembic_version"})


@contextmanager
def snapshot(engine: Engine, folder: Path) -> Iterator[Connection]:
    """A connection that sees one moment, however long it is read and whatever is written meanwhile.

    SQLite copies the database aside first (``folder`` needs room for it): a reader that stays for
    long would keep its log from being emptied.
    """
    if engine.dialect.name != "sqlite":
        still = engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
        with still.connect() as connection, connection.begin():
            yield connection
        return
    folder.mkdir(parents=True, exist_ok=True, mode=0o750)
    with tempfile.TemporaryDirectory(prefix=".copy-", dir=folder) as place:
        copied = Path(place) / "copy.db"
        _copy(engine, copied)
        aside = engine_for(f"sqlite:///{copied}", pool_size=1)
        try:
            with aside.connect() as connection:
                yield connection
        finally:
            aside.dispose()


def _copy(engine: Engine, target: Path) -> None:
    """In one step: in pieces it would begin anew whenever another process writes."""
    source = engine.raw_connection()
    try:
        into = sqlite3.connect(target)
        try:
            driver = source.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            driver.backup(into)
        finally:
            into.close()
    finally:
        source.close()


def tables(connection: Connection) -> Mapping[str, Mapping[str, Kind]]:
    """Every table of ours with its columns and what each holds, as the database itself tells."""
    inspector = inspect(connection)
    return {
        name: {column["name"]: kind_of(column["type"]) for column in inspector.get_columns(name)}
        for name in sorted(inspector.get_table_names())
        if name not in _NOT_OURS
    }


def key_of(connection: Connection, table: str) -> Sequence[str]:
    """The columns that tell the rows of a table apart."""
    return inspect(connection).get_pk_constraint(table)["constrained_columns"]


def as_table(connection: Connection, name: str, columns: Mapping[str, Kind]) -> Table:
    """A table to read and write by what its columns hold."""
    dialect = connection.dialect.name
    return Table(
        name,
        MetaData(),
        *(Column(column, type_for(kind, dialect)) for column, kind in columns.items()),
    )


def lines(
    connection: Connection, name: str, columns: Mapping[str, Kind], key: Sequence[str]
) -> Iterator[bytes]:
    """The rows of a table as lines, ordered by their key alike on every database."""
    table = as_table(connection, name, columns)
    kinds = list(columns.values())
    statement = select(table).order_by(*(_ordered(connection, table.c[each]) for each in key))
    for row in connection.execute(statement, execution_options={"yield_per": AT_ONCE}):
        yield line(kinds, row)


def _ordered(connection: Connection, column: Column[Any]) -> ColumnElement[Any]:
    if connection.dialect.name == "postgresql" and isinstance(column.type, String):
        return collate(column, "C")
    return column


def count(connection: Connection, names: Sequence[str]) -> int:
    """How many rows these tables have together."""
    total = 0
    for name in names:
        counted = select(func.count()).select_from(Table(name, MetaData()))
        total += connection.execute(counted).scalar_one()
    return total
