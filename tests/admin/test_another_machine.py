"""The week closes with a backup that is restored on another machine, as an operator does it."""

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from lms.app import create_app
from lms.certificates.models import Credential
from lms.certificates.tasks import issue_all
from lms.foundation.db import migrate
from lms.foundation.web.models import Count, FormReceipt
from lms.settings import load
from tests.admin.conftest import KINDS, Machine, fingerprints, same
from tests.browsing import Browsing

# Somebody at work in a process of their own: two rows that belong together, again and again.
WRITER = """
import sys
from lms.foundation.db.database import Database
from lms.foundation.db.engine import engine_for
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.web.models import Count, FormReceipt
from lms.wiring import METADATA

def add(work, key):
    work.session.add(Count(key=key, window=0, times=1, ends_at=work.now))
    work.session.add(
        FormReceipt(key=key, endpoint="x", body_sha256="0" * 64, location="", said="", at=work.now)
    )

database, number = Database(engine_for(sys.argv[1])), 0
while True:
    database.perform(add, SYSTEM, f"written-{number}")
    print(f"written-{number}", flush=True)
    number += 1
"""
WRITTEN = {"count", "form_receipt"}


@contextmanager
def somebody_writing(url: str) -> Iterator[list[str]]:
    """What they were told is saved before the block began."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, url], stdout=subprocess.PIPE, text=True
    )
    try:
        yield [process.stdout.readline().strip() for _ in range(5)]
        assert process.poll() is None
    finally:
        process.kill()
        process.communicate()


def lms(*arguments: object, folder: Path, url: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "lms.cli", *map(str, arguments)],
        env=os.environ
        | {"LMS_DATA_DIR": str(folder), "LMS_DATABASE_URL": url, "LMS_LANGUAGE": "en"},
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def hashes(folder: Path) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.glob("??/*")}


@pytest.fixture
def credential(app, db, school, do_jobs) -> Credential:
    """The learner's document, made and kept."""
    issue_all(db, school.actor("registrar"), school.cohort.uid, "http://localhost")
    do_jobs()
    with db.reading() as session:
        return session.scalars(select(Credential)).one()


@pytest.fixture
def data(place, tmp_path) -> Path:
    """The data folder of the first machine, as an operator has it."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "files").symlink_to(place.folder / "files")
    (folder / "secret_key").write_text("0123456789abcdef" * 2)
    return folder


def test_a_backup_made_while_others_write_comes_back_on_another_machine(
    db, place, data, credential, machine, database_kind, tmp_path
):
    """Counts, files and documents; into SQLite, and from there into PostgreSQL where there is one.

    The data folder of the other machine is empty, and nothing of the first one is asked.
    """
    file = tmp_path / "semana.tar"
    before, files = fingerprints(db), hashes(place.folder / "files")
    assert len(files) > 1
    with somebody_writing(place.url) as acknowledged:
        lms("backup", file, folder=data, url=place.url)
    for kind in KINDS if database_kind == "postgresql" else KINDS[:1]:
        there = machine(kind)
        said = lms("restore", file, folder=there.folder, url=there.url)
        assert f"Files: {len(files)}." in said
        assert migrate.is_current(there.database.engine)
        assert same(before, there.fingerprints(), WRITTEN)
        assert hashes(there.folder / "files") == files
        assert all(name == found for name, found in files.items())
        assert set(acknowledged) <= whole_pairs(there)
        verifies(there, credential)
        file = tmp_path / f"de-{kind}.tar"
        lms("backup", file, folder=there.folder, url=there.url)


def whole_pairs(there: Machine) -> set[str]:
    """What came of what was being written: of each pair both or neither."""
    with there.database.reading() as session:
        keys = set(session.scalars(select(Count.key).where(Count.key.startswith("written-"))))
        receipts = set(session.scalars(select(FormReceipt.key)))
    assert {key for key in receipts if key.startswith("written-")} == keys
    return keys


def verifies(there: Machine, credential: Credential) -> None:
    """Anyone verifies the document there: by its code, and the very file that was issued."""
    with there.store.open(credential.sealed_sha256) as kept:
        pdf = kept.read()
    visitor = served(there).test_client()
    page = visitor.get(f"/v/{credential.code}")
    assert page.status_code == 200
    assert "<title>Vigente: " in page.text
    checked = visitor.send(
        f"/v/{credential.code}", {"pdf": (io.BytesIO(pdf), "constancia.pdf", "application/pdf")}
    )
    assert 'class="notice good"' in checked.text


def served(there: Machine) -> Flask:
    settings = load(
        {}, data_dir=there.folder, database_url=there.url, public_url="http://localhost",
        testing=True,
    )  # fmt: skip
    app = create_app(settings)
    app.test_client_class = Browsing
    app.extensions["cabildo.database"].ring = lambda: None
    return app
