"""The book on screen: settled, read folio by folio, a number spoiled; and only by its registrar."""

import csv
import io
import re

import pytest
from sqlalchemy import select, update

from lms.certificates.models import Credential, RegisterBook, SpoiledNumber
from lms.foundation.kernel.actor import SYSTEM
from lms.people.models import Institution
from tests.statements import statements

SETTLED = {
    "numbering": "onward",
    "entries_per_folio": "2",
    "folios_per_book": "100",
    "number": "1401",
    "book": "3",
    "folio": "47",
    "line": "1",
}
RESOLUTION = {
    "number": "RES-7-2026",
    "authority": "Consejo Directivo",
    "on": "2026-11-23",
    "reason": "Se manchó la hoja.",
}


@pytest.fixture
def book(db, world) -> str:
    with db.reading() as session:
        uid = session.get_one(Institution, world.institutions["igm"]).uid
    return f"/gestion/registro/{uid}"


def test_the_only_book_opens_at_once(as_person, book):
    office = as_person("registrar")
    assert office.get("/gestion/registro").location == book
    assert "El libro está vacío" in office.get(book).text


def test_it_is_settled_and_documents_are_written_from_there_on(
    as_person, visitor, db, book, graduates, issue_to_all
):
    office = as_person("registrar")
    assert 'value="20"' in office.get(f"{book}/ajustes").text
    done = office.send(f"{book}/ajustes", SETTLED)
    assert (done.status_code, done.location) == (303, f"{book}/ajustes")
    assert "MUESTRA-CA-001402" in office.get(f"{book}/ajustes").text
    graduates(3)
    issue_to_all()
    page = office.get(book).text
    assert re.findall(r"Libro 3 \(muestras\), folio (\d+)</h2>", page) == ["47", "48"]
    assert re.findall(r"MUESTRA-CA-\d+", page) == [f"MUESTRA-CA-00140{n}" for n in (2, 3, 4)]
    with db.reading() as session:
        code = session.scalars(select(Credential.code).order_by(Credential.id)).first()
    assert "Libro 3, folio 47" in visitor.get(f"/v/{code}").text
    told = visitor.get(f"/v/{code}.json").get_json()["record"]
    assert (told["v"], told["book"], told["folio"]) == (2, 3, 47)


@pytest.mark.parametrize(
    ("field", "value"),
    [("number", "x"), ("number", "-1"), ("book", ""), ("folio", "101"), ("line", "3"),
     ("entries_per_folio", "0"), ("numbering", "never")],
)  # fmt: skip
def test_what_cannot_be_keeps_everything_typed(as_person, db, book, field, value):
    answer = as_person("registrar").send(f"{book}/ajustes", SETTLED | {field: value})
    assert answer.status_code == 422
    assert 'value="1401"' in answer.text or field == "number"
    with db.reading() as session:
        assert session.scalars(select(RegisterBook)).all() == []


def test_a_number_is_looked_over_and_spoiled_for_everybody_to_see(as_person, visitor, db, book):
    office = as_person("registrar")
    assert "MUESTRA-CA-2026-000001" in office.get(f"{book}/inutilizar").text
    looked = office.send(f"{book}/inutilizar/revisar", RESOLUTION)
    assert (looked.status_code, "Libro 1, folio 1" in looked.text) == (200, True)
    with db.reading() as session:
        assert session.scalars(select(SpoiledNumber)).all() == []
    assert office.send(f"{book}/inutilizar", RESOLUTION).status_code == 303
    with db.reading() as session:
        code = session.scalars(select(SpoiledNumber.code)).one()
    assert "Número inutilizado" in office.get(book).text
    page = visitor.get(f"/v/{code}")
    assert page.status_code == 200
    assert "Número inutilizado" in page.text
    assert page.headers["X-Robots-Tag"] == "noindex"
    told = visitor.get(f"/v/{code}.json").get_json()
    assert (told["status"], told["record"]["number"]) == ("spoiled", "MUESTRA-CA-2026-000001")
    for seen in (page.text, str(told)):
        assert "RES-7-2026" in seen
        assert "manchó" not in seen


@pytest.mark.parametrize("wrong", [{"number": ""}, {"on": "2026-12-24"}, {"reason": ""}])
def test_without_a_resolution_nothing_is_spoiled(as_person, db, book, wrong):
    office = as_person("registrar")
    for address in (f"{book}/inutilizar/revisar", f"{book}/inutilizar"):
        answer = office.send(address, RESOLUTION | wrong)
        assert answer.status_code == 422
        assert "Consejo Directivo" in answer.text
    with db.reading() as session:
        assert session.scalars(select(SpoiledNumber)).all() == []


def test_what_is_older_than_the_folios_is_a_list_of_its_own(
    as_person, db, book, graduates, issue_to_all
):
    graduates(2)
    issue_to_all()
    none = {"register_book_id": None, "book": None, "folio": None, "line": None}
    db.perform(lambda work: work.session.execute(update(Credential).values(**none)), SYSTEM)
    office = as_person("registrar")
    assert "Antes de los folios" in office.get(book).text
    rows = list(csv.reader(io.StringIO(office.get(f"{book}/libro.csv").text)))
    assert [row[:4] for row in rows[1:]] == [
        ["", "", "", f"MUESTRA-CA-2026-00000{n}"] for n in (1, 2)
    ]


def test_a_whole_book_is_a_table(as_person, book, graduates, issue_to_all):
    office = as_person("registrar")
    office.send(f"{book}/ajustes", SETTLED)
    graduates(14)
    issue_to_all()
    answer = office.get(f"{book}/libro.csv?libro=muestra-3")
    rows = list(csv.reader(io.StringIO(answer.text)))
    assert rows[1][:5] == ["3", "47", "2", "MUESTRA-CA-001402", "Cojtí000 Ñáñez, Ana"]
    assert [row[1] for row in rows[1:]] == ["47", *(str(48 + n // 2) for n in range(13))]


def test_a_page_costs_the_same_however_full_the_book_is(
    as_person, db, book, graduates, issue_to_all
):
    office = as_person("registrar")
    office.get(book)  # what all pages remember is remembered by now
    counts = []
    for many in (2, 23):
        graduates(many)
        issue_to_all()
        with statements(db.engine) as seen:
            assert office.get(book).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 12
    assert "folio 2" in office.get(f"{book}?folio=2").text


def test_others_have_no_such_book(as_person, book):
    for path in ("", "/libro.csv", "/ajustes", "/inutilizar"):
        assert as_person("otra-registrar").get(book + path).status_code == 404
        assert as_person("instructor").get(book + path).status_code == 403
