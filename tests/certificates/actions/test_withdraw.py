"""Acts on documents: each once, seen for ever, told to the holder, proved by the register."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from lms.certificates.actions.withdraw import Where, correct, withdraw
from lms.certificates.formats import act as acts
from lms.certificates.formats.note import proves
from lms.certificates.formats.parts import Holder
from lms.certificates.formats.record import from_json
from lms.certificates.models import Credential, LogHead, StatusChange
from lms.certificates.queries import acts as queries
from lms.certificates.queries import audit, register
from lms.certificates.queries.candidates import qualifying
from lms.certificates.queries.prepare import prepare
from lms.certificates.rules.status import Status
from lms.certificates.rules.withdrawing import Resolution
from lms.foundation.kernel.errors import Conflict, Invalid, NotFound, Refused
from lms.foundation.kernel.ids import uuid7
from lms.foundation.keys.models import Purpose
from lms.foundation.keys.queries import published
from lms.foundation.mail.models import Notice
from tests.certificates.conftest import URL

NEW = Holder("Rosa María", "Q'eqchi'", "Ñáñez")


@pytest.fixture
def issued(db, graduate, issue_to_all, do_jobs) -> Credential:
    graduate("learner")
    issue_to_all()
    do_jobs()
    with db.reading() as session:
        return session.scalars(select(Credential)).one()


@pytest.fixture
def where(cohort, issued) -> Where:
    return Where(cohort, issued.uid, URL)


@pytest.fixture
def resolution(db) -> Resolution:
    today = db.clock().date()
    return Resolution(
        "RES-12-2026", "Consejo Directivo", today, "Copió el trabajo.", today - timedelta(days=9)
    )


def all_of(db, table=Credential):
    with db.reading() as session:
        return session.scalars(select(table).order_by(table.id)).all()


def agrees(db) -> audit.Checked:
    with db.reading() as session:
        publics = [each.public for each in published(session, Purpose.LOG)]
        return audit.check(session, publics)


@pytest.mark.parametrize("act", [Status.ANNULLED, Status.REVOKED])
def test_it_is_done_once_seen_for_ever_and_told(
    db, registrar, where, resolution, do_jobs, world, act
):
    number = db.perform(withdraw, registrar, where, act, resolution)
    do_jobs()
    [made] = all_of(db)
    [change] = all_of(db, StatusChange)
    assert (made.status, change.act) == (act, act)
    assert from_json(made.record).number == number
    assert made.sealed_sha256
    with db.reading() as session:
        [edition] = queries.editions(session, made.code)
        told = session.scalars(select(Notice).order_by(Notice.id.desc())).first()
        proof = register.proof_of(session, change.salt, change.leaf_index)
    assert edition.change.resolution == "RES-12-2026"
    assert not hasattr(edition.change, "reason")
    assert (told.person_id, told.template) == (
        world.people["learner"], f"certificates/{act.value}",
    )  # fmt: skip
    assert "Copió" not in str(told.__dict__)
    assert "Copió" not in change.record
    assert "Rosa" not in change.record
    assert proves(proof, bytes.fromhex(acts.leaf(change.salt, change.record.encode())))
    with pytest.raises(Refused):
        db.perform(withdraw, registrar, where, act, resolution)
    assert agrees(db) == audit.Checked(2, 2)


def test_a_corrected_edition_supersedes_the_old_one_under_its_number(
    db, registrar, where, resolution, do_jobs
):
    new = db.perform(correct, registrar, where, NEW, resolution)
    do_jobs()
    old, made = all_of(db)
    assert made.uid == new
    assert (old.status, made.status) == (Status.SUPERSEDED, Status.VALID)
    before, after = from_json(old.record), from_json(made.record)
    assert (after.number, after.series) == (before.number, before.series)
    assert (before.edition, after.edition) == (1, 2)
    assert after.holder == NEW
    assert after.code != before.code
    assert after.code in after.verify_url
    assert made.sealed_sha256 not in {None, old.sealed_sha256}
    with db.reading() as session:
        first, second = queries.editions(session, made.code)
        head = session.scalars(select(LogHead)).one()
    assert (first.change.act, second.change) == ("superseded", None)
    assert head.size == 3
    assert agrees(db).wrong is None


def test_what_was_annulled_may_be_issued_anew_under_a_new_number(
    db, cohort, registrar, where, resolution, issue_to_all
):
    with db.reading() as session:
        assert qualifying(session, session.scalars(select(Credential.cohort_id)).one()) == []
    db.perform(withdraw, registrar, where, Status.ANNULLED, resolution)
    with db.reading() as session:
        (again,) = prepare(session, cohort, URL, db.clock()).ready
    assert again.annulled
    issue_to_all()
    issue_to_all()
    old, new = all_of(db)
    assert (old.status, new.status) == (Status.ANNULLED, Status.VALID)
    assert (new.number, new.edition) == (old.number + 1, 1)
    assert agrees(db).wrong is None


def test_in_place_of_what_was_revoked_nothing_is_issued(
    db, cohort, registrar, where, resolution, issue_to_all
):
    db.perform(withdraw, registrar, where, Status.REVOKED, resolution)
    issue_to_all()
    assert len(all_of(db)) == 1


def test_an_edition_that_was_annulled_may_be_issued_anew(
    db, cohort, registrar, where, resolution, issue_to_all
):
    new = db.perform(correct, registrar, where, NEW, resolution)
    db.perform(withdraw, registrar, replace(where, credential=new), Status.ANNULLED, resolution)
    issue_to_all()
    assert [each.status for each in all_of(db)] == ["superseded", "annulled", "valid"]


def test_at_most_one_holds_whoever_writes(db, registrar, where, resolution, issue_to_all):
    db.perform(withdraw, registrar, where, Status.ANNULLED, resolution)
    issue_to_all()

    def both(work) -> None:
        work.session.execute(update(Credential).values(status="valid"))

    with pytest.raises(Conflict):
        db.perform(both, registrar)


def test_nothing_is_corrected_into_the_same_name(db, registrar, where, resolution, issued):
    with pytest.raises(Invalid):
        db.perform(correct, registrar, where, from_json(issued.record).holder, resolution)
    assert len(all_of(db)) == 1


def test_a_document_of_another_cohort_is_not_there(db, registrar, where, resolution):
    elsewhere = Where(where.cohort, uuid7(), URL)
    with pytest.raises(NotFound):
        db.perform(withdraw, registrar, elsewhere, Status.ANNULLED, resolution)
    assert len(all_of(db, StatusChange)) == 0


@pytest.mark.parametrize(
    ("table", "values", "named"),
    [
        (Credential, {"record": "{}"}, "not the one that was registered"),
        (Credential, {"status": "valid"}, "state of"),
        (StatusChange, {"record": "{}"}, "not the one that was registered"),
        (StatusChange, {"leaf_index": 7}, "gone"),
        (LogHead, {"size": 9}, "counts"),
    ],
)
def test_the_register_names_the_first_row_that_disagrees(
    db, registrar, where, resolution, do_jobs, table, values, named
):
    db.perform(withdraw, registrar, where, Status.ANNULLED, resolution)
    do_jobs()

    def tamper(work) -> None:
        for row in work.session.scalars(select(table)):
            for name, value in values.items():
                setattr(row, name, value)

    db.perform(tamper, registrar)
    assert named in agrees(db).wrong.message
