"""What each column of a pasted list is: by its heading, or by what stands in it."""

import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

from lms.foundation.kernel.errors import N_
from lms.foundation.kernel.text import fold

MOST_COLUMNS = 30


class Column(StrEnum):
    """The things that a column may hold; what is skipped is kept and not read."""

    SKIP = "skip"
    GIVEN = "given"
    SURNAMES = "surnames"
    FIRST_SURNAME = "first_surname"
    SECOND_SURNAME = "second_surname"
    FULL = "full"
    SURNAMES_FIRST = "surnames_first"
    EMAIL = "email"
    PHONE = "phone"
    DOCUMENT = "document"
    DOCUMENT_KIND = "document_kind"
    REGION = "region"
    MUNICIPALITY = "municipality"
    POSITION = "position"


WORDS = {
    Column.SKIP: N_("Not used"),
    Column.GIVEN: N_("Given names"),
    Column.SURNAMES: N_("Surnames, both in one"),
    Column.FIRST_SURNAME: N_("First surname"),
    Column.SECOND_SURNAME: N_("Second surname"),
    Column.FULL: N_("Whole name, given names first"),
    Column.SURNAMES_FIRST: N_("Whole name, surnames first"),
    Column.EMAIL: N_("E-mail"),
    Column.PHONE: N_("Phone"),
    Column.DOCUMENT: N_("Document number"),
    Column.DOCUMENT_KIND: N_("Kind of document"),
    Column.REGION: N_("Department, region or state"),
    Column.MUNICIPALITY: N_("Municipality or district"),
    Column.POSITION: N_("Post or occupation"),
}

# Headings as people write them, folded and without marks, each set ended by what it means.
_HEADINGS: Mapping[Column, str] = {
    Column.GIVEN: "nombres|nombre s|primer nombre|segundo nombre|nombre de pila|given names",
    Column.SURNAMES: "apellidos|apellido s|surnames",
    Column.FIRST_SURNAME: "primer apellido|apellido paterno|apellido 1|1er apellido|paterno"
    "|apellido|1 apellido|first surname",
    Column.SECOND_SURNAME: "segundo apellido|apellido materno|apellido 2|2do apellido|materno"
    "|2 apellido|second surname",
    Column.FULL: "nombre completo|nombres y apellidos|nombre y apellidos|nombre y apellido"
    "|nombre del participante|nombre de la persona|participante|nombres y apellidos completos",
    Column.SURNAMES_FIRST: "apellidos y nombres|apellido y nombre|apellidos nombres"
    "|apellidos y nombres completos",
    Column.EMAIL: "correo|correo electronico|e mail|email|mail|direccion de correo"
    "|correo e|correo personal|correo institucional|direccion de correo electronico",
    Column.PHONE: "telefono|tel|celular|cel|movil|telefono celular|numero de telefono|whatsapp"
    "|no de telefono|numero de celular|tel cel|tel celular|telefonos|phone|no telefono",
    Column.DOCUMENT: "dpi|cui|dpi cui|cui dpi|dni|curp|documento|no de documento"
    "|numero de documento|numero de dpi|no de dpi|numero de dni|no dpi|no dni|identificacion"
    "|numero de identificacion|cedula|pasaporte|doc|no doc|n documento|n de documento"
    "|documento de identidad|numero de cui|n dni|nro dni|nro de dni|nro documento"
    "|codigo unico de identificacion|document",
    Column.DOCUMENT_KIND: "tipo de documento|tipo doc|tipo documento|tipo de doc",
    Column.REGION: "departamento|depto|dpto|region|estado|entidad|entidad federativa",
    Column.MUNICIPALITY: "municipio|municipalidad|distrito|localidad|alcaldia|ayuntamiento"
    "|municipio distrito|municipality",
    Column.POSITION: "cargo|puesto|funcion|ocupacion|cargo o puesto|puesto o cargo|position"
    "|puesto que desempena|cargo que desempena|profesion",
    Column.SKIP: "no|n|nro|num|numero|correlativo|item|id|sexo|genero|edad|provincia|firma"
    "|observaciones|fecha|fecha de nacimiento|apellido de casada|institucion|pais|total",
}
_MEANING = {heading: column for column, said in _HEADINGS.items() for heading in said.split("|")}
_MARKS = re.compile(r"[^a-z0-9ñ]+")
_LONG_NUMBER = re.compile(r"\d[\d\s.-]{5,}")
_TOLD_BY_CELLS = {Column.EMAIL, Column.PHONE, Column.DOCUMENT}
_SURNAMES = {Column.SURNAMES, Column.FIRST_SURNAME}


