"""The registrar's page: who is ready, who is not and why, one word to issue, and nobody else."""

import io
import re
from uuid import UUID

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select

from lms.certificates.actions.issue import BATCH
from lms.certificates.actions.withdraw import Where, withdraw
from lms.certificates.formats.record import from_json
from lms.certificates.models import Credential, LogHead, Series
from lms.certificates.rules.status import Status
from lms.certificates.rules.withdrawing import Resolution
from lms.foundation.jobs.models import Job, JobState
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.ids import uuid7
from lms.foundation.keys.keyring import Keyring
from lms.foundation.keys.models import Purpose
from tests.certificates.conftest import URL
from tests.factories.certificates import complete, fill, make_taught_cohort, person_named
from tests.factories.enrollment import put_in
from tests.statements import statements


def url(cohort: UUID, tail: str = "") -> str:
    return f"/gestion/promociones/{cohort}/constancias{tail}"


def many(db) -> int:
    with db.reading() as session:
        return session.scalar(select(func.count()).select_from(Credential)) or 0


def fields(page: str) -> dict[str, str]:
    """The hidden fields of the form that issues."""
    form = page[page.index("/emitir") :]
    found = re.findall(
        r'<input[^>]* name="(\w+)"[^>]* value="([^"]*)"', form[: form.index("</form>")]
    )
    return {name: value for name, value in found if name != "csrf_token"}


def review(browser, cohort, **data):
    return browser.send(url(cohort, "/revisar"), {"which": "all"} | data)


def flashed(browser) -> str:
    with browser.session_transaction() as session:
        return " ".join(text for _tone, text in session.get("_flashes", []))


@pytest.fixture
def others(db, cohort):
    """One who has not finished, one whose name is not confirmed, one who withdrew."""

    def act(work) -> None:
        for name, state, completed, confirmed in (
            ("Pendiente", "enrolled", False, True),
            ("Callado", "enrolled", True, False),
            ("Ausente", "withdrawn", True, True),
        ):
            person = person_named(
                work, "Eva", name, None, name_confirmed_at=work.now if confirmed else None
            )
            complete(work, put_in(work, cohort, person.id, state), completed=completed)
        put_in(work, cohort, person_named(work, "Eva", "Nueva", None).id, "enrolled")

    db.perform(act, SYSTEM)


def test_it_shows_who_is_ready_and_why_the_others_are_not(as_person, cohort, graduate, others):
    graduate("learner")
    browser = as_person("registrar")
    page = browser.get(url(cohort)).text
    assert "Rosa" in page
    assert "87" in page
    assert "Pendiente" not in page
    page = browser.get(url(cohort, "?ver=no-cumplen")).text
    for name in ("Pendiente", "Callado", "Nueva"):
        assert name in page
    assert "Ausente" not in page, "who holds no seat is not counted among those of the cohort"
    assert "(3)" in page
    # On a phone each row is a card, and its cells say what they are.
    assert "table-region stacks" in page
    assert page.count('data-label="Lo que falta"') == 3
    row = page[page.index("Pendiente") :]
    assert "1 " in row[: row.index("</tr>")]  # one lesson not seen, one test not taken


def test_an_empty_cohort_says_so_on_every_list(as_person, cohort):
    browser = as_person("registrar")
    for which in ("", "?ver=no-cumplen", "?ver=emitidas", "?ver=otra-cosa", "?pagina=7"):
        assert browser.get(url(cohort, which)).status_code == 200
    assert review(browser, cohort).status_code == 409
    assert browser.get(url(cohort, "/muestra.pdf")).status_code == 409


def test_looking_numbers_nothing(as_person, db, cohort, graduates):
    graduates(12)
    page = review(as_person("registrar"), cohort).text
    assert "MUESTRA-CA-2026-000001" in page
    assert "MUESTRA-CA-2026-000012" in page
    assert fields(page)["confirmed"] == "12"
    with db.reading() as session:
        assert session.scalars(select(Series)).all() == []
        assert session.scalars(select(LogHead)).all() == []
    assert many(db) == 0


def test_where_the_keys_do_not_open_no_number_is_given(as_person, db, cohort, graduates):
    graduates(2)
    browser = as_person("registrar")
    Keyring(db, "the secret of another machine").signer(Purpose.CREDENTIAL)
    refused = review(browser, cohort)
    assert refused.status_code == 409
    assert "no se puede abrir con el secreto de esta instalación" in refused.text
    assert many(db) == 0


def test_issued_with_one_word_and_once_whatever_is_pressed(as_person, db, cohort, graduates):
    graduates(12)
    browser = as_person("registrar")
    form = fields(review(browser, cohort).text)
    first = browser.send(url(cohort, "/emitir"), form)
    assert (first.status_code, first.location) == (303, url(cohort, "?ver=emitidas"))
    assert "MUESTRA-CA-2026-000001" in flashed(browser)
    again = browser.send(url(cohort, "/emitir"), form)
    assert (again.status_code, again.location) == (303, first.location)
    assert many(db) == 12
    # Another window that was still open on the old question.
    late = browser.send(url(cohort, "/emitir"), form | {"form_key": "another"})
    assert late.status_code == 409
    assert many(db) == 12


