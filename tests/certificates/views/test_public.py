"""Verification by anyone: the truth of the register, whatever became of course and account."""

import io
import json
import re
import secrets
from dataclasses import replace
from hashlib import sha256

import pytest
from sqlalchemy import delete, select

from lms.certificates.formats import pdf
from lms.certificates.formats.note import proves, read_proof
from lms.certificates.formats.record import from_json
from lms.certificates.models import Credential
from lms.enrollment.models import Enrollment
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.mail.models import Letter, Notice
from lms.grading.models import CourseResult
from lms.people.models import Identifier, LoginSession, Person, Post
from lms.people.models.words import PersonWord
from tests.statements import statements


@pytest.fixture
def issued(db, graduate, issue_to_all):
    graduate("learner")
    issue_to_all()
    return the_one(db)


def the_one(db) -> Credential:
    with db.reading() as session:
        return session.scalars(select(Credential)).one()


def test_each_button_of_the_page_has_a_name_of_its_own(visitor):
    page = visitor.get("/verificar").text
    buttons = re.findall(r"<button[^>]*>(.*?)</button>", page, re.S)
    names = [" ".join(re.sub(r"<[^>]*>", " ", each).split()) for each in buttons]
    asking = [each for each in names if each in ("Verificar", "Examinar")]
    assert asking == ["Verificar", "Examinar"]


def file_of(app, credential) -> bytes:
    with app.extensions["cabildo.files"].open(credential.sealed_sha256) as file:
        return file.read()


def upload(browser, code: str, content: bytes):
    return browser.send(
        f"/v/{code}", {"pdf": (io.BytesIO(content), "constancia.pdf", "application/pdf")}
    )


def shown(page) -> str:
    for tone in ("good", "bad", "info"):
        if f'class="notice {tone}"' in page.text:
            return tone
    return ""


def test_the_page_says_what_the_paper_says(visitor, issued):
    page = visitor.get(f"/v/{issued.code}")
    assert page.status_code == 200
    record = from_json(issued.record)
    for text in (
        record.holder.full_name,
        "Transparencia",
        "Gestión Municipal y Transparencia",
        "Instituto de Gobierno Municipal",
        "24 horas",
        "del 16 de junio al 16 de noviembre de 2026",
        "87 de 100 (mínima: 61)",
        "Ciudad de Guatemala, 23 de noviembre de 2026",
        "Mtra. Verónica Ibáñez",
        "MUESTRA-CA-2026-000001",
        issued.code,
    ):
        assert text in page.text, text
    assert 'name="robots" content="noindex"' in page.text
    assert page.headers["X-Robots-Tag"] == "noindex"


def test_a_reader_in_english_finds_no_spanish_heading(visitor, issued):
    """What the document says keeps its words; what the page says of it is in one's language."""
    visitor.get("/idioma/en")
    page = visitor.get(f"/v/{issued.code}")
    for text in (
        *("Duration", "24 hours", "Period", "June 16 to November 16, 2026", "Online"),
        *("Grade", "87 of 100 (pass mark: 61)", "Ciudad de Guatemala, November 23, 2026"),
    ):
        assert text in page.text, text
    for text in ("Duración", "horas", "Periodo", "Modalidad", "Nota<", "mínima", "noviembre"):
        assert text not in page.text, text


def test_machines_read_the_same_record(visitor, issued, do_jobs, db):
    do_jobs()
    answer = visitor.get(f"/v/{issued.code}.json")
    told = answer.get_json()
    assert told["status"] == "valid"
    assert told["record"] == json.loads(issued.record)
    assert told["sealed_sha256"] == the_one(db).sealed_sha256
    assert told["signature"]["kind"] == "own"
    assert told["editions"] == [{"code": issued.code, "edition": 1, "status": "valid"}]
    assert told["act"] is None
    entry = bytes.fromhex(issued.leaf)
    assert proves(read_proof(told["proof"]), entry)
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert visitor.get("/v/XXXX-XXXX-XXXX.json").status_code == 404


