"""The registrar's acts on a document: looked over, done once, seen by everybody but the reason."""

import re

import pytest
from sqlalchemy import select

from lms.certificates.formats.record import from_json
from lms.certificates.models import Credential, StatusChange
from tests.browsing import Browsing

RESOLUTION = {
    "number": "RES-12-2026",
    "authority": "Consejo Directivo",
    "on": "2026-11-23",
    "notified_on": "2026-11-10",
    "reason": "Copió el trabajo final.",
}


@pytest.fixture
def issued(db, graduate, issue_to_all, do_jobs) -> Credential:
    graduate("learner")
    issue_to_all()
    do_jobs()
    return documents(db)[0]


@pytest.fixture
def page(cohort, issued) -> str:
    return f"/gestion/promociones/{cohort}/constancias/{issued.uid}"


def documents(db) -> list[Credential]:
    with db.reading() as session:
        return session.scalars(select(Credential).order_by(Credential.id)).all()


def test_it_is_looked_over_first_and_then_done(as_person, visitor, db, page, issued, do_jobs):
    office: Browsing = as_person("registrar")
    assert f"{page}/revocar" in office.get(page).text
    assert office.get(f"{page}/revocar").status_code == 200
    looked = office.send(f"{page}/revocar/revisar", RESOLUTION)
    assert looked.status_code == 200
    assert "RES-12-2026" in looked.text
    assert documents(db)[0].status == "valid"
    done = office.send(f"{page}/revocar", RESOLUTION)
    assert (done.status_code, done.location) == (303, page)
    assert documents(db)[0].status == "revoked"
    do_jobs()
    inside = office.get(page).text
    assert "Copió el trabajo final." in inside
    assert f"{page}/anular" not in inside
    for seen in (visitor.get(f"/v/{issued.code}"), visitor.get(f"/v/{issued.code}.json")):
        assert seen.status_code == 200
        assert "RES-12-2026" in seen.text
        assert "Consejo Directivo" in seen.text
        assert "Copió" not in seen.text
    told = visitor.get(f"/v/{issued.code}.json").get_json()
    assert (told["status"], told["act"]["on"]) == ("revoked", "2026-11-23")
    again = office.send(f"{page}/anular", RESOLUTION)
    assert again.status_code == 409


def test_a_name_is_corrected_by_a_new_edition(as_person, visitor, db, page, issued, do_jobs):
    office: Browsing = as_person("registrar")
    record = from_json(issued.record)
    form = office.get(f"{page}/rectificar").text
    assert f'value="{record.holder.first_surname}"' in form
    name = {"given_names": "Rosa María", "first_surname": "Q'eqchi'", "second_surname": "Ñáñez"}
    same = {
        "given_names": record.holder.given_names,
        "first_surname": record.holder.first_surname,
        "second_surname": record.holder.second_surname,
    }
    refused = office.send(f"{page}/rectificar/revisar", RESOLUTION | same)
    assert refused.status_code == 422
    done = office.send(f"{page}/rectificar", RESOLUTION | name)
    assert done.status_code == 303
    do_jobs()
    old, new = documents(db)
    assert done.location.endswith(str(new.uid))
    before = visitor.get(f"/v/{old.code}").text
    assert "Sustituido" in before
    assert f"/v/{new.code}" in before
    assert "Rosa María Q&#39;eqchi&#39; Ñáñez" in visitor.get(f"/v/{new.code}").text


def test_it_says_where_it_stands_in_the_book(as_person, page):
    assert "Libro 1, folio 1" in as_person("registrar").get(page).text


@pytest.mark.parametrize("left_out", ["number", "authority", "on", "reason", "notified_on"])
def test_a_sanction_without_all_of_its_paper_is_refused(as_person, db, page, left_out):
    given = {name: value for name, value in RESOLUTION.items() if name != left_out}
    answer = as_person("registrar").send(f"{page}/revocar/revisar", given)
    assert answer.status_code == 422
    assert re.search(rf'id="{left_out}-error"', answer.text)


@pytest.mark.parametrize(
    ("who", "status"), [("signer", 403), ("instructor", 403), ("otra-registrar", 404)]
)
def test_whoever_may_not_issue_may_not_undo(as_person, db, page, who, status):
    browser = as_person(who)
    assert browser.get(page).status_code == status
    assert browser.get(f"{page}/anular").status_code == status
    with db.reading() as session:
        assert session.scalars(select(StatusChange)).all() == []
