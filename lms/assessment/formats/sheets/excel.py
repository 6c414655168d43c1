"""Excel files: looked over before they are opened, and written without formulas."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from lms.assessment.formats.decoding import within_bounds
from lms.assessment.formats.interface import LARGEST, MOST_ITEMS
from lms.assessment.formats.sheets.rows import COLUMNS_MOST, Row
from lms.foundation.kernel.errors import N_, Invalid

_NOT_EXCEL = N_("This is not an Excel file (.xlsx). Save it again in that format.")
_TOO_LARGE = N_("The sheet is larger than any list of questions: nothing was read.")
_CELL = re.compile(rb'[\s"]r="([A-Z]{1,3})?([0-9]{1,7})"')
_PIECE = 1 << 16
_OVERLAP = 32
_MOST_ROWS = MOST_ITEMS + 100
_WIDTHS = (14, 18, 60)


def read_xlsx(data: bytes) -> Iterator[Row]:
    """The rows of the first sheet. Bombs are refused before anything is laid out in memory."""
    within_bounds(data)
    _look_over(data)
    from python_calamine import CalamineError, CalamineWorkbook  # only where a sheet is read

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, ValueError, IndexError, OSError):
        raise Invalid(_NOT_EXCEL) from None
    for at, cells in enumerate(rows, 1):
        yield Row(at, [_text(each) for each in cells])


def write_xlsx(rows: Sequence[Sequence[str]], name: str = "Preguntas") -> bytes:
    """One sheet, its head kept in sight; every cell is text."""
    import xlsxwriter  # only where a sheet is written

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.freeze_panes(1, 0)
    for column in range(len(rows[0])):
        sheet.set_column(column, column, _WIDTHS[column] if column < len(_WIDTHS) else 24)
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell:
                sheet.write_string(at, column, cell, wrap if at else bold)
    book.close()
    return out.getvalue()


def _look_over(data: bytes) -> None:
    """Refuse what unpacks to far more than it looks, or has a cell where no list reaches."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(each.file_size for each in archive.infolist()) > LARGEST:
                raise Invalid(_TOO_LARGE)
            for each in archive.namelist():
                if each.startswith("xl/worksheets/") and each.endswith(".xml"):
                    _reach(archive, each)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
        raise Invalid(_NOT_EXCEL) from None


def _reach(archive: zipfile.ZipFile, name: str) -> None:
    read, rest = 0, b""
    with archive.open(name) as file:
        while piece := file.read(_PIECE):
            read += len(piece)
            if read > LARGEST:
                raise Invalid(_TOO_LARGE)
            for column, row in _CELL.findall(rest + piece):
                if int(row) > _MOST_ROWS or _number(column) > COLUMNS_MOST:
                    raise Invalid(_TOO_LARGE)
            rest = piece[-_OVERLAP:]


def _number(column: bytes) -> int:
    found = 0
    for letter in column:
        found = found * 26 + letter - ord("A") + 1
    return found


def _text(cell: Any) -> str:
    """What stands in a cell, as it is read there."""
    if isinstance(cell, bool):
        return "verdadero" if cell else "falso"
    if isinstance(cell, float):
        number = Decimal(repr(cell))
        whole = number == number.to_integral_value()
        return str(int(number)) if whole else format(number, "f")
    if isinstance(cell, datetime):
        return cell.date().isoformat() if not cell.time() else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).replace("\r\n", "\n").replace("_x000D_", "")
