"""Sealing: the bytes are kept once, the holder is told once, whatever is repeated."""

import io
from email import message_from_bytes, policy
from hashlib import sha256

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from lms.certificates.actions.seal import seal
from lms.certificates.formats import pdf
from lms.certificates.models import Credential
from lms.certificates.tasks import Press, seal_one
from lms.foundation.audit.models import AuditEntry
from lms.foundation.files.actions import keep
from lms.foundation.files.models import Blob
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.errors import NotFound
from lms.foundation.kernel.ids import uuid7
from lms.foundation.keys.keyring import Keyring
from lms.foundation.mail.models import Letter, Notice
from lms.people.models import Person


def the_one(db) -> Credential:
    with db.reading() as session:
        return session.scalars(select(Credential)).one()


@pytest.fixture
def store(app):
    return app.extensions["cabildo.files"]


@pytest.fixture
def press(db, store):
    return Press(Keyring(db, "secret"), store, "http://localhost")


def test_the_document_is_kept_and_its_hash_with_it(db, store, graduate, issue_to_all, do_jobs):
    graduate("learner")
    issue_to_all()
    assert the_one(db).sealed_sha256 is None
    do_jobs()
    made = the_one(db)
    with store.open(made.sealed_sha256) as file:
        content = file.read()
    assert sha256(content).hexdigest() == made.sealed_sha256
    [attached] = PdfReader(io.BytesIO(content)).attachments[pdf.ATTACHMENT]
    assert attached == made.record.encode()
    assert made.sealed_at is not None
    with db.reading() as session:
        assert session.get_one(Blob, made.sealed_sha256).media_type == "application/pdf"


def test_sealed_again_it_stays_what_it_was(
    db, store, press, graduate, issue_to_all, do_jobs, clock
):
    graduate("learner")
    issue_to_all()
    do_jobs()
    before = the_one(db)
    clock.advance(days=1)
    assert seal_one(press, before.uid) is False
    other = keep(store, b"%PDF-1.7 a later layout")
    assert db.perform(seal, SYSTEM, before.uid, other, other, "0" * 16) is False
    after = the_one(db)
    assert (after.sealed_sha256, after.sealed_at) == (before.sealed_sha256, before.sealed_at)
    with db.reading() as session:
        assert len(session.scalars(select(Notice)).all()) == 1
        deeds = session.scalars(select(AuditEntry).where(AuditEntry.deed == "credential.sealed"))
        assert len(deeds.all()) == 1


def test_what_does_not_exist_is_not_sealed(db, store, press):
    assert seal_one(press, uuid7()) is False
    nobody = keep(store, b"%PDF-1.7 of nobody")
    with pytest.raises(NotFound):
        db.perform(seal, SYSTEM, uuid7(), nobody, nobody, "0" * 16)


def test_the_holder_is_told_when_the_file_is_ready(
    db, place, graduate, issue_to_all, do_jobs, world
):
    graduate("learner")
    issue_to_all()
    with db.reading() as session:
        assert session.scalars(select(Notice)).all() == []
    do_jobs()
    made = the_one(db)
    with db.reading() as session:
        notice = session.scalars(select(Notice)).one()
        assert (notice.person_id, notice.template) == (
            world.people["learner"],
            "certificates/issued",
        )
        assert notice.link == f"/constancias/{made.uid}.pdf"
        assert session.scalars(select(Letter)).one().state == "sent"
    [path] = (place.folder / "mail").glob("*.eml")
    letter = message_from_bytes(path.read_bytes(), policy=policy.default)
    text = letter.get_body(("plain",)).get_content()
    assert letter["To"] == "learner@example.org"
    assert "MUESTRA-CA-2026-000001" in text
    assert f"http://localhost/constancias/{made.uid}.pdf" in text


def test_an_account_deleted_before_sealing_leaves_the_document_whole(
    db, press, cohort, issue_to_all
):
    from lms.enrollment.models import Enrollment
    from lms.grading.models import CourseResult
    from tests.factories.certificates import fill

    [person_id] = db.perform(fill, SYSTEM, cohort, 1)
    issue_to_all()

    def forget(work) -> None:
        for table in (CourseResult, Enrollment):
            for row in work.session.scalars(select(table)):
                work.session.delete(row)
            work.session.flush()
        work.session.delete(work.session.get_one(Person, person_id))

    db.perform(forget, SYSTEM)
    assert seal_one(press, the_one(db).uid) is True
    assert the_one(db).sealed_sha256
