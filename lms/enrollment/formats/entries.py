"""One person of a list: from cells to what an account is made of, with what is wrong about it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from lms.enrollment.rules import persons
from lms.enrollment.rules.columns import Column, kind_of
from lms.foundation.kernel.errors import N_, Invalid
from lms.foundation.kernel.text import nfc, one_line
from lms.people.actions.help_desk import NewPerson
from lms.people.formats import documents, phones
from lms.people.formats.documents import Document, DocumentKind
from lms.people.formats.phones import Phone
from lms.people.rules import addresses, homonyms, names

LONGEST = 120
_SHORT_DNI = 7


@dataclass(frozen=True, slots=True)
class Entry:
    """What a row says of somebody, as text that can be corrected."""

    given_names: str = ""
    first_surname: str = ""
    second_surname: str = ""
    email: str = ""
    phone: str = ""
    document_kind: str = ""
    document_number: str = ""
    region: str = ""
    municipality: str = ""
    position: str = ""
    same_person: bool = False
    """Somebody looked and says that the account found is this person's, whatever its name."""

    def kept(self) -> dict[str, Any]:
        """As a row keeps it."""
        return asdict(self)

    @property
    def full(self) -> str:
        return names.written(self.given_names, self.first_surname, self.second_surname).full


FIELDS = tuple(name for name in Entry.__dataclass_fields__ if name != "same_person")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong, or worth a look, about one field: a message id with parameters."""

    about: str
    message: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def kept(self) -> dict[str, Any]:
        return {"about": self.about, "message": self.message, "params": dict(self.params)}


@dataclass(frozen=True, slots=True)
class Read:
    """A row that was read: who it means, what is wrong with it, and what should be looked at."""

    entry: Entry
    email: str | None = None
    phone: Phone | None = None
    document: Document | None = None
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()

    @property
    def identifiers(self) -> list[tuple[str, str]]:
        """Kind and value of everything that identifies the person, the surest first."""
        found = [("document", self.document.value)] if self.document else []
        found += [("email", self.email)] if self.email else []
        return found + ([("phone", self.phone.value)] if self.phone else [])

    def new_person(self, country: str, language: str) -> NewPerson:
        """The account that would be made."""
        entry = self.entry
        return NewPerson(
            name=names.written(entry.given_names, entry.first_surname, entry.second_surname),
            country=country,
            language=language,
            email=self.email,
            phone=self.phone,
            document=self.document,
        )


def entry_of(
    cells: Sequence[str], columns: Sequence[Column], heading: Sequence[str], country: str
) -> Entry:
    """What the cells of one row say, by what their columns are."""
    said: dict[Column, str] = {}
    kind = ""
    for at, column in enumerate(columns):
        cell = one_line(nfc(cells[at]))[:LONGEST] if at < len(cells) else ""
        if column is Column.SKIP or not cell:
            continue
        if column is Column.DOCUMENT and at < len(heading):
            kind = kind or kind_of(heading[at]) or ""
        said[column] = f"{said[column]} {cell}" if column in said else cell
    given, first, second = _name(said)
    municipality, region = said.get(Column.MUNICIPALITY, ""), said.get(Column.REGION, "")
    if not region:
        municipality, region = _with_region(municipality)
    return Entry(
        given_names=given,
        first_surname=first,
        second_surname=second,
        email=said.get(Column.EMAIL, ""),
        phone=said.get(Column.PHONE, ""),
        document_kind=_kind(said, kind, country),
        document_number=said.get(Column.DOCUMENT, ""),
        region=region,
        municipality=municipality,
        position=said.get(Column.POSITION, ""),
    )


def _kind(said: Mapping[Column, str], of_heading: str, country: str) -> str:
    number = said.get(Column.DOCUMENT, "")
    if not number:
        return ""
    return kind_of(said.get(Column.DOCUMENT_KIND, "")) or of_heading or usual(number, country)


def usual(number: str, country: str) -> str:
    """The kind of document that a number looks like, where nobody said which it is."""
    bare = documents.compact(number)
    if len(bare) == 18 and not bare.isdigit():
        return DocumentKind.CURP.value
    if len(bare) == 13 and bare.isdigit():
        return DocumentKind.DPI.value
    if country == "PE" and len(bare) in (8, 9) and bare[:8].isdigit():
        return DocumentKind.DNI.value
    first = {place: kind.value for kind, place in documents.COUNTRY_OF.items()}
    return first.get(country, DocumentKind.OTHER.value)


def read(entry: Entry, country: str) -> Read:
    """Read what a row says; everything that is wrong with it is named, field by field."""
    problems: list[Problem] = []
    notes: list[Problem] = []
    for name in ("given_names", "first_surname", "second_surname"):
        part = getattr(entry, name)
        said = names.problem(part) if part else None
        if said:
            problems.append(Problem(name, said))
    if not entry.given_names:
        problems.append(Problem("given_names", N_("The given names are missing.")))
    if not entry.first_surname:
        problems.append(Problem("first_surname", N_("The surname is missing.")))
    found = Read(entry)
    found = replace(
        found,
        email=_tried(problems, "email", addresses.email, entry.email),
        phone=_tried(problems, "phone", phones.phone, entry.phone, country),
        document=_document(problems, notes, entry, country),
    )
    if not (entry.email or entry.phone or entry.document_number):
        said = N_("An e-mail, a phone number or a document is needed to know who it is.")
        problems.append(Problem("email", said))
    several = homonyms.departments(country, entry.municipality)
    if several and not entry.region:
        said = N_("There are several: %(departments)s. Say which department it is.")
        problems.append(Problem("region", said, {"departments": ", ".join(several)}))
    return replace(found, problems=tuple(problems), notes=tuple(notes))


def _document(
    problems: list[Problem], notes: list[Problem], entry: Entry, country: str
) -> Document | None:
    if not entry.document_number:
        return None
    kind = entry.document_kind
    if kind not in set(DocumentKind):
        kind = usual(entry.document_number, country)
    number = documents.compact(entry.document_number)
    if kind == DocumentKind.DNI and len(number) == _SHORT_DNI and number.isdigit():
        number = f"0{number}"
        said = N_("A zero was put before the document: spreadsheets take it away.")
        notes.append(Problem("document_number", said))
    found: Document | None = _tried(
        problems, "document_number", documents.document, kind, number, country
    )
    if found is not None and found.doubtful:
        said = N_("The check digit of the document does not fit: look at it again.")
        notes.append(Problem("document_number", said))
    return found


def _tried(problems: list[Problem], name: str, reader: Any, *given: str) -> Any:
    if not given[0] or (name == "document_number" and not given[1]):
        return None
    try:
        return reader(*given)
    except Invalid as wrong:
        problems.append(Problem(name, wrong.message, wrong.params))
        return None


def _name(said: Mapping[Column, str]) -> tuple[str, str, str]:
    if Column.FULL in said:
        return persons.given_first(said[Column.FULL])
    if Column.SURNAMES_FIRST in said:
        return persons.surnames_first(said[Column.SURNAMES_FIRST])
    given = said.get(Column.GIVEN, "")
    first = said.get(Column.FIRST_SURNAME, "")
    second = said.get(Column.SECOND_SURNAME, "")
    if Column.SURNAMES in said:
        first, second = persons.surnames(said[Column.SURNAMES])
    return given, first, second


def _with_region(municipality: str) -> tuple[str, str]:
    """«San José, Petén» and «San José (Petén)» say the department too."""
    for opened, closed in ((",", ""), ("(", ")")):
        name, mark, region = municipality.partition(opened)
        if mark and region.strip(closed + " "):
            return name.strip(), region.strip(closed + " ")
    return municipality, ""
