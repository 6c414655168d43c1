"""Where a test process keeps its database and files, as fresh as new for each test.

What many tests begin from (everybody of the world, a classroom) is built once, kept under a name,
and taken back by the next test that needs it.
"""

import os
import pickle
import shutil
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import psycopg
from psycopg import sql

from lms.foundation.db import migrate
from lms.foundation.db.engine import engine_for
from tests import postgres

T = TypeVar("T")
TEMPLATE = "cabildo_template"
SERVER = "CABILDO_TEST_POSTGRES_PORT"


class Place(ABC):
    """The database of one test process and the folder of its files."""

    url: str

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.let_go: Callable[[], None] = lambda: None
        """Closes what the application holds open, so that it remembers nothing."""
        self._told: dict[str, bytes] = {}

    def refresh(self) -> None:
        """As new: migrated, nobody in it, no files."""
        self.let_go()
        self._restore("")
        self._files_from(None)

    def begun(self, name: str, build: Callable[[], T]) -> T:
        """What ``build`` makes on a fresh database: built the first time, then taken back.

        What it returns is plain data: each test has a copy of its own.
        """
        kept = self.folder / f"kept-{name}"
        if name in self._told:
            self.let_go()
            self._restore(name)
            self._files_from(kept)
        else:
            self._told[name] = pickle.dumps(build())
            self._keep(name)
            for each in ("files", "mail"):
                if (self.folder / each).exists():
                    shutil.copytree(self.folder / each, kept / each)
        made: T = pickle.loads(self._told[name])
        return made

    def _files_from(self, kept: Path | None) -> None:
        for each in ("files", "mail"):
            shutil.rmtree(self.folder / each, ignore_errors=True)
            if kept is not None and (kept / each).exists():
                shutil.copytree(kept / each, self.folder / each)

    @abstractmethod
    def _restore(self, name: str) -> None: ...

    @abstractmethod
    def _keep(self, name: str) -> None: ...


class SqlitePlace(Place):
    """A file, copied while nobody has it open."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.url = f"sqlite:///{folder / 'test.db'}"
        engine = engine_for(f"sqlite:///{self._kept('')}")
        migrate.upgrade(engine)
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()

    def _kept(self, name: str) -> Path:
        return self.folder / f"{name or 'template'}.db"

    def _restore(self, name: str) -> None:
        for suffix in ("", "-wal", "-shm"):
            (self.folder / f"test.db{suffix}").unlink(missing_ok=True)
        shutil.copyfile(self._kept(name), self.folder / "test.db")

    def _keep(self, name: str) -> None:
        engine = engine_for(self.url)
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()
        shutil.copyfile(self.folder / "test.db", self._kept(name))


_EVERYTHING = """
SELECT (SELECT count(*) || ' ' || max(oid) FROM pg_class
          WHERE relnamespace = 'public'::regnamespace)
  || ' ' || (SELECT count(*) FROM pg_trigger) || ' ' || (SELECT count(*) FROM pg_attribute)
"""
_COUNTERS = "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'S' ORDER BY 1"
_MANY = 500


class PostgresPlace(Place):
    """A database made from a template; afterwards emptied, which is much less work than anew."""

    def __init__(self, folder: Path, worker: str) -> None:
        super().__init__(folder)
        base = f"postgresql://cabildo@127.0.0.1:{os.environ[SERVER]}"
        self._admin, self._name = f"{base}/postgres", f"cabildo_{worker}"
        self.url = f"{base}/{self._name}"
        self._rows: dict[str, dict[str, bytes]] = {}
        self._counters: dict[str, dict[str, int]] = {}
        self._anew()

    def _anew(self) -> None:
        postgres.recreate(self._admin, self._name, TEMPLATE)
        self._connection = psycopg.connect(
            self.url,
            autocommit=True,
            options="-c lock_timeout=2000 -c session_replication_role=replica",
        )
        self._shape = self._ask(_EVERYTHING)
        tables = self._connection.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r'"
            " AND relnamespace = 'public'::regnamespace ORDER BY 1"
        ).fetchall()
        self._tables = [str(name) for (name,) in tables]
        self._filled = " UNION ALL ".join(
            f"SELECT '{name}' WHERE EXISTS (SELECT FROM \"{name}\")" for name in self._tables
        )
        self._keep("")

    def _ask(self, statement: str) -> Any:
        row = self._connection.execute(statement).fetchone()
        assert row is not None
        return row[0]

    def _restore(self, name: str) -> None:
        try:
            if self._ask(_EVERYTHING) != self._shape:
                raise psycopg.Error  # a test has changed more than rows
            with self._connection.transaction():
                grown = self._empty()
                self._fill(name)
        except psycopg.Error:
            # Somebody holds what must go, or the tables are no longer what they were.
            self._connection.close()
            rows, counters = self._rows, self._counters
            self._anew()
            self._rows, self._counters = rows | self._rows, counters | self._counters
            if name:
                with self._connection.transaction():
                    self._fill(name)
            return
        for table in grown:
            self._connection.execute(sql.SQL("VACUUM {}").format(sql.Identifier(table)))

    def _empty(self) -> list[str]:
        grown = []
        for (table,) in self._connection.execute(self._filled).fetchall():
            gone = self._connection.execute(
                sql.SQL("DELETE FROM {}").format(sql.Identifier(table))
            ).rowcount
            if gone > _MANY:
                grown.append(str(table))
        return grown

    def _fill(self, name: str) -> None:
        for table, rows in self._rows[name].items():
            with self._connection.cursor().copy(f'COPY "{table}" FROM STDIN') as copy:
                copy.write(rows)
        kept = self._counters[name]
        self._connection.execute(
            "SELECT setval(name::regclass, coalesce((%s::jsonb ->> name)::bigint, 1),"
            " (%s::jsonb ->> name) IS NOT NULL) FROM unnest(%s::text[]) AS name",
            (*[psycopg.types.json.Json(kept)] * 2, self._names),
        )

    def _keep(self, name: str) -> None:
        self._rows[name] = {}
        for (table,) in self._connection.execute(self._filled).fetchall():
            with self._connection.cursor().copy(f'COPY "{table}" TO STDOUT') as copy:
                self._rows[name][str(table)] = b"".join(bytes(piece) for piece in copy)
        self._names = [str(each) for (each,) in self._connection.execute(_COUNTERS).fetchall()]
        self._counters[name] = {
            each: found
            for each in self._names
            if (found := self._ask(f"SELECT CASE WHEN is_called THEN last_value END FROM {each}"))
        }
