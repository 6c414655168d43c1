"""Bringing a database to the shape this version needs, and telling which shape it has."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, Engine

from lms.foundation.db.engine import writing
from lms.foundation.kernel.errors import N_, Refused
from lms.foundation.kernel.shipped import shipped


class BrokenReferences(RuntimeError):
    """A migration left rows that point at nothing; it was undone."""


def head(folder: Path | None = None) -> str:
    """The newest migration this version knows."""
    found = ScriptDirectory(str(folder or shipped("migrations"))).get_current_head()
    if found is None:
        raise RuntimeError("there are no migrations")
    return found


def current(engine: Engine) -> str | None:
    """The migration a database stands at; none when it is empty."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_current(engine: Engine) -> bool:
    """Whether the database has the shape this version needs."""
    return current(engine) == head()


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database up to a migration, all of it or nothing."""
    _run(engine, lambda config: command.upgrade(config, revision))


def downgrade(engine: Engine, revision: str) -> None:
    """Take the database back to an earlier migration."""
    try:
        _run(engine, lambda config: command.downgrade(config, revision))
    except CommandError as error:
        scripts = ScriptDirectory(str(shipped("migrations")))
        known = [script.revision for script in scripts.walk_revisions()]
        raise Refused(
            N_(
                "The database cannot go back to %(revision)s: it is at %(at)s. There are %(known)s."
            ),
            revision=revision,
            at=current(engine) or "base",
            known=", ".join([*known, "base"]),
        ) from error


def upgrade_on(connection: Connection, revision: str = "head") -> None:
    """The same within a transaction that is being held."""
    command.upgrade(_config(connection), revision)


def knows(revision: str) -> bool:
    """Whether this version has ever heard of a migration."""
    script = ScriptDirectory(str(shipped("migrations")))
    return any(each.revision == revision for each in script.walk_revisions())


@contextmanager
def reshaping(engine: Engine) -> Iterator[Connection]:
    """One transaction in which tables may be made, rebuilt and filled: all of it or nothing."""
    if engine.dialect.name != "sqlite":
        with writing(engine).begin() as connection:
            yield connection
        return
    with engine.connect() as connection:
        yield from _on_sqlite(connection)


def _run(engine: Engine, step: Callable[[Config], None]) -> None:
    with reshaping(engine) as connection:
        step(_config(connection))


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(shipped("migrations")))
    config.attributes["connection"] = connection
    return config


def _on_sqlite(connection: Connection) -> Iterator[Connection]:
    """SQLite rebuilds tables to change them: with foreign keys on, that deletes their children.

    They are off before the transaction begins (inside one the pragma does nothing), and every
    reference is checked before it commits.
    """
    connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    try:
        yield connection
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(5)
        if broken:
            raise BrokenReferences(str(broken))
        connection.exec_driver_sql("COMMIT")
    except BaseException:
        connection.exec_driver_sql("ROLLBACK")
        raise
    finally:
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")
