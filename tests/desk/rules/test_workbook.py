"""A workbook that Excel opens: words are words, figures figures, days days."""

import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from lms.desk.formats.workbook import workbook

pytestmark = pytest.mark.pure
MAIN = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def sheet(title, headings, rows):
    with workbook(title, headings, rows) as file, zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        return {name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist()}


def cells(parts):
    found = []
    for row in parts["xl/worksheets/sheet1.xml"].iterfind(".//m:row", MAIN):
        found.append(
            [(cell.get("t", "n"), "".join(cell.itertext())) for cell in row.iterfind("m:c", MAIN)]
        )
    return found


def test_each_cell_is_what_it_is():
    row = [
        "=cmd|' /C calc'!A0", "Ñáñez <y> & \"Q’eqchi’\"", "", None, 7, Decimal("61.5"),
        date(2026, 11, 23), datetime(2026, 11, 23, 12, 0, tzinfo=UTC),
    ]  # fmt: skip
    found = cells(sheet("Hoja", ["a"] * 8, [row]))
    assert found[1] == [
        ("inlineStr", "=cmd|' /C calc'!A0"),
        ("inlineStr", 'Ñáñez <y> & "Q’eqchi’"'),
        ("n", ""),
        ("n", ""),
        ("n", "7"),
        ("n", "61.5"),
        ("n", "46349"),
        ("n", "46349.5"),
    ]


def test_there_is_no_formula_anywhere():
    parts = sheet("Hoja", ["=1+1"], [["+502 5512 3456"], ["-1"], ["@SUM(A1)"]])
    assert not parts["xl/worksheets/sheet1.xml"].findall(".//m:f", MAIN)
    assert all(kind == "inlineStr" for ((kind, _),) in cells(parts))


def test_what_xml_cannot_hold_is_left_out():
    assert cells(sheet("Hoja", ["a"], [["Ana\x00\x0b María"]]))[1] == [("inlineStr", "Ana María")]


@pytest.mark.parametrize(
    ("title", "shown"),
    [("Ley: ¿qué [dice]?", "Ley  ¿qué  dice"), ("a" * 40, "a" * 31), ("''", "1"), ("", "1")],
)
def test_the_sheet_has_a_name_that_excel_takes(title, shown):
    book = sheet(title, ["a"], [])["xl/workbook.xml"]
    assert book.find(".//m:sheet", MAIN).get("name") == shown
