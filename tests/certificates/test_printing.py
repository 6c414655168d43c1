"""To the printer: in print order, under good names, for whoever issues, and gone after a day."""

import io
import zipfile
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from sqlalchemy import func, select

from lms.certificates.models import Credential, PrintFile
from lms.certificates.rules.printing import KEPT, Printed, file_name, in_order, is_kept
from lms.certificates.tasks import issue_all
from lms.foundation.files.models import Blob
from lms.foundation.files.orphans import sweep
from lms.foundation.jobs.models import Job
from lms.foundation.kernel.actor import SYSTEM
from tests.certificates.actions.test_checklists import someone
from tests.certificates.conftest import URL

NAME = st.text(max_size=80)


def place(cohort: UUID, tail: str = "") -> str:
    return f"/gestion/promociones/{cohort}/constancias/impresion{tail}"


def printed(number: int, town: str, surname: str, given: str = "Eva") -> Printed:
    return Printed(
        number, "", f"IGM-CA-2026-{number:06}", f"{surname}, {given}", surname.lower(), town
    )


@pytest.mark.pure
def test_the_order_is_by_municipality_and_then_by_surname():
    rows = [
        printed(1, "Zacapa", "Ak"), printed(2, "Átiquipa", "Tum"), printed(3, "atiquipa", "Caal"),
        printed(4, "", "Xol"), printed(5, "Zacapa", "Ak"),
    ]  # fmt: skip
    assert [each.credential_id for each in in_order(rows)] == [4, 3, 2, 1, 5]
    assert in_order(reversed(rows)) == in_order(rows)


@pytest.mark.pure
def test_names_are_plain_and_say_whose_it_is():
    assert file_name(printed(7, "", "Q’eqchi’ Ñáñez", "María José")) == (
        "IGM-CA-2026-000007-q-eqchi-nanez-maria-jose.pdf"
    )
    assert file_name(printed(8, "", "", "..")) == "IGM-CA-2026-000008-.pdf"


@pytest.mark.pure
@given(NAME, NAME)
def test_any_name_makes_a_name_for_a_file(surname, first):
    made = file_name(printed(1, "", surname, first))
    assert made.startswith("IGM-CA-2026-000001-")
    assert made.endswith(".pdf")
    assert len(made) < 100
    assert not set(made) & set('/\\:*?"<>| ')


@pytest.mark.pure
def test_a_file_is_kept_for_a_day_and_replaced_when_it_is_asked_for_again(clock):
    now = clock.now
    hour = timedelta(hours=1)
    assert is_kept(now, now - hour, now + hour)
    assert not is_kept(now, now - hour, now + KEPT)
    assert not is_kept(None, now, now)
    assert not is_kept(now - hour, now, now)


@pytest.fixture
def issued(app, db, cohort, registrar, do_jobs):
    """Five documents of two towns, each with its file."""
    for first, town in (("Zet", "Cobán"), ("Ak", "Tactic"), ("Bol", "Cobán"), ("Ñol", "Cobán")):
        someone(db, cohort, first, town)
    issue_all(db, registrar, cohort, URL)
    do_jobs()


def test_bound_and_fetched_by_whoever_issues(app, db, as_person, cohort, issued, do_jobs):
    browser = as_person("registrar")
    assert browser.send(place(cohort), {"which": "0"}).status_code == 303
    assert "Comienza en un momento" in browser.get(place(cohort)).text
    do_jobs()
    page = browser.get(place(cohort)).text
    assert "PDF para imprimir" in page
    assert "no lleva firma" in page
    with db.reading() as session:
        found = session.scalars(select(PrintFile)).one()
        total = session.scalars(select(Job.progress_total).where(Job.task.endswith("print"))).one()
    assert (found.documents, found.pages, total) == (4, 8, 4)
    answer = browser.get(place(cohort, f"/{found.uid}/pdf"))
    assert answer.headers["Cache-Control"] == "private, no-store"
    sides = [page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages]
    order = ["Bol", "Ñol", "Zet", "Ak"]
    assert [next(name for name in order if f"Eva {name}" in text) for text in sides[::2]] == order
    answer = browser.get(place(cohort, f"/{found.uid}/zip"))
    with zipfile.ZipFile(io.BytesIO(answer.data)) as folder:
        assert [name.rsplit("-", 2)[1] for name in folder.namelist()] == ["bol", "nol", "zet", "ak"]
        with db.reading() as session:
            sealed = session.scalars(select(Credential.sealed_sha256)).all()
        store = app.extensions["cabildo.files"]
        kept = {store.open(each).read() for each in sealed}
        assert {folder.read(name) for name in folder.namelist()} == kept


def test_what_was_made_is_swept_after_a_day_and_made_again(
    app, db, clock, as_person, cohort, issued, do_jobs, monkeypatch
):
    browser = as_person("registrar")
    browser.send(place(cohort), {"which": "0"})
    do_jobs()
    with db.reading() as session:
        found = session.scalars(select(PrintFile)).one()
        known = select(func.count()).where(Blob.sha256.in_([found.pdf_sha256, found.zip_sha256]))
        assert session.execute(known).scalar_one() == 0
        store = app.extensions["cabildo.files"]
        sweep(session, store, clock.now + timedelta(days=9000))
    assert not store.exists(found.pdf_sha256)
    assert browser.get(place(cohort, f"/{found.uid}/pdf")).status_code == 409
    browser.send(place(cohort), {"which": "0"})
    do_jobs()
    assert browser.get(place(cohort, f"/{found.uid}/pdf")).status_code == 200


def test_nothing_to_print_is_said(as_person, cohort, graduates):
    graduates(1)
    answer = as_person("registrar").send(place(cohort), {"which": "0"})
    assert answer.status_code == 409
    assert "no hay nada que imprimir" in answer.text
    assert as_person("registrar").send(place(cohort), {"which": "9"}).status_code == 422


@pytest.mark.parametrize("name", ["administrator", "instructor", "signer"])
def test_nobody_else_has_it_made_or_fetches_it(as_person, db, cohort, issued, name):
    browser = as_person(name)
    with db.reading() as session:
        assert session.scalars(select(PrintFile)).first() is None
    assert browser.get(place(cohort)).status_code == 403
    assert browser.send(place(cohort), {"which": "0"}).status_code == 403


def test_what_no_longer_holds_is_not_printed(db, as_person, cohort, issued, do_jobs):
    def annul(work):
        work.session.scalars(select(Credential).order_by(Credential.id)).first().status = "annulled"

    db.perform(annul, SYSTEM)
    as_person("registrar").send(place(cohort), {"which": "0"})
    do_jobs()
    with db.reading() as session:
        assert session.scalars(select(PrintFile.documents)).one() == 3
