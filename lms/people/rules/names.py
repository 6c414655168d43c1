"""Names: what may stand in one. They are kept exactly as their owner writes them."""

import unicodedata
from dataclasses import dataclass

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
    def search(self) -> str:
        """The name as it is searched, forgiving accents and case."""
        return fold(self.full)


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
