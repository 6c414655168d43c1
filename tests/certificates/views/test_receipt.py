"""The receipt of a verification: dated, true of its moment, and no document of the register."""

import io
import re

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select

from lms.certificates.actions.withdraw import Where, withdraw
from lms.certificates.formats.note import read_checkpoint
from lms.certificates.formats.record import from_json
from lms.certificates.models import Credential, LogEntry
from lms.certificates.queries import register
from lms.certificates.rules.status import Status
from lms.certificates.rules.withdrawing import Resolution
from tests.certificates.conftest import URL
from tests.statements import statements


@pytest.fixture
def issued(db, graduate, issue_to_all, do_jobs) -> Credential:
    graduate("learner")
    issue_to_all()
    do_jobs()
    with db.reading() as session:
        return session.scalars(select(Credential)).one()


def words(answer) -> str:
    assert answer.mimetype == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.data)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def test_it_says_what_was_verified_when_and_how_it_stood(visitor, db, issued):
    said = words(visitor.get(f"/v/{issued.code}/constancia.pdf"))
    record = from_json(issued.record)
    with db.reading() as session:
        head = read_checkpoint(register.latest(session))
    for text in (
        "Constancia de verificación",
        "El 23 de noviembre de 2026 a las 10:42 (hora de Guatemala)",
        "Vigente",
        record.holder.full_name,
        record.number,
        f"Libro de registro Libro {record.book}, folio {record.folio}",
        "24 horas",
        issued.code,
        head.root.hex(),
        f"{URL}/v/{issued.code}",
        "No lleva firma electrónica ni número",
    ):
        assert text in said, text
    assert "SHA-256" not in said


def test_the_file_is_named_by_its_hash_and_compared(visitor, issued):
    address = f"/v/{issued.code}/constancia.pdf?sha256="
    said = words(visitor.get(address + issued.sealed_sha256))
    assert issued.sealed_sha256 in said
    assert "Es el archivo que se emitió" in said
    assert "Es el archivo que se emitió" in words(visitor.get(address + issued.vc_sha256))
    other = "0" * 64
    said = words(visitor.get(address + other))
    assert other in said
    assert "NO es el archivo que se emitió" in said
    for nothing in ("", "x" * 64, "0" * 63, issued.sealed_sha256.upper()):
        assert "SHA-256" not in words(visitor.get(address + nothing))


def test_it_is_offered_with_the_file_that_was_brought(app, visitor, issued):
    with app.extensions["cabildo.files"].open(issued.sealed_sha256) as file:
        content = file.read()
    answer = visitor.send("/verificar", {"file": (io.BytesIO(content), "d.pdf")})
    assert f"/v/{issued.code}/constancia.pdf?sha256={issued.sealed_sha256}" in answer.text


def test_one_that_was_annulled_is_said_to_be_so(visitor, db, cohort, registrar, issued):
    resolution = Resolution("RES-7", "Consejo Directivo", db.clock().date(), "Un motivo privado.")
    db.perform(withdraw, registrar, Where(cohort, issued.uid, URL), Status.ANNULLED, resolution)
    said = words(visitor.get(f"/v/{issued.code}/constancia.pdf"))
    assert "Anulado" in said
    assert "RES-7, Consejo Directivo" in said
    assert "Vigente" not in said
    assert "privado" not in said


def test_nothing_is_registered_by_it_and_it_is_archival(visitor, db, issued):
    visitor.get(f"/v/{issued.code}/constancia.pdf")
    with statements(db.engine) as seen:
        answer = visitor.get(f"/v/{issued.code}/constancia.pdf")
    assert len(seen) <= 6, seen
    assert visitor.get(f"/v/{issued.code}/constancia.pdf").data == answer.data
    with db.reading() as session:
        assert session.scalar(select(func.count()).select_from(LogEntry)) == 1
    about = PdfReader(io.BytesIO(answer.data)).trailer["/Root"]["/Metadata"].get_object().get_data()
    assert b"pdfuaid:part>1<" in about
    assert b"pdfaid:conformance>A<" in about
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_in_english_and_for_nobody(visitor, issued):
    assert visitor.get("/v/AAAA-BBBB-CCCC/constancia.pdf").status_code == 404
    visitor.get("/idioma/en")
    said = words(visitor.get(f"/v/{issued.code}/constancia.pdf"))
    assert "Receipt of verification" in said
    assert "24 hours" in said
