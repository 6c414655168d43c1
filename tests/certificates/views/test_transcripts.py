"""Earlier diplomas on screen: a sheet brought in, looked over, registered, verified, annulled."""

import csv
import io

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from lms.certificates.formats.sheet import read_sheet, template
from lms.certificates.models import Transcribed, TranscriptSheet
from lms.certificates.rules.transcribing import COLUMNS, EXAMPLE
from lms.foundation.kernel.errors import Invalid
from tests.certificates.views.test_book import RESOLUTION, SETTLED, book  # noqa: F401 (fixture)

CELLS = dict(zip(COLUMNS, EXAMPLE, strict=True))
OLD = {
    "numero_documento": "2345 67890 0101", "nombres": "Q'eqchi'", "numero": "846", "nota": "",
}  # fmt: skip


def sheet_of(*rows: dict[str, str]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(COLUMNS))
    writer.writeheader()
    writer.writerows(CELLS | row for row in rows)
    return text.getvalue().encode()


def file(data: bytes, name: str = "viejos.csv") -> dict[str, FileStorage]:
    return {"sheet": FileStorage(io.BytesIO(data), name)}


@pytest.fixture
def office(as_person, book):  # noqa: F811
    found = as_person("registrar")
    found.send(f"{book}/ajustes", SETTLED)
    return found


@pytest.fixture
def brought(office, book):  # noqa: F811
    """A sheet of two that are right and one that is not; its address."""
    data = sheet_of({}, OLD, {"fecha": "2030-01-01", "numero": "847"})
    answer = office.send(f"{book}/anteriores", file(data))
    assert answer.status_code == 303
    return answer.location


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_the_template_reads_as_itself(office, book, ending):  # noqa: F811
    answer = office.get(f"{book}/anteriores/plantilla/{ending}")
    assert answer.status_code == 200
    assert read_sheet(answer.data) == [(2, CELLS)] == read_sheet(template(ending))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"nombres,fecha\nRosa,2019-06-28\n", "primer_apellido"),
        (sheet_of(), "The sheet has no rows"),
        (b"", ""),
        (sheet_of(*[{"numero": str(n)} for n in range(1001)]), "at most 1,000"),
    ],
)
def test_a_sheet_that_is_none_is_refused(data, said):
    with pytest.raises(Invalid) as refusal:
        read_sheet(data)
    assert said in str(refusal.value)


def test_what_is_refused_is_said_beside_the_file(office, db, book):  # noqa: F811
    for sent in (file(b"nombres\nRosa\n"), {}):
        answer = office.send(f"{book}/anteriores", sent)
        assert answer.status_code == 422
        assert "plantilla" in answer.text
    with db.reading() as session:
        assert session.scalars(select(TranscriptSheet)).all() == []


def test_it_is_looked_over_registered_and_verified(office, visitor, db, book, brought, do_jobs):  # noqa: F811
    wrong = office.get(f"{brought}?ver=corregir").text
    assert "La fecha todavía no llega." in wrong
    ready = office.get(f"{brought}?ver=listas").text
    assert "Registrar 2 diplomas" in ready
    assert office.send(f"{brought}/registrar", {"expected": "3"}).status_code == 409
    assert office.send(f"{brought}/registrar", {"expected": "2"}).status_code == 303
    do_jobs()
    with db.reading() as session:
        made = session.scalars(select(Transcribed).order_by(Transcribed.id)).all()
    assert [each.number for each in made] == ["845", "846"]
    page = visitor.get(f"/v/{made[1].code}")
    assert page.status_code == 200
    assert page.headers["X-Robots-Tag"] == "noindex"
    for said in ("Q&#39;eqchi&#39; Xol Caal", "Transcrito del libro", "Libro 2, folio 31", "846"):
        assert said in page.text
    told = visitor.get(f"/v/{made[1].code}.json").get_json()
    assert (told["status"], told["record"]["kind"], told["act"]) == ("valid", "transcribed", None)
    for seen in (page.text, str(told)):
        assert "67890" not in seen
    assert "Transcrito" in office.get(book).text


def test_it_is_found_by_name_document_or_code(office, as_person, db, book, brought, do_jobs):  # noqa: F811
    office.send(f"{brought}/registrar", {"expected": "2"})
    do_jobs()
    with db.reading() as session:
        made = session.scalars(select(Transcribed).order_by(Transcribed.id)).all()
    address = f"{book}/transcritos/{made[1].uid}"
    for asked in ("q'eqchi xol", "67890", made[1].code):
        assert address in office.get("/gestion/buscar", query_string={"q": asked}).text
    assert address not in office.get("/gestion/buscar?q=mazariegos").text
    assert "DPI 2345 67890 0101" in office.get(address).text
    for other in ("otra-registrar", "instructor"):
        text = as_person(other).get("/gestion/buscar?q=67890").text
        assert "transcritos" not in text


def test_it_is_annulled_for_everybody_to_see(office, visitor, db, book, brought, do_jobs):  # noqa: F811
    office.send(f"{brought}/registrar", {"expected": "2"})
    do_jobs()
    with db.reading() as session:
        made = session.scalars(select(Transcribed).order_by(Transcribed.id)).first()
    address = f"{book}/transcritos/{made.uid}"
    assert f"{address}/anular" in office.get(address).text
    short = office.send(f"{address}/anular", RESOLUTION | {"authority": ""})
    assert (short.status_code, "Se manchó la hoja." in short.text) == (422, True)
    assert office.send(f"{address}/anular", RESOLUTION).status_code == 303
    assert f"{address}/anular" not in office.get(address).text
    assert "Se manchó" in office.get(address).text
    told = visitor.get(f"/v/{made.code}.json").get_json()
    assert (told["status"], told["act"]["resolution"]) == ("annulled", "RES-7-2026")
    assert "Se manchó" not in visitor.get(f"/v/{made.code}").text


def test_a_sheet_is_thrown_away(office, db, brought):
    assert office.send(f"{brought}/descartar", {"expected": "2"}).status_code == 303
    assert office.get(brought).status_code == 404
    with db.reading() as session:
        assert session.scalars(select(TranscriptSheet)).all() == []


def test_others_see_nothing_of_it(office, as_person, book, brought):  # noqa: F811
    for path in (f"{book}/anteriores", brought, f"{book}/anteriores/plantilla/csv"):
        assert as_person("otra-registrar").get(path).status_code == 404
        assert as_person("instructor").get(path).status_code == 403
