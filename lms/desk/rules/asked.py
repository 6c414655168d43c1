"""Which people of a cohort somebody looks at, in which order, and what of them: kept in the
address, so that a list can be sent to a colleague and found again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from lms.desk.rules.standings import Stand
from lms.foundation.kernel.errors import N_
from lms.foundation.kernel.text import one_line

LONGEST = 80
EVERYBODY = "todas"
NAME = "nombre"
BY_GRADE = "notas:"
"""Before the key of a graded activity: the order by its results."""


class Mail(StrEnum):
    """How letters reach people, as addresses name it."""

    NONE = "sin-correo"
    BOUNCED = "devuelto"


MAILS = {
    Mail.NONE: N_("Have no e-mail"),
    Mail.BOUNCED: N_("Their letters come back"),
}


class Column(StrEnum):
    """What the list can say of somebody beside their name, as addresses name it."""

    MUNICIPALITY = "municipio"
    GRADES = "notas"
    GRADE = "nota"
    PROGRESS = "avance"
    STATE = "estado"
    SEEN = "ingreso"
    ADMITTED = "admision"
    DOCUMENT = "documento"
    MAIL = "correo"
    PHONE = "telefono"


TITLES = {
    Column.MUNICIPALITY: N_("Municipality"),
    Column.GRADES: N_("Results"),
    Column.GRADE: N_("Grade"),
    Column.PROGRESS: N_("Progress"),
    Column.STATE: N_("State"),
    Column.SEEN: N_("Last entry"),
    Column.ADMITTED: N_("Admitted on"),
    Column.DOCUMENT: N_("Identity document"),
    Column.MAIL: N_("E-mail"),
    Column.PHONE: N_("Phone"),
}
USUAL = (Column.MUNICIPALITY, Column.GRADES, Column.GRADE, Column.PROGRESS, Column.STATE)
PRIVATE = frozenset({Column.DOCUMENT, Column.MAIL, Column.PHONE})
"""Only who answers requests for a seat knows these of the people."""
SORTABLE = frozenset(Column) - PRIVATE - {Column.GRADES}


@dataclass(frozen=True, slots=True)
class Asked:
    """A list as it was asked for: filters, order, columns."""

    shown: Stand | None = None
    text: str = ""
    municipality: str = ""
    mail: Mail | None = None
    person: str = ""
    order: str = NAME
    descending: bool = False
    columns: tuple[Column, ...] = USUAL

    @property
    def narrowed(self) -> bool:
        """Whether anything but a state leaves people out."""
        return bool(self.text or self.municipality or self.mail or self.person)

    def address(self, usual: tuple[Column, ...] = USUAL) -> dict[str, Any]:
        """The same list as parts of an address; what is usual is not said, but for the state: an
        address without one opens the list as its reader kept it."""
        order = f"-{self.order}" if self.descending else self.order
        return {
            "ver": self.shown.value if self.shown else EVERYBODY,
            "q": self.text or None,
            "municipio": self.municipality or None,
            "correo": self.mail.value if self.mail else None,
            "persona": self.person or None,
            "orden": None if order == NAME else order,
            "col": None if self.columns == usual else [each.value for each in self.columns],
        }

    def sorted_by(self, order: str) -> "Asked":
        """The same list in another order; the order it has already is turned round."""
        turned = self.order == order and not self.descending
        return replace(self, order=order, descending=turned)


Given = Mapping[str, Sequence[str]]
"""The parts of an address, each as often as it stands there."""


def asked(given: Given, kept: "Asked", graded: Sequence[str], *, private: bool) -> Asked:
    """What an address asks for; one that says nothing asks for what its reader kept.

    ``graded`` are the keys of the activities that have results; anything odd is as if not said.
    """
    spoken = any(
        given.get(name) for name in ("ver", "q", "municipio", "correo", "persona", "orden")
    )
    said = kept if not spoken else _filters(given)
    named = [Column(each) for each in given.get("col", ()) if each in set(Column)]
    columns = tuple(each for each in Column if each in (named or kept.columns))
    if not private:
        columns = tuple(each for each in columns if each not in PRIVATE)
    order, descending = said.order, said.descending
    if not _can_be_sorted(order, graded):
        order, descending = NAME, False
    return replace(said, order=order, descending=descending, columns=columns or USUAL)


def _filters(given: Given) -> Asked:
    def first(name: str) -> str:
        return one_line((given.get(name) or ("",))[0][: 4 * LONGEST])[:LONGEST]

    state, order, mail = first("ver"), first("orden"), first("correo")
    return Asked(
        shown=Stand(state) if state in set(Stand) else None,
        text=first("q"),
        municipality=first("municipio"),
        mail=Mail(mail) if mail in set(Mail) else None,
        person=first("persona"),
        order=order.removeprefix("-") or NAME,
        descending=order.startswith("-"),
    )


def _can_be_sorted(order: str, graded: Sequence[str]) -> bool:
    if order.startswith(BY_GRADE):
        return order.removeprefix(BY_GRADE) in graded
    return order == NAME or order in {each.value for each in SORTABLE}


def as_kept(found: Asked) -> dict[str, Any]:
    """A list as it is kept for its reader; whom they searched for is not."""
    return {
        "shown": found.shown.value if found.shown else "",
        "municipality": found.municipality,
        "order": found.order,
        "descending": found.descending,
        "columns": [each.value for each in found.columns],
    }


def read_kept(kept: Mapping[str, Any], *, elsewhere: bool) -> Asked:
    """A kept list; of another cohort only columns and order are used, its filters mean nothing
    here."""
    known = set(Column)
    state = kept.get("shown", "")
    return Asked(
        shown=Stand(state) if state in set(Stand) and not elsewhere else None,
        municipality="" if elsewhere else str(kept.get("municipality", "")),
        order=str(kept.get("order", NAME)),
        descending=bool(kept.get("descending")),
        columns=tuple(Column(each) for each in kept.get("columns", ()) if each in known) or USUAL,
    )
