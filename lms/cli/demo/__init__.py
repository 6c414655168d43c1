"""`lms demo`: an institution to look around in."""

import sys
from datetime import date
from pathlib import Path

import click
from flask import current_app

from lms.authoring.formats.tree import read_folder
from lms.authoring.tasks import load as load_package
from lms.cli.demo import cohorts, people
from lms.cli.speech import _, command
from lms.foundation.access.roles import Role
from lms.foundation.access.words import ROLES
from lms.foundation.db import migrate
from lms.foundation.db.database import Database
from lms.foundation.kernel.actor import COMMAND_LINE, SYSTEM
from lms.foundation.kernel.shipped import shipped
from lms.settings import Settings


@command()
def demo() -> None:
    """Fill an installation with the demo institution; repeating it changes nothing.

    Brings the database up to date, loads the shipped courses, makes an account for each role and
    cohorts that have ended, are running and take requests. Prints the accounts and their passwords.
    """
    database: Database = current_app.extensions["cabildo.database"]
    settings: Settings = current_app.extensions["cabildo.settings"]
    migrate.upgrade(database.engine)
    institution_id = database.perform(people.institution, SYSTEM)
    today = database.clock().astimezone(cohorts.ZONE).date()
    load_courses(database, institution_id, today)
    passwords = people.passwords(settings.data_dir)
    with database.reading() as session:
        missing = people.missing_accounts(session)
    if missing:
        hashes = people.hashes_of(passwords)
        database.perform(people.accounts, SYSTEM, institution_id, hashes)
    key = cohorts.fill(database, today, settings.public_url)
    current_app.extensions["cabildo.work_due"]()
    click.echo(_("Demo accounts at %(url)s", url=settings.public_url))
    called = {account.email: _(ROLES[Role(account.role)]) for account in people.ACCOUNTS}
    wide = max(map(len, called.values()))
    for account in people.ACCOUNTS:
        role = called[account.email].ljust(wide)
        click.echo(f"  {role}  {account.email:<36}  {passwords[account.email]}")
    if key:
        click.echo(_("Invitation key of the cohort by agreement: %(key)s", key=key))
    else:
        command_line = f"{_myself()} cohorts key {cohorts.INVITED.key}"
        click.echo(_("An invitation key of the cohort by agreement: %(line)s", line=command_line))


def _myself() -> str:
    """The command as whoever reads this may type it again."""
    return sys.argv[0] if Path(sys.argv[0]).name == "lms" else "lms"


def load_courses(database: Database, institution_id: int, today: date) -> None:
    """Import every shipped package; what is unchanged stays as it is."""
    store = current_app.extensions["cabildo.files"]
    for folder in sorted(path for path in Path(shipped("courses")).iterdir() if path.is_dir()):
        load_package(database, store, read_folder(folder), institution_id, today, COMMAND_LINE)
