"""The gradebook as a sheet that goes out and comes back, with what it was when it was taken.

The first column, hidden in Excel, says whose row it is and what stood in each column; its heading
says of which course it is and how the columns were called. So a row may be sorted, a column moved
or renamed, and what somebody else wrote meanwhile is told from what was written in the sheet.
"""

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from lms.assessment.formats.sheets.comma import read_csv
from lms.assessment.formats.sheets.excel import read_xlsx
from lms.foundation.kernel.errors import N_, Invalid

VERSION = 1
_ZIP = b"PK\x03\x04"
_NOT_OURS = N_(
    "This sheet was not taken from here: its first column is missing or was changed. Take it"
    " again and write in that one."
)

Cell = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class Head:
    """Of which course a sheet is, and which column of it is called what."""

    cohort: str
    course: str
    columns: Mapping[str, str]
    """Titles, as they were written, to keys."""

    def written(self) -> str:
        said = {"cabildo": VERSION, "cohort": self.cohort, "course": self.course}
        return json.dumps({**said, "columns": dict(self.columns)}, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Row:
    """One person: whose, what was in each column when it was taken, what stands there now."""

    line: int
    enrollment: str
    name: str
    before: Mapping[str, str] = field(default_factory=dict)
    now: Mapping[str, str] = field(default_factory=dict)


def control(enrollment: str, before: Mapping[str, str]) -> str:
    """What the hidden cell of a row says."""
    return json.dumps({"id": enrollment, **before}, ensure_ascii=False, separators=(",", ":"))


def workbook(title: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """An Excel file; its first column is hidden, names and headings stay in sight."""
    import xlsxwriter  # only where a sheet is written

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("Notas")
    book.set_properties({"title": title})
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    sheet.freeze_panes(1, 2)
    sheet.set_column(0, 0, 4, None, {"hidden": True})
    sheet.set_column(1, 1, 34)
    sheet.set_column(2, len(headings), 14)
    for column, text in enumerate(headings):
        sheet.write_string(0, column, text, bold)
    for at, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, int | Decimal):
                sheet.write_number(at, column, float(cell))
            elif cell:
                sheet.write_string(at, column, cell)
    book.close()
    return out.getvalue()


def read(data: bytes) -> tuple[Head, list[Row]]:
    """A sheet that came back, Excel or CSV. Raises Invalid when it is none of ours."""
    rows = list((read_xlsx if data.startswith(_ZIP) else read_csv)(data))
    rows = [each for each in rows if any(cell.strip() for cell in each.cells)]
    if not rows:
        raise Invalid(_NOT_OURS)
    titles = [cell.strip() for cell in rows[0].cells]
    head = _head(titles[0])
    keys = [head.columns.get(title) for title in titles]
    found = []
    for row in rows[1:]:
        said = _said(row.cells[0])
        cells = {
            key: cell.strip() for key, cell in zip(keys, row.cells, strict=False) if key is not None
        }
        name = row.cells[1].strip() if len(row.cells) > 1 else ""
        found.append(
            Row(
                row.line,
                str(said.get("id", "")),
                name,
                {key: str(value) for key, value in said.items() if key != "id"},
                cells,
            )
        )
    return head, found


def _head(text: str) -> Head:
    said = _said(text)
    columns = said.get("columns")
    if said.get("cabildo") != VERSION or not isinstance(columns, dict):
        raise Invalid(_NOT_OURS)
    return Head(
        str(said.get("cohort")),
        str(said.get("course")),
        {str(title): str(key) for title, key in columns.items()},
    )


def _said(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        raise Invalid(_NOT_OURS) from None
    if not isinstance(found, dict):
        raise Invalid(_NOT_OURS)
    return found
