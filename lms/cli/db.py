"""`lms db`: the shape of the database."""

import click

from lms.cli.running import NOT_SO
from lms.foundation.db import migrate
from lms.foundation.web.reading import database


@click.group()
def db() -> None:
    """Bring the database to the shape this version needs."""


@db.command()
def upgrade() -> None:
    """Bring the database up to date. Repeating it does nothing."""
    engine = database().engine
    before = migrate.current(engine)
    migrate.upgrade(engine)
    after = migrate.current(engine)
    click.echo(f"database at {after}" + ("" if before == after else f" (was {before or 'empty'})"))


@db.command()
@click.argument("revision")
def downgrade(revision: str) -> None:
    """Take the database back to REVISION (`base` empties it)."""
    migrate.downgrade(database().engine, revision)
    click.echo(f"database at {migrate.current(database().engine) or 'empty'}")


@db.command()
def status() -> None:
    """Say where the database stands; exit 1 when it is not up to date."""
    found, wanted = migrate.current(database().engine), migrate.head()
    click.echo(f"database at {found or 'empty'}, this version needs {wanted}")
    if found != wanted:
        raise SystemExit(NOT_SO)
