"""A question as a row: what each column is called, and what stands in it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lms.assessment.formats.carried import difference, pack
from lms.assessment.formats.decoding import writable
from lms.assessment.formats.interface import Item
from lms.assessment.formats.judging import Rough, whole
from lms.assessment.formats.sheets.cells import from_cells, to_cells
from lms.foundation.kernel.errors import N_, Invalid
from lms.foundation.kernel.text import fold

COLUMNS_MOST = 120
_CELL = 32_000
_LEAST_OPTIONS = 4
_MORE = "más"
_HEAD = ("clave", "tipo", "pregunta", "puntos", "correcta")
_TAIL = (
    "explicación", "tolerancia", "unidad", "puntuación", "dificultad", "categoría", "etiquetas",
    "resultado", "datos de ley",
)  # fmt: skip
_CALLED = {
    "clave": "key", "key": "key", "id": "key", "tipo": "type", "type": "type",
    "pregunta": "stem", "enunciado": "stem", "question": "stem", "stem": "stem",
    "puntos": "points", "points": "points", "correcta": "right", "correctas": "right",
    "respuesta": "right", "right": "right", "correct": "right", "answer": "right",
    "explicacion": "feedback", "retroalimentacion": "feedback", "feedback": "feedback",
    "tolerancia": "tolerance", "tolerance": "tolerance", "unidad": "unit", "unit": "unit",
    "puntuacion": "scoring", "scoring": "scoring", "dificultad": "difficulty",
    "difficulty": "difficulty", "categoria": "category", "category": "category",
    "etiquetas": "tags", "tags": "tags", "resultado": "outcome", "outcome": "outcome",
    "datos de ley": "facts", "facts": "facts", "mas": "more", "more": "more",
}  # fmt: skip
_OPTION = re.compile(r"(?:opcion|option|respuesta|answer)\s*(\d{1,2}|[a-z])")
_BEHIND = re.compile(r"(?:mas|more)\s*(\d{1,2})")
_WHY = re.compile(r"(?:explicacion|retroalimentacion|feedback)\s*(?:de\s+|of\s+)?(\d{1,2}|[a-z])")


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row and the line on which it begins."""

    line: int
    cells: Sequence[str]


def roughs(rows: Iterable[Row]) -> Iterator[Rough]:
    """Every row below the head. Raises Invalid when no row names the columns."""
    columns: list[str] | None = None
    for row in rows:
        if not any(cell.strip() for cell in row.cells):
            continue
        if columns is None:
            columns = [_column(cell) for cell in row.cells]
            if "stem" not in columns:
                raise Invalid(
                    N_(
                        "No column is called “pregunta”. Begin from the template: its first row "
                        "names the columns."
                    )
                )
            continue
        yield _rough(row.line, columns, row.cells)


def to_rows(items: Sequence[Item]) -> tuple[list[list[str]], dict[int, list[str]]]:
    """The rows with their head, and what of each item only we read back."""
    filled = [to_cells(item.source) for item in items]
    options = max([_LEAST_OPTIONS, *(len(_numbered(each, "option")) for each in filled)])
    names = [*_HEAD]
    for n in range(1, options + 1):
        names += [f"opción {n}", f"explicación {n}"]
    names += _TAIL
    columns = [_column(each) for each in names]
    rows, lost, packed = [], {}, []
    for at, (item, cells) in enumerate(zip(items, filled, strict=True)):
        written = [_writable(cells.get(each, "")) for each in columns]
        reads = whole(_rough(0, columns, written))
        differs = difference(item.source, reads) | ({"files": True} if item.files else {})
        if differs:
            lost[at] = list(differs)
        packed.append(_pieces(pack(item.source, reads)))
        rows.append(written)
    more = max(map(len, packed), default=1) or 1
    names += [_MORE, *(f"{_MORE} {n}" for n in range(2, more + 1))]
    for row, pieces in zip(rows, packed, strict=True):
        row += [*pieces, *[""] * (more - len(pieces))]
    return [names, *rows], lost


def _writable(text: str) -> str:
    """A text as a cell keeps it: Excel has room for so much, and for no control characters."""
    return writable(text)[:_CELL]


def _pieces(packed: str) -> list[str]:
    return [packed[at : at + _CELL] for at in range(0, len(packed), _CELL)]


def _numbered(cells: Mapping[str, str], word: str) -> list[str]:
    return [key for key in cells if key.startswith(word)]


def _column(name: str) -> str:
    bare = " ".join(re.sub(r"[^\w]+", " ", fold(name)).split())
    for pattern, word in ((_OPTION, "option"), (_WHY, "why"), (_BEHIND, "more")):
        found = pattern.fullmatch(bare)
        if found:
            at = found[1]
            return f"{word} {int(at) if at.isdigit() else ord(at) - ord('a') + 1}"
    return _CALLED.get(bare, "")


def _rough(line: int, columns: Sequence[str], cells: Sequence[str]) -> Rough:
    said: dict[str, str] = {}
    for column, cell in zip(columns, cells, strict=False):
        if column and cell.strip():
            said.setdefault(column, cell)
    more = [said.pop(each) for each in columns if each.startswith("more") and each in said]
    rough = Rough(line, carried="".join(more))
    from_cells(rough, said)
    return rough