def test_a_grade_that_is_not_printed_is_not_shown(visitor, db, world, cohort, issue_to_all):
    from tests.factories.certificates import complete
    from tests.factories.enrollment import put_in

    def act(work) -> None:
        complete(work, put_in(work, cohort, world.people["learner"], "completed"), None)

    db.perform(act, SYSTEM)
    issue_to_all()
    assert "de 100" not in visitor.get(f"/v/{the_one(db).code}").text


@pytest.mark.parametrize(
    "typed", ["{code}", "  {lower} ", "{bare}", "http://localhost/v/{code}", "{spaced}"]
)
def test_the_code_as_people_type_it(visitor, issued, typed):
    code = issued.code
    text = typed.format(
        code=code,
        lower=code.lower(),
        bare=code.replace("-", "").lower(),
        spaced=code.replace("-", " "),
    )
    answer = visitor.get("/verificar", query_string={"codigo": text})
    assert (answer.status_code, answer.location) == (303, f"/v/{code}")
    answer = visitor.get(f"/v/{code.replace('-', '').lower()}")
    assert (answer.status_code, answer.location) == (303, f"/v/{code}")


def test_the_form_without_a_code(visitor, issued):
    assert visitor.get("/verificar").status_code == 200
    assert "codigo-error" in visitor.get("/verificar?codigo=%20-").text


@pytest.mark.parametrize(
    "typed", ["{number}", " {lower} ", "MUESTRA CA 2026 000001", "2026-1", "{number}."]
)
def test_the_register_number_is_explained_and_finds_nobody(visitor, issued, typed):
    """It is printed larger than the code; but numbers follow one another."""
    number = from_json(issued.record).number
    text = typed.format(number=number, lower=number.lower())
    answer = visitor.get("/verificar", query_string={"codigo": text})
    assert answer.status_code == 200
    assert "Ese es el número de registro" in answer.text
    assert text.strip() in answer.text
    assert "codigo-error" in answer.text
    assert "Rosa" not in answer.text


@pytest.mark.parametrize("code", ["K7QX-9M3P-4RTD", "-", "ñ", "MUESTRA-CA-2026-000001", "x" * 300])
def test_a_code_nobody_has_gets_a_page_with_help(visitor, issued, code):
    answer = visitor.get(f"/v/{code}", follow_redirects=True)
    assert answer.status_code == 404
    assert 'name="codigo"' in answer.text
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_nothing_lists_people(visitor, issued):
    assert "Rosa" not in visitor.get("/verificar").text
    assert visitor.get("/v").status_code == 404
    assert visitor.get("/v/").status_code == 404


def test_whoever_guesses_is_stopped_and_others_are_not(visitor, app, issued, clock):
    for number in range(30):
        assert visitor.get(f"/v/AAAA-{number:04}-AAAA").status_code == 404
    stopped = visitor.get("/v/AAAA-AAAA-AAAA")
    assert stopped.status_code == 429
    assert int(stopped.headers["Retry-After"]) > 0
    assert visitor.get(f"/v/{issued.code}").status_code == 429
    assert visitor.get(f"/v/{issued.code}.json").status_code == 429
    elsewhere = {"REMOTE_ADDR": "203.0.113.9"}
    assert visitor.get(f"/v/{issued.code}", environ_overrides=elsewhere).status_code == 200
    clock.advance(minutes=15)
    assert visitor.get(f"/v/{issued.code}").status_code == 200


def test_whoever_scans_true_codes_is_never_stopped(visitor, issued):
    for _ in range(35):
        assert visitor.get(f"/v/{issued.code}").status_code == 200


def test_the_very_file_is_recognised(app, visitor, db, issued, do_jobs):
    do_jobs()
    content = file_of(app, the_one(db))
    answer = upload(visitor, issued.code, content)
    assert (answer.status_code, shown(answer)) == (200, "good")


