"""A list pasted from a spreadsheet, a letter or a file: rows of cells, whatever parts them."""

import csv
import io
from collections.abc import Sequence

from lms.enrollment.rules.columns import MOST_COLUMNS
from lms.foundation.kernel.errors import N_, Invalid
from lms.foundation.kernel.text import one_line

MOST_ROWS = 1_000
LONGEST_CELL = 300
LONGEST_TEXT = 1_000_000
_SEEN = 50


def rows_of(text: str) -> list[list[str]]:
    """The rows that say something, their cells cleaned of what pasting brings along.

    Tabs part the cells when there are any, else semicolons, else commas.
    """
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise _wrong(N_("Paste the list first."))
    if len(text) > LONGEST_TEXT:
        raise _wrong(N_("Paste at most 1,000 rows at once."))
    rows = _parted(text, delimiter(text))
    if not rows:  # only signs that nobody sees
        raise _wrong(N_("Paste the list first."))
    if len(rows) > MOST_ROWS + 1:  # one more, for a heading
        raise _wrong(N_("Paste at most 1,000 rows at once."))
    width = max(len(row) for row in rows)
    if width > MOST_COLUMNS:
        raise _wrong(
            N_("These are more columns than a list of people has. Copy only those you need.")
        )
    return [row + [""] * (width - len(row)) for row in rows]


def delimiter(text: str) -> str:
    """What parts the cells: a tab wherever there is one, else what most lines have."""
    lines = [line for line in text.split("\n") if line.strip()][:_SEEN]
    if any("\t" in line for line in lines):
        return "\t"
    counts = {mark: sum(mark in line for line in lines) for mark in (";", ",")}
    most = max(counts, key=lambda mark: counts[mark])
    return most if 2 * counts[most] > len(lines) else "\t"


def _parted(text: str, mark: str) -> list[list[str]]:
    """Quotation marks hold a cell together, unless one of them stands alone."""
    try:
        rows = _read(text, mark)
    except csv.Error:
        rows = []
    if not rows or _swallowed(rows):
        rows = [_clean(line.split(mark)) for line in text.split("\n")]
    return [row for row in rows if any(row)]


def _read(text: str, mark: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text), delimiter=mark)
    return [row for row in map(_clean, reader) if any(row)]


def _clean(row: Sequence[str]) -> list[str]:
    return [one_line(cell)[:LONGEST_CELL] for cell in row]


def _swallowed(rows: Sequence[Sequence[str]]) -> bool:
    return any(len(cell) >= LONGEST_CELL for row in rows for cell in row)


def _wrong(said: str) -> Invalid:
    return Invalid(said, fields={"text": said})
