import re

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select

from lms.cli import main, running
from lms.people.models import Grant, Person
from tests.people.conftest import DPI, rosa  # noqa: F401


@pytest.fixture
def run(app: Flask, world, monkeypatch):
    """`lms users …` on the installation of the test."""
    monkeypatch.setattr("lms.app.create_app", lambda settings=None: app)
    monkeypatch.setattr(running, "load", lambda **_: None)
    monkeypatch.setenv("LMS_LANGUAGE", "en")
    return lambda *args: CliRunner().invoke(main, ["users", *args])


NAME = ("--given-names", "Rosa María", "--first-surname", "Q'eqchi'", "--second-surname", "Ñáñez")


def test_an_account_is_made_with_a_password_that_is_printed_once(run, db, visitor):
    done = run("create", *NAME, "--email", "Rosa@Example.org", "--role", "registrar")
    assert done.exit_code == 0, done.output
    uid, name, password = done.stdout.strip().split("\t")
    assert name == "Rosa María Q'eqchi' Ñáñez"
    assert re.fullmatch(r"[A-Z0-9]{4}(-[A-Z0-9]{4}){2}", password)
    entered = visitor.send("/ingresar", {"identifier": "rosa@example.org", "password": password})
    assert entered.status_code == 303
    with db.reading() as session:
        person = session.scalar(select(Person).order_by(Person.id.desc()).limit(1))
        [grant] = session.scalars(select(Grant).filter_by(person_id=person.id))
    assert str(person.uid) == uid
    assert password not in person.password_hash
    assert (grant.role, grant.kind) == ("registrar", "institution")


@pytest.mark.parametrize(
    "wrong",
    [
        ("--email", "rosa@"),
        ("--phone", "123"),
        ("--document", "2345678990101"),
        ("--document", "dpi:123"),
        ("--email", "rosa@example.org", "--role", "king"),
        ("--email", "rosa@example.org", "--given-names", "R2"),
    ],
)
def test_misuse_is_two(run, wrong):
    done = run("create", *NAME, *wrong)
    assert done.exit_code == 2
    assert "Error" in done.stderr


def test_what_a_rule_refuses_is_one_and_says_why(run, db, rosa):  # noqa: F811
    twice = run("create", *NAME, "--email", "rosa@example.org")
    nothing = run("create", *NAME)
    nobody = run("code", "nadie@example.org")
    assert twice.exit_code == nothing.exit_code == nobody.exit_code == 1
    assert "Somebody already has that e-mail, phone or document." in twice.stderr
    assert "Give an e-mail address" in nothing.stderr
    assert "Nobody here has that" in nobody.stderr


def test_a_failed_grant_leaves_no_account(run, db):
    with db.reading() as session:
        before = len(session.scalars(select(Person)).all())
    done = run("create", *NAME, "--email", "x@example.org", "--role", "tutor")
    assert done.exit_code == 1
    assert "A tutor acts in one cohort" in done.stderr
    with db.reading() as session:
        assert len(session.scalars(select(Person)).all()) == before


def test_a_doubtful_document_is_taken_with_a_word(run):
    done = run("create", *NAME, "--document", "dpi:2345678900101")
    assert done.exit_code == 0
    assert "check digit" in done.stderr


@pytest.mark.parametrize("person", ["rosa@example.org", "5512 3456", DPI])
def test_a_code_for_somebody_opens_the_door_once(run, rosa, visitor, person):  # noqa: F811
    done = run("code", person, "--by", "Lucía")
    assert done.exit_code == 0
    entered = visitor.send(
        "/ingresar/codigo", {"code": done.stdout.strip(), "password": "siete colibríes azules"}
    )
    assert entered.status_code == 303


def test_roles_are_granted_and_people_listed(run, rosa):  # noqa: F811
    assert "registrar" in run("grant", "rosa@example.org", "--role", "registrar").stdout
    assert run("grant", "rosa@example.org", "--role", "registrar").exit_code == 0
    listed = run("list", "--search", "rosa maria")
    assert listed.stdout.count("\n") == 1
    assert str(rosa.uid) in listed.stdout
    assert run("list", "--search", str(rosa.uid)).stdout == listed.stdout
    assert "2345678990101" not in listed.stdout
    assert len(run("list", "--limit", "3").stdout.splitlines()) == 3
