"""`lms doctor`: is everything in place, and if not, what to do."""

import os
import shutil
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import click
from sqlalchemy import text

from lms.app import create_app
from lms.cli.running import NOT_SO, existing
from lms.cli.speech import _, command, option
from lms.foundation.db import migrate
from lms.foundation.db.database import Database
from lms.foundation.jobs.runner import waiting
from lms.foundation.kernel.errors import Refused
from lms.foundation.keys.keyring import Keyring
from lms.foundation.web.assets import STATIC
from lms.people.queries.institution import is_set_up
from lms.people.rules.institution import setup_code
from lms.settings import Settings

LITTLE_DISK = 500_000_000
MANY_JOBS = 1000


@dataclass(frozen=True)
class Finding:
    """One thing looked at."""

    fine: bool
    what: str
    remedy: str = ""


@command()
@option("--settings", "show_settings", is_flag=True, help="List every setting in force.")
def doctor(show_settings: bool) -> None:
    """Check the installation; exit 1 when something needs a person."""
    settings = existing()
    if show_settings:
        for each in settings.listed():
            click.echo(f"{each.name}={each.value}\n    {_(each.about)}")
    findings = list(examine(settings))
    for finding in findings:
        mark = _("ok") if finding.fine else _("BAD")
        click.echo(f"{mark:<4} {finding.what}" + ("" if finding.fine else f": {finding.remedy}"))
    if not all(finding.fine for finding in findings):
        raise SystemExit(NOT_SO)


def examine(settings: Settings) -> Iterator[Finding]:
    """Everything that must be right for people to study here."""
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding(
        sys.version_info >= (3, 11), f"Python {version}", _("install Python 3.11 or newer")
    )
    built = (STATIC / "manifest.json").is_file()
    yield Finding(built, _("static files are built"), _("run `make install`"))
    secret = settings.data_dir / "secret_key"
    private = not stat.S_IMODE(secret.stat().st_mode) & 0o077
    yield Finding(private, _("the secret is readable by its owner only"), f"`chmod 600 {secret}`")
    free = shutil.disk_usage(settings.data_dir).free
    yield Finding(
        free > LITTLE_DISK,
        _("%(megabytes)s MB free in the data folder", megabytes=free // 1_000_000),
        _("make room"),
    )
    yield Finding(
        os.access(settings.data_dir, os.W_OK),
        _("data folder %(folder)s can be written", folder=settings.data_dir),
        _("give it to the user that runs the site"),
    )
    app = create_app(settings)
    with app.app_context():
        database = app.extensions["cabildo.database"]
        try:
            with database.reading() as session:
                session.execute(text("SELECT 1"))
        except Exception as error:
            yield Finding(False, _("database"), _("cannot be reached (%(why)s)", why=error))
            return
        at = migrate.current(database.engine)
        current = at == migrate.head()
        yield Finding(
            current, _("database at %(at)s", at=at or _("nothing yet")), _("run `lms db upgrade`")
        )
        if current:
            with database.reading() as session:
                is_ready = is_set_up(session)
            where = f"{settings.public_url}/instalar"
            yield Finding(
                True,
                _("the site has its institution")
                if is_ready
                else _(
                    "the site is new: set it up at %(url)s with the code %(code)s",
                    url=where,
                    code=setup_code(settings.secret_key),
                ),
            )
            due = waiting(database, database.clock())
            yield Finding(
                due < MANY_JOBS, _("%(number)s jobs due", number=due), _("is the worker running?")
            )
            yield _keys(database, settings)
        try:
            app.extensions["cabildo.files"].exists("0" * 64)
            yield Finding(True, _("file store answers"))
        except Exception as error:
            yield Finding(False, _("file store"), _("cannot be reached (%(why)s)", why=error))
        database.close()


def _keys(database: Database, settings: Settings) -> Finding:
    what = _("the signing keys open with the secret")
    try:
        Keyring(database, settings.secret_key).check()
    except Refused as refusal:
        return Finding(False, what, _(refusal.message, **refusal.params))
    return Finding(True, what)
