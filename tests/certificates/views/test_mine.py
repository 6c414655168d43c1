"""My documents: mine to open, known by their hash, and nobody else's."""

import pytest
from sqlalchemy import select

from lms.certificates.models import Credential
from lms.foundation.kernel.ids import uuid7
from tests.statements import statements


@pytest.fixture
def uid(db, graduate, issue_to_all):
    graduate("learner")
    issue_to_all()
    with db.reading() as session:
        return session.scalars(select(Credential.uid)).one()


def test_nothing_yet(as_person):
    assert as_person("learner").get("/constancias").status_code == 200


def test_listed_and_opened(as_person, uid, do_jobs, db):
    browser = as_person("learner")
    page = browser.get("/constancias").text
    assert "MUESTRA-CA-2026-000001" in page
    do_jobs()
    page = browser.get("/constancias").text
    assert f"/constancias/{uid}.pdf" in page
    assert " kB" in page
    document = browser.get(f"/constancias/{uid}.pdf")
    assert document.status_code == 200
    assert document.data.startswith(b"%PDF-")
    assert document.mimetype == "application/pdf"
    assert document.headers["Cache-Control"] == "private, no-cache"
    kind, given = document.headers["Content-Disposition"].split("; filename=")
    assert (kind, given.strip('"')) == ("inline", "constancia-MUESTRA-CA-2026-000001.pdf")
    with db.reading() as session:
        assert document.get_etag() == (
            session.scalars(select(Credential.sealed_sha256)).one(),
            False,
        )


def test_what_the_browser_has_is_not_sent_again_and_half_of_it_can_be_asked_for(
    as_person, uid, do_jobs
):
    do_jobs()
    browser = as_person("learner")
    address = f"/constancias/{uid}.pdf"
    whole = browser.get(address)
    same = browser.get(address, headers={"If-None-Match": whole.headers["ETag"]})
    assert (same.status_code, same.data) == (304, b"")
    part = browser.get(address, headers={"Range": "bytes=1000-1999"})
    assert (part.status_code, part.data) == (206, whole.data[1000:2000])


def test_before_it_is_sealed_a_page_says_when_to_come_back(as_person, uid):
    soon = as_person("learner").get(f"/constancias/{uid}.pdf")
    assert (soon.status_code, soon.mimetype) == (202, "text/html")
    assert soon.headers["Retry-After"] == "60"
    assert "MUESTRA-CA-2026-000001" in soon.text


@pytest.mark.parametrize("who", ["learner2", "registrar", "administrator", "otra-learner"])
def test_somebody_elses_does_not_exist(as_person, uid, do_jobs, who):
    do_jobs()
    browser = as_person(who)
    assert browser.get(f"/constancias/{uid}.pdf").status_code == 404
    assert "MUESTRA-CA" not in browser.get("/constancias").text
    assert browser.get(f"/constancias/{uuid7()}.pdf").status_code == 404


def test_visitors_sign_in_first(visitor, uid):
    for address in ("/constancias", f"/constancias/{uid}.pdf"):
        assert visitor.get(address).status_code == 302


def test_the_list_is_paged_in_a_fixed_number_of_statements(as_person, db, uid):
    browser = as_person("learner")
    browser.get("/constancias")
    with statements(db.engine) as seen:
        browser.get("/constancias?pagina=1")
    assert len(seen) <= 4, seen


def test_the_notice_leads_to_the_document(as_person, uid, do_jobs):
    do_jobs()
    page = as_person("learner").get("/avisos").text
    assert f"/constancias/{uid}.pdf" in page
