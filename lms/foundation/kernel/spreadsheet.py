"""A table as CSV that spreadsheets open well and that cannot run anything in them."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

BEGINNING = "\ufeff"
"""Without it, spreadsheets read accents wrong."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) and not _is_number(cell) else cell


def lines(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The rows as text, one at a time; whoever writes them out puts the beginning first."""
    for row in rows:
        text = io.StringIO()
        csv.writer(text).writerow([safe(cell) for cell in row])
        yield text.getvalue()


def _is_number(cell: str) -> bool:
    return cell[:1] == "-" and cell[1:].replace(".", "", 1).replace(",", "").isdigit()
