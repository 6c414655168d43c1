"""The one field people sign in with: an address, a phone number or a document number."""

from lms.foundation.kernel.errors import Invalid
from lms.foundation.kernel.text import fold, one_line
from lms.people.formats import documents, phones
from lms.people.rules import addresses
from lms.people.rules.places import COUNTRIES

LONGEST = 254


def possible(typed: str, country: str) -> list[tuple[str, str]]:
    """Every (kind, value) of identifier that was perhaps meant, none if it can be none."""
    text = one_line(typed)[:LONGEST]
    if "@" in text:
        try:
            return [("email", addresses.email(text))]
        except Invalid:
            return []
    order = (country, *(other for other in COUNTRIES if other != country))
    return [
        *(("phone", value) for value in phones.possible(text, order)),
        *(("document", value) for value in documents.possible(text, order)),
    ]


def alike(typed: str) -> str:
    """One form for all spellings of what was typed, to count tries by."""
    text = fold(typed)
    return text if "@" in text else documents.compact(text)


def spellings(kind: str, value: str) -> list[str]:
    """How the holder of an identifier writes it when they sign in, each in its one form."""
    if kind == "phone":
        return [alike(value), alike(phones.national(value))]
    return [alike(value.rpartition(":")[2] if kind == "document" else value)]
