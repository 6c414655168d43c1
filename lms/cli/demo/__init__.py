"""`lms demo`: an institution to look around in."""

import re
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import click
from flask import current_app

from lms.authoring.formats.tree import read_folder
from lms.authoring.tasks import load as load_package
from lms.cli.demo import (
    acts,
    administration,
    calls,
    cohorts,
    neighbours,
    people,
    shelf,
    twins,
    waiting,
)
from lms.cli.demo.houses import HERE, HOUSES, NEIGHBOURS, Account, make_house
from lms.cli.speech import _, command
from lms.foundation.access.roles import Role
from lms.foundation.access.words import ROLES
from lms.foundation.db import migrate
from lms.foundation.db.database import Database
from lms.foundation.kernel.actor import COMMAND_LINE, SYSTEM
from lms.foundation.kernel.shipped import shipped
from lms.settings import Settings

_COUNTRY = re.compile(r"^country: *([A-Z]{2})\b", re.MULTILINE)


@command()
def demo() -> None:
    """Fill an installation with the demo institution; repeating it changes nothing.

    Brings the database up to date, loads the shipped courses, makes an account for each role and
    cohorts that have ended, are running and take requests. Prints the accounts and their passwords.
    """
    database: Database = current_app.extensions["cabildo.database"]
    settings: Settings = current_app.extensions["cabildo.settings"]
    migrate.upgrade(database.engine)
    owners = {each.country: database.perform(make_house, SYSTEM, each) for each in HOUSES.values()}
    today = database.clock().astimezone(cohorts.ZONE).date()
    load_courses(database, owners, today)
    passwords = people.passwords(settings.data_dir)
    with database.reading() as session:
        missing = people.missing_accounts(session)
    if missing:
        hashes = people.hashes_of(passwords)
        database.perform(people.accounts, SYSTEM, owners, hashes)
    key = cohorts.fill(database, today, settings.public_url)
    calls.fill(database, today, current_app.extensions["cabildo.files"])
    waiting.fill(database, today)
    neighbours.fill(database, today)
    shelf.fill(database, today)
    twins.fill(database)
    current_app.extensions["cabildo.work_due"]()
    if key:
        acts.fill(database, today, current_app.extensions["cabildo.files"])
        administration.fill(database)
    click.echo(_("Demo accounts at %(url)s", url=settings.public_url))
    called = {account.email: _(ROLES[Role(account.role)]) for account in people.ALL}
    wide = max(map(len, called.values()))

    def tell(accounts: Iterable[Account]) -> None:
        for account in accounts:
            role = called[account.email].ljust(wide)
            click.echo(f"  {role}  {account.email:<36}  {passwords[account.email]}")

    tell(people.ACCOUNTS)
    for house in NEIGHBOURS:
        click.echo(_("%(institution)s, which sees only its own:", institution=house.name))
        tell(house.accounts)
    if key:
        click.echo(_("Invitation key of the cohort by agreement: %(key)s", key=key))
    else:
        command_line = f"{_myself()} cohorts key {cohorts.INVITED.key}"
        click.echo(_("An invitation key of the cohort by agreement: %(line)s", line=command_line))


def _myself() -> str:
    """The command as whoever reads this may type it again."""
    return sys.argv[0] if Path(sys.argv[0]).name == "lms" else "lms"


def load_courses(database: Database, owners: Mapping[str, int], today: date) -> None:
    """Import each shipped package for the house of its country; what is unchanged stays."""
    store = current_app.extensions["cabildo.files"]
    for folder in sorted(path for path in Path(shipped("courses")).iterdir() if path.is_dir()):
        country = _COUNTRY.search((folder / "programme.yaml").read_text("utf-8"))
        owner = owners.get(country.group(1) if country else "", owners[HERE.country])
        load_package(database, store, read_folder(folder), owner, today, COMMAND_LINE)
