"""Bringing a database to the shape this version needs, and telling which shape it has."""

from collections.abc import Callable
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


def _run(engine: Engine, step: Callable[[Config], None]) -> None:
    config = Config()
    config.set_main_option("script_location", str(shipped("migrations")))
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            _on_sqlite(connection, config, step)
    else:
        with writing(engine).begin() as connection:
            config.attributes["connection"] = connection
            step(config)


def _on_sqlite(connection: Connection, config: Config, step: Callable[[Config], None]) -> None:
    """SQLite rebuilds tables to change them: with foreign keys on, that deletes their children.

    They are off before the transaction begins (inside one the pragma does nothing), and every
    reference is checked before it commits.
    """
    connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    try:
        config.attributes["connection"] = connection
        step(config)
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(5)
        if broken:
            raise BrokenReferences(str(broken))
        connection.exec_driver_sql("COMMIT")
    except BaseException:
        connection.exec_driver_sql("ROLLBACK")
        raise
    finally:
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")
