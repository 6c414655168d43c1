"""What tests about people share: a visitor who reads English, a mailbox, Rosa's registration."""

import email
import email.policy
import re
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from lms.foundation.db.database import Database
from lms.foundation.db.work import Work
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.web.locale import LANGUAGE_COOKIE
from lms.people.actions.help_desk import NewPerson, create
from lms.people.formats.documents import document
from lms.people.formats.hashes import hash_password
from lms.people.formats.phones import phone
from lms.people.models import Person
from lms.people.rules.names import written
from tests.browsing import Browsing
from tests.factories.world import World

PASSWORD = "tortillas con frijol"
DPI = "2345 67899 0101"  # its check digit fits


@pytest.fixture
def rosa_writes() -> dict[str, Any]:
    """What Rosa writes into the form to register."""
    return {
        "given_names": "Rosa María",
        "first_surname": "Q’eqchi’",
        "second_surname": "Ñáñez",
        "email": "Rosa@Example.org",
        "phone": "5512 3456",
        "document_kind": "dpi",
        "document_number": DPI,
        "country": "GT",
        "region": "Alta Verapaz",
        "municipality": "Cobán",
        "position": "Secretaria municipal",
        "password": PASSWORD,
        "consent": "y",
    }


@pytest.fixture
def reader(app: Flask, world: World) -> Browsing:
    """A visitor who reads English, so that sentences can be looked for."""
    return english(app)


def english(app: Flask) -> Browsing:
    browser = app.test_client()
    assert isinstance(browser, Browsing)
    browser.set_cookie(LANGUAGE_COOKIE, "en")
    return browser


@pytest.fixture
def rosa(db: Database, world: World) -> Person:
    """Rosa: active, known by e-mail, phone and DPI, with PASSWORD."""

    def make(work: Work) -> Person:
        return create(
            work,
            NewPerson(
                name=written("Rosa María", "Q’eqchi’", "Ñáñez"),
                country="GT",
                password_hash=hash_password(PASSWORD),
                language="en",
                email="rosa@example.org",
                phone=phone("5512 3456", "GT"),
                document=document("dpi", DPI, "GT"),
            ),
            "test",
        )

    return db.perform(make, SYSTEM)


class Mailbox:
    """The letters that have left, read as their readers would."""

    def __init__(self, folder: Path, do_jobs: Any) -> None:
        self._folder = folder
        self._do_jobs = do_jobs

    def letters(self) -> list[EmailMessage]:
        self._do_jobs()
        found = [
            email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            for path in self._folder.glob("*.eml")
        ]
        return sorted(found, key=lambda letter: str(letter["Message-ID"]))  # type: ignore[return-value]

    def last(self) -> EmailMessage:
        return self.letters()[-1]

    def link(self) -> str:
        """The path that the last letter leads to."""
        return link_in(self.last())


def text_of(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def link_in(letter: EmailMessage) -> str:
    found = re.search(r"http://localhost(/\S+)", text_of(letter))
    assert found, text_of(letter)
    return found.group(1)


@pytest.fixture
def mailbox(app: Flask, do_jobs: Any) -> Mailbox:
    folder: Path = app.extensions["cabildo.settings"].data_dir / "mail"
    return Mailbox(folder, do_jobs)


def everybody(db: Database) -> list[Person]:
    with db.reading() as session:
        return list(session.scalars(select(Person).order_by(Person.id)))
