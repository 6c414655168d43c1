"""Sheets as people fill them in, and those that are no sheets of questions."""

import io
import zipfile

import pytest

from lms.assessment.formats import FORMATS
from lms.assessment.formats.interface import Item, Verdict
from lms.foundation.kernel.errors import Invalid

pytestmark = pytest.mark.pure
CSV, XLSX = FORMATS["csv"], FORMATS["xlsx"]

SHEET = """\
Pregunta;Opción A;Opción B;Opción C;Correcta;Puntos;Explicación;Tipo
¿Quién firma?;El síndico;El alcalde;;B;2;Lo dice la ley.;
¿Cuáles?;Una;Dos;Tres;"1, c";;;
Es público.;;;;Verdadero;;;V/F
¿Cuántos?;;;;10,5;;;
¿Cómo se llama?;;;;acta | el acta;;;
Una.;Acta = Concejo;Recibo = Caja;= Nadie;;;;emparejar
¿Quién?;Una;Dos;;D;;;
¿Cuánto?;;;;mucho;dos;;número
"""


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_a_sheet_is_read_as_people_mean_it(encoding):
    *good, letter, number = CSV.read(SHEET.encode(encoding))
    assert [each.item.source["type"] for each in good] == [
        "single_choice", "multiple_choice", "true_false", "numerical", "short_answer", "matching",
    ]  # fmt: skip
    first = good[0].item.source
    assert (first["points"], first["feedback"]) == (2, "Lo dice la ley.")
    assert [bool(each.get("correct")) for each in first["options"]] == [False, True]
    assert [bool(each.get("correct")) for each in good[1].item.source["options"]] == [
        True, False, True,
    ]  # fmt: skip
    assert good[4].item.source["accept"] == ["acta", "el acta"]
    assert good[5].item.source["distractors"] == ["Nadie"]
    assert [letter.verdict, number.verdict] == [Verdict.REFUSED] * 2
    assert (letter.line, number.line) == (8, 9)


def test_nothing_in_a_sheet_runs_as_a_formula():
    source = {"key": "a", "type": "short_answer", "points": 1, "stem": "=1+1", "accept": ["@x"]}
    item = Item(source)
    assert b",'=1+1," in CSV.write([item]).data
    data = XLSX.write([item]).data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    assert CSV.read(CSV.write([item]).data)[0].item == item
    assert XLSX.read(data)[0].item == item


def zipped(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/") + ".xml", data)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"not a zip at all",
        zipped(hola="x"),
        zipped(xl__worksheets__sheet1='<c r="XFD1048576"/>'),
        zipped(xl__worksheets__sheet1='<c r="A99999"/>'),
        zipped(xl__media__x=b"\0" * 201_000_000),
    ],
    ids=["text", "other", "wide", "long", "bomb"],
)
def test_bombs_and_what_is_no_sheet_are_refused(data):
    with pytest.raises(Invalid):
        XLSX.read(data)


def test_a_sheet_without_its_head_says_where_to_begin():
    with pytest.raises(Invalid, match="template"):
        CSV.read(b"uno,dos\ntres,cuatro\n")