def test_what_was_issued_is_listed_and_becomes_a_file(as_person, db, cohort, graduates, do_jobs):
    graduates(3)
    browser = as_person("registrar")
    browser.send(url(cohort, "/emitir"), fields(review(browser, cohort).text))
    page = browser.get(url(cohort, "?ver=emitidas")).text
    assert "MUESTRA-CA-2026-000003" in page
    assert "<progress" in page
    assert ".pdf" not in page
    do_jobs()
    page = browser.get(url(cohort, "?ver=emitidas")).text
    assert "<progress" not in page
    [first, *_] = re.findall(r'href="(/gestion/[^"]+\.pdf)"', page)
    document = browser.get(first)
    assert document.mimetype == "application/pdf"
    assert "Ana" in PdfReader(io.BytesIO(document.data)).pages[0].extract_text()


def test_only_those_ticked(as_person, db, cohort, graduates):
    graduates(3)
    browser = as_person("registrar")
    values = re.findall(r'name="who" value="([^"]+)"', browser.get(url(cohort)).text)
    assert len(values) == 3
    page = review(browser, cohort, which="chosen", who=values[1]).text
    form = fields(page)
    assert (form["confirmed"], form["which"], form["who"]) == ("1", "chosen", values[1])
    assert browser.send(url(cohort, "/emitir"), form).status_code == 303
    with db.reading() as session:
        record = session.scalars(select(Credential.record)).one()
    assert "Cojtí001" in record


def test_nobody_ticked_nonsense_and_a_form_without_its_word(as_person, db, cohort, graduates):
    graduates(2)
    browser = as_person("registrar")
    assert review(browser, cohort, which="chosen").status_code == 422
    assert review(browser, cohort, which="chosen", who="x").status_code == 422
    assert review(browser, cohort, which="chosen", who=f"{uuid7()}.x").status_code == 409
    assert browser.send(url(cohort, "/emitir"), {}).status_code == 422
    assert browser.send(url(cohort, "/emitir"), {"confirmed": "2", "which": "x"}).status_code == 422
    assert many(db) == 0


def test_who_qualified_meanwhile_is_looked_at_before_it_is_issued(as_person, db, cohort, graduates):
    graduates(2)
    browser = as_person("registrar")
    form = fields(review(browser, cohort).text)
    db.perform(fill, SYSTEM, cohort, 1, "Beatriz")
    refused = browser.send(url(cohort, "/emitir"), form)
    assert refused.status_code == 409
    assert many(db) == 0


def test_a_large_cohort_is_issued_in_the_background(as_person, db, cohort, graduates, do_jobs):
    graduates(BATCH + 2)
    browser = as_person("registrar")
    form = fields(review(browser, cohort).text)
    assert browser.send(url(cohort, "/emitir"), form).status_code == 303
    assert many(db) == 0
    page = browser.get(url(cohort)).text
    assert 'class="notice info"' in page  # it is under way
    assert "/revisar" not in page  # and cannot be asked for twice
    do_jobs()
    assert many(db) == BATCH + 2
    page = browser.get(url(cohort, "?ver=emitidas")).text
    assert 'class="notice info"' not in page


def test_a_batch_that_stopped_can_be_asked_for_again(as_person, db, cohort, graduates, do_jobs):
    graduates(BATCH + 2)
    browser = as_person("registrar")
    browser.send(url(cohort, "/emitir"), fields(review(browser, cohort).text))

    def stop(work) -> None:
        work.session.scalars(select(Job)).one().state = JobState.FAILED

    db.perform(stop, SYSTEM)
    assert 'class="notice bad"' in browser.get(url(cohort)).text
    form = fields(review(browser, cohort).text)
    assert browser.send(url(cohort, "/emitir"), form).status_code == 303
    do_jobs()
    assert many(db) == BATCH + 2


def test_a_document_that_cannot_be_made_is_told_to_the_registrar(
    as_person, db, cohort, graduates, issue_to_all, do_jobs
):
    """The disk was full for hours; when there is room again, one word makes the files."""
    graduates(1)
    issue_to_all()

    def fail(work) -> None:
        job = work.session.scalars(select(Job).where(Job.task == "certificates.seal")).one()
        job.state, job.last_error = JobState.FAILED, "OSError: No space left on device"

    db.perform(fail, SYSTEM)
    browser = as_person("registrar")
    page = browser.get(url(cohort, "?ver=emitidas")).text
    assert "No queda espacio en el disco." in page
    assert "No space left" not in page, "what a program wrote is for the log"
    assert url(cohort, "/sellar") in page
    assert browser.send(url(cohort, "/sellar"), {"form_key": "k"}).status_code == 303
    do_jobs()
    page = browser.get(url(cohort, "?ver=emitidas")).text
    assert "No queda espacio en el disco." not in page
    assert ".pdf" in page


