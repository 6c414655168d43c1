"""A sheet of earlier diplomas as people bring it: Excel or CSV, its columns by their headings."""

from collections.abc import Mapping, Sequence

from lms.assessment.formats.sheets.comma import read_csv, write_csv
from lms.assessment.formats.sheets.excel import read_xlsx, write_xlsx
from lms.certificates.rules.transcribing import COLUMNS, EXAMPLE, MOST_ROWS, NEEDED, headings
from lms.foundation.kernel.errors import N_, Invalid
from lms.foundation.kernel.text import one_line

LARGEST = 5_000_000
LONGEST_CELL = 300
_ZIP = b"PK\x03\x04"


def read_sheet(data: bytes) -> list[tuple[int, Mapping[str, str]]]:
    """The rows of a sheet with the line of each; columns that we do not know are left out."""
    if len(data) > LARGEST:
        raise _wrong(N_("The file is larger than 5 MB."))
    rows = iter((read_xlsx if data.startswith(_ZIP) else read_csv)(data))
    first = next(rows, None)
    named = headings(first.cells) if first else []
    for column in NEEDED:
        if column not in named:
            raise _wrong(N_("The column “%(column)s” is missing. Take the template."), column)
    found: list[tuple[int, Mapping[str, str]]] = []
    for row in rows:
        cells = {
            name: one_line(cell)[:LONGEST_CELL]
            for name, cell in zip(named, row.cells, strict=False)
            if name
        }
        if any(cells.values()):
            found.append((row.line, cells))
        if len(found) > MOST_ROWS:
            raise _wrong(N_("A sheet has at most 1,000 rows. Bring it in several."))
    if not found:
        raise _wrong(N_("The sheet has no rows below its headings."))
    return found


def template(ending: str) -> bytes:
    """An empty sheet with its headings and one row as an example."""
    rows: Sequence[Sequence[str]] = [list(COLUMNS), EXAMPLE]
    return write_xlsx(rows, "Diplomas") if ending == "xlsx" else write_csv(rows)


def _wrong(said: str, column: str = "") -> Invalid:
    return Invalid(said, fields={"sheet": said}, **({"column": column} if column else {}))
