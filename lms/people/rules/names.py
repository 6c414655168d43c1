"""Names: what may stand in one. They are kept exactly as their owner writes them."""

import unicodedata
from dataclasses import dataclass
from typing import Protocol

from lms.foundation.kernel.errors import N_
from lms.foundation.kernel.text import fold, nfc, one_line

LONGEST = 80
# Apostrophes of every keyboard, hyphens and the dot of an abbreviated name.
_MARKS = frozenset("'’ʼʻ´`‘-‐‑–.·ꞌ ")


@dataclass(frozen=True)
class Name:
    """A person's name in its parts; no part is ever put in other letters than those given."""

    given_names: str
    first_surname: str
    second_surname: str | None = None

    @property
    def full(self) -> str:
        """The name as it stands on a diploma: given names, then surnames."""
        parts = (self.given_names, self.first_surname, self.second_surname)
        return " ".join(part for part in parts if part)

    @property
    def surnames_first(self) -> str:
        """The name as it stands in lists: surnames, then given names."""
        return f"{self.surnames}, {self.given_names}"

    @property
    def short(self) -> str:
        """How staff sign what they write: given names and first surname."""
        return f"{self.given_names} {self.first_surname}"

    @property
    def search(self) -> str:
        """The name as it is searched, forgiving accents and case."""
        return fold(self.full)

    @property
    def sort(self) -> str:
        """The name as lists are sorted by it: surnames first, without accents and case."""
        return fold(f"{self.surnames} {self.given_names}")

    @property
    def surnames(self) -> str:
        """The surnames, one or two."""
        return " ".join(part for part in (self.first_surname, self.second_surname) if part)


class Bearer(Protocol):
    """Whoever or whatever has a name in its parts: a person, or the row of a list."""

    @property
    def given_names(self) -> str: ...

    @property
    def first_surname(self) -> str: ...

    @property
    def second_surname(self) -> str | None: ...


def name_of(bearer: Bearer) -> Name:
    """The name of a person, or of the person whom a row is about."""
    return Name(bearer.given_names, bearer.first_surname, bearer.second_surname)


def written(given_names: str, first_surname: str, second_surname: str | None) -> Name:
    """A name from what was typed: composed letters and single spaces, nothing else changed."""
    return Name(
        one_line(nfc(given_names)),
        one_line(nfc(first_surname)),
        one_line(nfc(second_surname)) if second_surname and one_line(second_surname) else None,
    )


def problem(part: str) -> str | None:
    """Why this cannot be a part of a name, or nothing; letters of every language are welcome."""
    if len(part) > LONGEST:
        return N_("This is longer than 80 letters.")
    if not any(ch.isalpha() for ch in part):
        return N_("Write the name with its letters.")
    if not all(_belongs(ch) for ch in part):
        return N_("A name has only letters, apostrophes, hyphens and spaces.")
    return None


def _belongs(ch: str) -> bool:
    return ch in _MARKS or unicodedata.category(ch)[0] in "LM"
