"""`lms db`: the shape of the database."""

import click

from lms.cli.running import NOT_SO
from lms.cli.speech import _, argument, group
from lms.foundation.db import migrate
from lms.foundation.web.reading import database


@group()
def db() -> None:
    """Bring the database to the shape this version needs."""


@db.command()
def upgrade() -> None:
    """Bring the database up to date. Repeating it does nothing."""
    engine = database().engine
    before = migrate.current(engine)
    migrate.upgrade(engine)
    after = migrate.current(engine)
    if before == after:
        click.echo(_("The database was up to date already: %(at)s.", at=after))
    else:
        click.echo(_("The database is up to date: %(at)s.", at=after))


@db.command()
@argument("revision")
def downgrade(revision: str) -> None:
    """Take the database back to REVISION (`base` empties it)."""
    migrate.downgrade(database().engine, revision)
    click.echo(_("The database is now at %(at)s.", at=revision))


@db.command()
def status() -> None:
    """Say where the database stands; exit 1 when it is not up to date."""
    found, wanted = migrate.current(database().engine), migrate.head()
    if found == wanted:
        click.echo(_("The database is up to date: %(at)s.", at=found))
        return
    click.echo(
        _(
            "The database is at %(at)s and this version needs %(wanted)s: run `lms db upgrade`.",
            at=found or _("nothing yet"),
            wanted=wanted,
        )
    )
    raise SystemExit(NOT_SO)
