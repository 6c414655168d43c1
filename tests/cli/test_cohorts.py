"""`lms cohorts`: open, list, key, recompute."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select

from lms.cli import main, running
from lms.enrollment.models import Cohort, InvitationKey
from lms.foundation.audit.models import AuditEntry
from lms.foundation.jobs.models import Job
from lms.foundation.kernel.actor import SYSTEM
from tests.conftest import MORNING
from tests.factories.catalog import make_diploma
from tests.factories.enrollment import make_cohort

PLAN = ("--key", "2027-1", "--title", "Promoción 1 de 2027", "--starts", "2027-01-11",
        "--ends", "2027-05-31")  # fmt: skip


@pytest.fixture
def run(app: Flask, db, world, monkeypatch):
    """`lms cohorts …` on the installation of the test."""
    db.perform(lambda work: make_diploma(work, world.institutions["igm"]), SYSTEM)
    monkeypatch.setattr("lms.app.create_app", lambda settings=None: app)
    monkeypatch.setattr(running, "load", lambda **_: None)
    monkeypatch.setenv("LMS_LANGUAGE", "en")
    return lambda *args: CliRunner().invoke(main, ["cohorts", *args])


def cohort(db):
    with db.reading() as session:
        return session.scalars(select(Cohort)).one()


def test_days_begin_and_end_where_the_institution_is(run, db):
    done = run(
        "open", "gestion-municipal", *PLAN, "--capacity", "40", "--enrol-until", "2026-12-31"
    )
    assert done.exit_code == 0, done.output
    key, uid = done.stdout.split()
    found = cohort(db)
    assert (key, UUID(uid)) == ("2027-1", found.uid)
    assert found.starts_at == datetime(2027, 1, 11, 6, tzinfo=UTC)
    assert found.ends_at == datetime(2027, 6, 1, 5, 59, 59, tzinfo=UTC)
    assert found.enrollment_opens_at == MORNING
    assert found.enrollment_closes_at == datetime(2027, 1, 1, 5, 59, 59, tzinfo=UTC)
    assert (found.door, found.mode, found.capacity) == ("approval", "online", 40)
    with db.reading() as session:
        assert session.scalars(select(AuditEntry.channel)).all() == ["cli"]


def test_it_opens_once_and_refuses_what_cannot_be_taught(run):
    assert run("open", "gestion-municipal", *PLAN).exit_code == 0
    for args, said in (
        (("gestion-municipal", *PLAN), "There is already a cohort 2027-1."),
        (("no-existe", *PLAN), "There is no published programme no-existe."),
        (("gestion-municipal", *PLAN, "--key", "b", "--course", "finanzas"), "being prepared"),
        (("gestion-municipal", *PLAN, "--key", "b", "--institution", "otra"), "belongs to"),
        (("gestion-municipal", *PLAN, "--key", "b", "--ends", "2026-01-01"), "ends after"),
    ):
        done = run("open", *args)
        assert (done.exit_code, done.stdout) == (1, "")
        assert said in done.stderr


@pytest.mark.parametrize(
    "args",
    [
        ("open",),
        ("open", "gestion-municipal"),
        ("open", "gestion-municipal", *PLAN, "--starts", "11/01/2027"),
        ("open", "gestion-municipal", *PLAN, "--door", "window"),
        ("open", "gestion-municipal", *PLAN, "--capacity", "0"),
        ("open", "gestion-municipal", *PLAN, "--starts", "2027-02-30"),
        ("key",),
        ("key", "2027-1", "--until", "mañana"),
    ],
)
def test_misuse_says_how(run, args):
    done = run(*args)
    assert done.exit_code == 2
    assert "Traceback" not in done.output


def test_the_list_says_what_there_is(run, db):
    assert run("list").stdout == ""
    run("open", "gestion-municipal", *PLAN, "--capacity", "40")
    line = run("list").stdout.strip().split("\t")
    assert line[:6] == [
        "2027-1", "Gestión Municipal y Transparencia", "2027-01-11", "2027-05-31", "approval",
        "0/40",
    ]  # fmt: skip
    assert run("list", "--programme", "otro").stdout == ""


def test_a_key_is_printed_once_made(run, db):
    run("open", "gestion-municipal", *PLAN, "--door", "key")
    for name in ("2027-1", str(cohort(db).uid)):
        done = run("key", name, "--uses", "30", "--until", "2027-01-31")
        assert done.exit_code == 0, done.output
        with db.reading() as session:
            made = session.scalars(select(InvitationKey).order_by(InvitationKey.id.desc())).first()
        assert (done.stdout.strip(), made.uses_left) == (made.code, 30)
    unknown = run("key", "nada")
    assert (unknown.exit_code, unknown.stdout) == (1, "")


def test_a_key_works_as_long_as_one_may_ask_unless_it_is_said(run, db, clock):
    run("open", "gestion-municipal", *PLAN, "--enrol-until", "2026-12-31")
    assert run("key", "2027-1").exit_code == 0
    with db.reading() as session:
        assert session.scalars(select(InvitationKey.expires_on)).all() == [date(2026, 12, 31)]
    clock.advance(days=60)
    late = run("key", "2027-1")
    assert (late.exit_code, late.stdout) == (1, "")
    assert "--until" in late.stderr


def test_a_cohort_that_has_begun_is_open_to_its_end(run, db, clock):
    """Whoever names no days for asking means days on which one can still ask."""
    clock.advance(days=60)
    assert run("open", "gestion-municipal", *PLAN).exit_code == 0
    assert cohort(db).enrollment_closes_at == cohort(db).ends_at
    early = run("open", "gestion-municipal", *PLAN, "--key", "b", "--enrol-until", "2027-01-11")
    assert early.exit_code == 1
    assert "choose a later last day" in early.stderr


def test_a_name_that_two_institutions_use_is_not_guessed(run, db, world):
    run("open", "gestion-municipal", *PLAN)

    def lay(work):
        make_diploma(work, world.institutions["otra"], "otro")
        make_cohort(work, "otro", key="2027-1")

    db.perform(lay, SYSTEM)
    done = run("key", "2027-1", "--until", "2027-01-31")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "Several institutions" in done.stderr


def test_a_cohort_is_worked_out_again_in_the_background(run, db):
    """Asked for twice it is one job; a cohort that is not there is said not to be."""
    run("open", "gestion-municipal", *PLAN)
    for _ in range(2):
        done = run("recompute", "2027-1")
        assert done.exit_code == 0, done.output
    assert done.stdout == "0 people are being worked out again.\n"
    with db.reading() as session:
        job = session.scalars(select(Job).where(Job.task == "grading.recompute_cohort")).one()
    assert job.payload == {"cohort": cohort(db).id}
    assert run("recompute", "no-such").exit_code == 1
