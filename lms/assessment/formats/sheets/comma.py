"""CSV as the programs of each country save it: commas, semicolons or tabs."""

import csv
import io
from collections.abc import Iterator, Sequence

from lms.assessment.formats.decoding import decoded
from lms.assessment.formats.sheets.rows import Row
from lms.foundation.kernel.errors import N_, Invalid

_LONGEST_CELL = 200_000
_DELIMITERS = ",;\t"
_RUNS = ("=", "+", "-", "@", "\t", "'")
"""What a program of sheets would take for a formula, and the sign that says it is none."""


def read_csv(data: bytes) -> Iterator[Row]:
    """The rows of a file with the lines on which they begin."""
    text = decoded(data)
    if text.lower().startswith("sep="):
        head, _end, text = text.partition("\n")
        delimiter, above = head[4:5] or ",", 1
    else:
        head = text.partition("\n")[0]
        delimiter, above = max(_DELIMITERS, key=head.count), 0
    csv.field_size_limit(_LONGEST_CELL)
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    line = 1
    try:
        for cells in rows:
            yield Row(line + above, [_meant(each) for each in cells])
            line = rows.line_num + 1
    except csv.Error:
        raise Invalid(
            N_("Line %(line)s cannot be read, so nothing was. Mend it and send it again."),
            line=line + above,
        ) from None


def write_csv(rows: Sequence[Sequence[str]]) -> bytes:
    """UTF-8 with the mark by which Excel knows it; nothing in it runs as a formula."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(
        [[_tame(each) for each in row] for row in rows]
    )
    return out.getvalue().encode("utf-8-sig")


def _tame(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_RUNS) else cell


def _meant(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_RUNS) else cell