def test_a_name_that_cannot_be_printed_is_named_before_and_after(as_person, db, cohort, graduate):
    def act(work) -> None:
        person = person_named(work, "中", "Pérez", None)
        complete(work, put_in(work, cohort, person.id, "completed"))

    db.perform(act, SYSTEM)
    browser = as_person("registrar")
    alone = review(browser, cohort)
    assert alone.status_code == 409
    assert "中 Pérez" in alone.text
    graduate("learner")
    page = review(browser, cohort).text
    assert "中 Pérez" in page
    form = fields(page)
    assert form["confirmed"] == "1"
    browser.send(url(cohort, "/emitir"), form)
    assert "中" in flashed(browser)
    assert many(db) == 1


def test_whoever_gets_another_after_an_annulment_is_named(
    as_person, db, cohort, graduates, issue_to_all, registrar
):
    graduates(2)
    issue_to_all()
    with db.reading() as session:
        first = session.scalars(select(Credential).order_by(Credential.number)).first()
        name = from_json(first.record).holder.full_name
    today = db.clock().date()
    error = Resolution("RES-9-2026", "Consejo Directivo", today, "La nota era de otra persona.")
    db.perform(withdraw, registrar, Where(cohort, first.uid, URL), Status.ANNULLED, error)
    browser = as_person("registrar")
    page = browser.get(url(cohort)).text
    assert "La anterior fue anulada" in page
    form = review(browser, cohort).text
    assert "Se emite de nuevo después de una anulación" in form
    assert form.count(name.replace("'", "&#39;")) == 2
    done = browser.send(url(cohort, "/emitir"), fields(form))
    assert done.status_code == 303
    assert "La anterior fue anulada" not in browser.get(url(cohort)).text


def test_the_sample_bears_the_longest_name_and_is_marked(as_person, db, cohort, graduates):
    graduates(2)

    def act(work) -> None:
        person = person_named(work, "María del Rosario Guadalupe", "Q'eqchi' Xiloj", "Hernández")
        complete(work, put_in(work, cohort, person.id, "completed"))

    db.perform(act, SYSTEM)
    shown = as_person("registrar").get(url(cohort, "/muestra.pdf"))
    assert (shown.status_code, shown.mimetype) == (200, "application/pdf")
    text = PdfReader(io.BytesIO(shown.data)).pages[0].extract_text()
    assert "Guadalupe" in text
    assert "MUESTRA-CA-2026-000000" in text
    assert many(db) == 0


@pytest.mark.parametrize("who", ["instructor", "tutor", "signer", "help_desk", "administrator"])
def test_staff_without_the_grant_may_not(as_person, db, cohort, graduates, who):
    graduates(1)
    browser = as_person(who)
    assert browser.get(url(cohort)).status_code == 403
    assert browser.get(url(cohort, "/muestra.pdf")).status_code == 403
    assert review(browser, cohort).status_code == 403
    form = {"confirmed": "1", "which": "all"}
    assert browser.send(url(cohort, "/emitir"), form).status_code == 403
    assert many(db) == 0


@pytest.mark.parametrize("who", ["learner", "otra-registrar", "otra-administrator"])
def test_for_everybody_else_it_does_not_exist(as_person, db, cohort, graduate, who):
    graduate("learner")
    browser = as_person(who)
    assert browser.get(url(cohort)).status_code == 404
    form = {"confirmed": "1", "which": "all"}
    assert browser.send(url(cohort, "/emitir"), form).status_code == 404
    assert many(db) == 0


def test_visitors_sign_in_first(visitor, cohort):
    assert visitor.get(url(cohort)).status_code == 302
    assert visitor.send(url(cohort, "/emitir"), {}).status_code == 401


def test_staff_who_see_the_cohort_open_its_documents_and_no_other(
    as_person, db, world, cohort, graduate, issue_to_all, do_jobs
):
    graduate("learner")
    issue_to_all()
    do_jobs()
    with db.reading() as session:
        uid = session.scalars(select(Credential.uid)).one()

    def other(work):
        return make_taught_cohort(work, world.institutions["otra"], "otro-diploma").uid

    there = db.perform(other, SYSTEM)
    for who, status in (
        ("registrar", 200),
        ("instructor", 200),
        ("signer", 403),
        ("learner2", 404),
        ("otra-registrar", 404),
    ):
        assert as_person(who).get(url(cohort, f"/{uid}.pdf")).status_code == status, who
    assert as_person("otra-registrar").get(url(there, f"/{uid}.pdf")).status_code == 404


def test_the_page_costs_the_same_however_many_there_are(
    as_person, db, cohort, graduates, issue_to_all, world
):
    graduates(3)
    browser = as_person("registrar")
    browser.get(url(cohort))  # what the site remembers
    issue_to_all()
    db.perform(fill, SYSTEM, cohort, 55, "Beatriz")
    for which in ("", "?pagina=2", "?ver=no-cumplen", "?ver=emitidas"):
        with statements(db.engine) as seen:
            assert browser.get(url(cohort, which)).status_code == 200
        assert len(seen) <= 8, seen