def test_an_altered_file_is_exposed(app, visitor, db, issued, do_jobs):
    """A forger prints another name on the same form, or changes one byte."""
    do_jobs()
    content = file_of(app, the_one(db))
    record = from_json(issued.record)
    forged = pdf.render(replace(record, holder=replace(record.holder, given_names="Ricardo")))
    for altered in (forged, content + b"\n", content.replace(b"%PDF-1", b"%PDF-2", 1), b"%PDF-"):
        answer = upload(visitor, issued.code, altered)
        assert (answer.status_code, shown(answer)) == (200, "bad")
        assert record.holder.full_name in answer.text  # the truth stands beside it
        told = answer.text.partition('id="told"')[2].partition("</section>")[0]
        assert ("Ricardo" in told) == (altered is forged)
        assert (record.number in told) == (altered == b"%PDF-")  # the rest of it is as issued


def test_before_it_is_sealed_nothing_can_be_compared(visitor, issued):
    answer = upload(visitor, issued.code, b"%PDF-1.7")
    assert (answer.status_code, shown(answer)) == (200, "info")


def test_the_file_of_another_document_is_not_this_one(
    app, visitor, db, cohort, graduate, issued, issue_to_all, do_jobs
):
    graduate("learner2")
    issue_to_all()
    do_jobs()
    with db.reading() as session:
        first, second = session.scalars(select(Credential).order_by(Credential.leaf_index))
    assert shown(upload(visitor, first.code, file_of(app, second))) == "bad"


def test_uploads_that_are_nothing_too_large_or_not_ours(app, visitor, issued, do_jobs):
    do_jobs()
    assert visitor.send(f"/v/{issued.code}", {}).status_code == 422
    assert upload(visitor, issued.code, b"").status_code == 422
    assert upload(visitor, issued.code, b"%PDF-" + bytes(5_000_001)).status_code == 422
    for other in (secrets.token_bytes(5_000), b"\x89PNG\r\n\x1a\n" + bytes(500), b"hola"):
        answer = upload(visitor, issued.code, other)
        assert (answer.status_code, shown(answer)) == (422, "")
        assert "no es un PDF" in answer.text
    assert upload(visitor, "AAAA-AAAA-AAAA", b"%PDF-").status_code == 404
    # Without the token of the page it is nobody's form.
    assert visitor.post(f"/v/{issued.code}", data={}).status_code == 400


def test_the_uploaded_file_is_not_kept(app, visitor, issued, do_jobs):
    do_jobs()
    content = b"%PDF-1.7 something private"
    upload(visitor, issued.code, content)
    store = app.extensions["cabildo.files"]
    assert not store.exists(sha256(content).hexdigest())


def test_it_outlives_the_course_and_the_account(app, visitor, db, world, issued, do_jobs):
    do_jobs()
    content = file_of(app, the_one(db))

    def forget(work) -> None:
        person = world.people["learner"]
        for table in (CourseResult, Enrollment):
            work.session.execute(delete(table))
        for table in (Notice, Letter, Identifier, LoginSession, PersonWord, Post):
            work.session.execute(delete(table).where(table.person_id == person))
        work.session.execute(delete(Person).where(Person.id == person))

    db.perform(forget, SYSTEM)
    page = visitor.get(f"/v/{issued.code}")
    assert page.status_code == 200
    assert from_json(issued.record).holder.full_name in page.text
    assert visitor.get(f"/v/{issued.code}.json").get_json()["record"] == json.loads(issued.record)
    assert shown(upload(visitor, issued.code, content)) == "good"


def test_a_sample_is_called_one(visitor, issued, db):
    assert 'class="notice warn"' in visitor.get(f"/v/{issued.code}").text


def test_it_costs_few_statements(visitor, db, issued):
    visitor.get(f"/v/{issued.code}")
    with statements(db.engine) as seen:
        visitor.get(f"/v/{issued.code}")
    assert len(seen) <= 4, seen
