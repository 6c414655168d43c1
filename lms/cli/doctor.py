"""`lms doctor`: is everything in place, and if not, what to do."""

import os
import shutil
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass, fields

import click
from sqlalchemy import text

from lms.app import create_app
from lms.cli.running import NOT_SO
from lms.foundation.db import migrate
from lms.foundation.jobs.runner import waiting
from lms.foundation.web.assets import STATIC
from lms.settings import Settings, load

LITTLE_DISK = 500_000_000


@dataclass(frozen=True)
class Finding:
    """One thing looked at."""

    fine: bool
    what: str
    remedy: str = ""


@click.command()
@click.option("--settings", "show_settings", is_flag=True, help="List every setting in force.")
def doctor(show_settings: bool) -> None:
    """Check the installation; exit 1 when something needs a person."""
    settings = load()
    if show_settings:
        for name, value, about in listed(settings):
            click.echo(f"{name}={value}\n    {about}")
    findings = list(examine(settings))
    for finding in findings:
        mark = "ok  " if finding.fine else "BAD "
        click.echo(mark + finding.what + ("" if finding.fine else f": {finding.remedy}"))
    if not all(finding.fine for finding in findings):
        raise SystemExit(NOT_SO)


def listed(settings: Settings) -> Iterator[tuple[str, str, str]]:
    """Every setting: its variable, its value without passwords, what it does."""
    for entry in fields(settings):
        name = entry.metadata.get("name")
        if name:
            value = str(getattr(settings, entry.name))
            yield name, _without_password(value), entry.metadata["about"]


def examine(settings: Settings) -> Iterator[Finding]:
    """Everything that must be right for people to study here."""
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding(sys.version_info >= (3, 11), f"Python {version}", "install Python 3.11 or newer")
    yield Finding(
        (STATIC / "manifest.json").is_file(), "static files are built", "run `make install`"
    )
    secret = settings.data_dir / "secret_key"
    private = not stat.S_IMODE(secret.stat().st_mode) & 0o077
    yield Finding(private, "the secret is readable by its owner only", f"chmod 600 {secret}")
    free = shutil.disk_usage(settings.data_dir).free
    yield Finding(
        free > LITTLE_DISK, f"{free // 1_000_000} MB free in the data folder", "make room"
    )
    yield Finding(
        os.access(settings.data_dir, os.W_OK),
        f"data folder {settings.data_dir} can be written",
        "give it to the user that runs the site",
    )
    app = create_app(settings)
    with app.app_context():
        database = app.extensions["cabildo.database"]
        try:
            with database.reading() as session:
                session.execute(text("SELECT 1"))
        except Exception as error:
            yield Finding(False, "database", f"cannot be reached ({error})")
            return
        at = migrate.current(database.engine)
        yield Finding(at == migrate.head(), f"database at {at or 'empty'}", "run `lms db upgrade`")
        if at == migrate.head():
            due = waiting(database, database.clock())
            yield Finding(due < 1000, f"{due} jobs due", "is the worker running?")
        try:
            app.extensions["cabildo.files"].exists("0" * 64)
            yield Finding(True, "file store answers")
        except Exception as error:
            yield Finding(False, "file store", f"cannot be reached ({error})")
        database.close()


def _without_password(value: str) -> str:
    head, at, tail = value.rpartition("@")
    if not at or "://" not in head:
        return value
    scheme, _, credentials = head.partition("://")
    return f"{scheme}://{credentials.partition(':')[0]}:***@{tail}"
