"""A sheet with a question in each row: Excel, or CSV."""

from collections.abc import Callable, Iterable, Sequence

from lms.assessment.formats.interface import Entry, Item, Written
from lms.assessment.formats.judging import judged
from lms.assessment.formats.sheets.comma import read_csv, write_csv
from lms.assessment.formats.sheets.excel import read_xlsx, write_xlsx
from lms.assessment.formats.sheets.rows import Row, roughs, to_rows
from lms.foundation.kernel.errors import N_


class Sheet:
    """A sheet, in the file that a program of sheets saves."""

    keeps_all = True

    def __init__(
        self,
        name: str,
        label: str,
        media_type: str,
        read: Callable[[bytes], Iterable[Row]],
        write: Callable[[Sequence[Sequence[str]]], bytes],
    ) -> None:
        self.name, self.label, self.ending, self.media_type = name, label, name, media_type
        self._read, self._write = read, write

    def read(self, data: bytes) -> list[Entry]:
        """Every row below the one that names the columns."""
        return judged(roughs(self._read(data)))

    def write(self, items: Sequence[Item]) -> Written:
        rows, lost = to_rows(items)
        return Written(self._write(rows), lost, [])


XLSX = Sheet(
    "xlsx",
    N_("Excel"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    read_xlsx,
    write_xlsx,
)
CSV = Sheet("csv", N_("CSV"), "text/csv", read_csv, write_csv)
