"""What a row of a sheet of earlier diplomas must say, and what stands against it."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from lms.certificates.rules.books import Place
from lms.foundation.kernel.errors import N_
from lms.foundation.kernel.text import fold, one_line

# The columns of the sheet, as their headings are written, and how long each may be.
COLUMNS: Mapping[str, int] = {
    "nombres": 100,
    "primer_apellido": 100,
    "segundo_apellido": 100,
    "tipo_documento": 30,
    "numero_documento": 40,
    "titulo": 120,
    "programa": 200,
    "horas": 6,
    "fecha": 10,
    "libro": 6,
    "folio": 6,
    "numero": 30,
    "nota": 30,
}
NEEDED = ("nombres", "primer_apellido", "titulo", "programa", "fecha", "libro", "folio", "numero")
EXAMPLE = (
    "Rosa Elvira", "Xol", "Caal", "DPI", "1234 56789 0101", "Diploma", "Gestión Municipal", "120",
    "2019-06-28", "2", "31", "845", "87",
)  # fmt: skip
MOST_ROWS = 1_000
_LOCAL_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\Z")
_FIGURES = re.compile(r"\d+")

Problem = tuple[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Line:
    """A row, read: what the record will say, and the identity document for the office."""

    given_names: str
    first_surname: str
    second_surname: str
    document: str
    title: str
    programme: str
    hours: int
    on: date
    book: int
    folio: int
    number: str
    grade: str

    @property
    def place(self) -> tuple[int, int, str]:
        return self.book, self.folio, fold(self.number)

    @property
    def order(self) -> int:
        """What of the number counts, to stand in its order."""
        found = _FIGURES.search(self.number)
        return min(int(found[0]), 2_000_000_000) if found else 0


def headings(cells: Collection[str]) -> list[str | None]:
    """Which column is which, by its heading; accents and capitals do not matter."""
    named = [re.sub(r"\W+", "_", fold(cell)).strip("_") for cell in cells]
    return [name if name in COLUMNS else None for name in named]


def read(cells: Mapping[str, str], today: date) -> tuple[Line | None, list[Problem]]:
    """A row of the sheet; whatever of it cannot be read is said, all at once."""
    said = {name: one_line(cells.get(name, "")) for name in COLUMNS}
    wrong: list[Problem] = [
        (N_("“%(column)s” is missing."), {"column": name}) for name in NEEDED if not said[name]
    ]
    wrong += [
        (N_("“%(column)s” is too long."), {"column": name})
        for name, longest in COLUMNS.items()
        if len(said[name]) > longest
    ]
    figures = {name: _figure(said[name]) for name in ("horas", "libro", "folio")}
    for name, figure in figures.items():
        if said[name] and (figure is None or not (name == "horas" or figure)):
            wrong.append((N_("“%(column)s” is not a whole number."), {"column": name}))
    on = _day(said["fecha"])
    if said["fecha"] and on is None:
        wrong.append((N_("The date is not one. Write it as 2019-06-28 or 28/06/2019."), {}))
    elif on is not None and on > today:
        wrong.append((N_("The date is still to come."), {}))
    if wrong or on is None:
        return None, wrong
    return Line(
        said["nombres"],
        said["primer_apellido"],
        said["segundo_apellido"],
        " ".join(part for part in (said["tipo_documento"], said["numero_documento"]) if part),
        said["titulo"],
        said["programa"],
        figures["horas"] or 0,
        on,
        figures["libro"] or 0,
        figures["folio"] or 0,
        said["numero"],
        said["nota"],
    ), []


def against(
    line: Line, reached: Place, last_number: int | None, taken: Collection[Any]
) -> list[Problem]:
    """What the register has against a row: its line is taken, or the book has not got so far.

    ``taken`` are the places of other rows and of everything registered; ``last_number`` is the last
    one given where numbers go on through the years.
    """
    found: list[Problem] = []
    if line.place in taken:
        found.append(
            (
                N_("Book %(book)s, folio %(folio)s, number %(number)s is there already."),
                {"book": line.book, "folio": line.folio, "number": line.number},
            )
        )
    here, there = (line.book, line.folio), (reached.book, reached.folio)
    ahead = last_number is not None and here == there and line.order > last_number
    if here > there or ahead:
        found.append(
            (
                N_(
                    "The register has not got there yet: the number would be given again."
                    " Settle first where the book has got to."
                ),
                {},
            )
        )
    return found


def _figure(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else None


def _day(text: str) -> date | None:
    try:
        if local := _LOCAL_DAY.match(text):
            day, month, year = (int(part) for part in local.groups())
            return date(year, month, day)
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
