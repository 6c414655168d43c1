"""An installation with people who study, and other machines to restore it on."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from lms.admin.queries import snapshot
from lms.admin.tasks.back_up import Order
from lms.foundation.db.database import Database
from lms.foundation.db.engine import engine_for, writing
from lms.foundation.files.store import Folder
from lms.foundation.kernel.actor import SYSTEM
from tests import postgres
from tests.factories.teaching import QUIZZES, kept_classroom
from tests.factories.world import add_operator


@pytest.fixture
def school(place, app, db, world, do_jobs):
    """A running cohort with a learner who has finished and one who has begun."""

    def fill(room):
        for name in ("learner", "learner2"):
            room.enrol(name)
        room.finish("learner")
        room.see("learner2", "derecho", "plazos")
        room.take("learner2", QUIZZES[0], right=False)
        do_jobs()

    return kept_classroom(place, app, db, world, "admin-school", fill)


@pytest.fixture
def operator(app, db, world):
    """A browser of somebody who looks after the whole installation."""
    db.perform(add_operator, SYSTEM, world)
    browser = app.test_client()
    browser.carry(world.token_of("operator"))
    return browser


@pytest.fixture
def backups(app, tmp_path, monkeypatch):
    """The folder of backups of this test alone."""
    settings = app.extensions["cabildo.settings"]
    folder = tmp_path / "folder"
    ours = replace(settings, backup_dir=folder)
    monkeypatch.setitem(app.extensions, "cabildo.settings", ours)
    return folder


# What restoring itself writes down, and what it stops.
OWN = {"audit_entry", "installation", "job"}
KINDS = ("sqlite", "postgresql")


def same(before: dict, after: dict, but: Collection[str] = ()) -> bool:
    """Whether every table is as it was, row by row, but for those that are known to differ."""
    apart = OWN.union(but)
    return {n: rows for n, rows in before.items() if n not in apart} == {
        n: rows for n, rows in after.items() if n not in apart
    }


@dataclass
class Machine:
    """Somewhere else: an empty database and an empty store."""

    folder: Path
    url: str
    database: Database
    store: Folder

    def fingerprints(self) -> dict[str, list[bytes]]:
        return fingerprints(self.database)


def fingerprints(database: Database) -> dict[str, list[bytes]]:
    """Every row of every table as one line, whatever the database."""
    with writing(database.engine).connect() as connection, connection.begin():
        return {
            name: list(snapshot.lines(connection, name, columns, snapshot.key_of(connection, name)))
            for name, columns in snapshot.tables(connection).items()
        }


@pytest.fixture
def machine(place, tmp_path) -> Iterator:
    """Make another machine: `machine("sqlite")`; "postgresql" where the tests have a server."""
    made: list[Machine] = []

    def make(kind: str = "sqlite") -> Machine:
        folder = tmp_path / f"machine{len(made)}"
        folder.mkdir()
        if kind == "sqlite":
            url = f"sqlite:///{folder / 'cabildo.db'}"
        else:
            name = f"{place._name}_machine{len(made)}"
            postgres.recreate(place._admin, name)
            url = place.url.replace(place._name, name)
        made.append(Machine(folder, url, Database(engine_for(url)), Folder(folder / "files")))
        return made[-1]

    yield make
    for each in made:
        each.database.close()


@pytest.fixture
def order(tmp_path):
    """A backup of the tests: `order("name", passphrase=…)`."""

    def make(name: str = "copia.tar", **given) -> Order:
        values = {
            "target": tmp_path / name,
            "workplace": tmp_path / "backups",
            "version": "1",
            "public_url": "https://aula.example.org",
            "institution": "Instituto",
        }
        return Order(**(values | given))

    return make