def heading(cell: str) -> Column | None:
    """What a heading means, if we know it, «D.P.I.» too. «Nombre» alone is told by its company."""
    said = _MARKS.sub(" ", fold(cell)).strip()
    if said == "nombre":
        return Column.GIVEN
    return _MEANING.get(said) or _MEANING.get(said.replace(" ", ""))


def headings(cells: Sequence[str]) -> list[Column] | None:
    """What the first row says of the columns; nothing when it is a person and no heading."""
    if any("@" in cell or _LONG_NUMBER.search(cell) for cell in cells):
        return None
    found = [heading(cell) for cell in cells]
    known = [column for column in found if column is not None]
    filled = sum(bool(cell.strip()) for cell in cells)
    real = [column for column in known if column is not Column.SKIP]
    if not real or 2 * len(known) < filled:
        return None
    columns = [column or Column.SKIP for column in found]
    if Column.GIVEN in columns and not _SURNAMES & set(columns):
        columns[columns.index(Column.GIVEN)] = Column.FULL
    return columns


def completed(
    columns: Sequence[Column], cells: Sequence[str], rows: Sequence[Sequence[str]], country: str
) -> list[Column]:
    """The same, and what a heading that we do not know stands over is told by its cells.

    Only where nothing else is lost by it: names are not guessed below a strange heading, and no
    second column is taken for what another is already.
    """
    found = list(columns)
    told = guessed(rows, country)
    for at, cell in enumerate(cells):
        strange = found[at] is Column.SKIP and heading(cell) is None
        if strange and told[at] in _TOLD_BY_CELLS and told[at] not in found:
            found[at] = told[at]
    return found


def kind_of(cell: str) -> str | None:
    """The kind of document that a heading or a cell names, if it names one."""
    said = set(_MARKS.sub(" ", fold(cell)).split())
    for kind, words in (
        ("dpi", {"dpi", "cui"}),
        ("dni", {"dni"}),
        ("curp", {"curp"}),
        ("passport", {"pasaporte", "passport"}),
    ):
        if said & words:
            return kind
    return None


_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_NAME = re.compile(r"[^\d@]*[^\W\d_]{2,}[^\d@]*")
_ENOUGH = 0.6


def guessed(rows: Sequence[Sequence[str]], country: str) -> list[Column]:
    """What the columns are when no heading says so: by what most of their cells look like."""
    width = max((len(row) for row in rows), default=0)
    found: list[Column | None] = []
    for at in range(width):
        cells = [row[at].strip() for row in rows if at < len(row) and row[at].strip()]
        found.append(_looks_like(cells, country))
    words = [at for at, column in enumerate(found) if column is None]
    for at, column in zip(words, _names(len(words)), strict=False):
        found[at] = column
    return [column or Column.SKIP for column in found]


def _names(many: int) -> list[Column]:
    """Columns of words in the order in which lists usually have them."""
    if many == 1:
        return [Column.FULL]
    return [
        Column.GIVEN, Column.SURNAMES, Column.MUNICIPALITY, Column.REGION, Column.POSITION,
    ]  # fmt: skip


def _looks_like(cells: Sequence[str], country: str) -> Column | None:
    """A column of words gives nothing: what they are is told by their order."""
    if not cells:
        return Column.SKIP
    if _share(cells, lambda cell: bool(_EMAIL.fullmatch(cell))) >= _ENOUGH:
        return Column.EMAIL
    bare = ["".join(ch for ch in cell if ch.isalnum()) for cell in cells]
    if [cell for cell in bare if cell.isdigit()] == [str(n) for n in range(1, len(bare) + 1)]:
        return Column.SKIP
    if _share(bare, lambda cell: _is_document(cell, country)) >= _ENOUGH:
        return Column.DOCUMENT
    if _share(bare, lambda cell: cell.isdigit() and 7 <= len(cell) <= 13) >= _ENOUGH:
        return Column.PHONE
    if _share(cells, lambda cell: bool(_NAME.fullmatch(cell))) >= _ENOUGH:
        return None
    return Column.SKIP


def _is_document(bare: str, country: str) -> bool:
    if country == "PE":
        return bare.isdigit() and len(bare) == 8
    if country == "MX":
        return len(bare) == 18 and not bare.isdigit()
    return bare.isdigit() and len(bare) == 13


def _share(cells: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(test(cell) for cell in cells) / len(cells)
