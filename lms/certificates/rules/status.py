"""What the public is told of a document, in one word."""

from dataclasses import dataclass
from enum import StrEnum

from lms.foundation.kernel.errors import N_


class Status(StrEnum):
    """Whether a document holds."""

    VALID = "valid"
    SUPERSEDED = "superseded"
    ANNULLED = "annulled"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Word:
    """A status as it is shown: its word, its tone and its sign."""

    said: str
    tone: str
    icon: str


SPOILED = "spoiled"
"""How a number stands in the book whose line was spoiled: no document, so no status of one."""

TRANSCRIBED = "transcribed"
"""How a diploma of before stands in the book that it was copied from."""

WORDS = {
    Status.VALID: Word(N_("Valid"), "good", "badge-check"),
    Status.SUPERSEDED: Word(N_("Superseded"), "warn", "rotate-ccw"),
    Status.ANNULLED: Word(N_("Annulled"), "bad", "circle-alert"),
    Status.REVOKED: Word(N_("Revoked as a sanction"), "bad", "circle-alert"),
}

IN_BOOK = {
    SPOILED: Word(N_("Number spoiled"), "warn", "circle-alert"),
    TRANSCRIBED: Word(N_("Transcribed"), "info", "book-open"),
}

# One list of states for so many documents, in the order of the register.
PLACES = 131_072


def place_of(leaf_index: int) -> tuple[int, int]:
    """Which list of states tells of a document, and at which place of it.

    Its place in the register is in its proof for everybody to read, so another one drawn at random
    would hide nothing.
    """
    return divmod(leaf_index, PLACES)


def word(status: str) -> Word:
    """The word for a status. One that nobody knows is an error, never taken for valid."""
    return WORDS[Status(status)]


def word_in_book(status: str) -> Word:
    """The word for a line of the book, which may have no document."""
    return IN_BOOK.get(status) or word(status)


class Compared(StrEnum):
    """What a file turns out to be beside the document that was issued."""

    SAME = "same"
    TRUE = "true"  # other bytes, and everything it says is as the register has it
    ALTERED = "altered"
    NOT_SEALED = "not_sealed"


def compare(sha256: str, sealed: list[str | None]) -> Compared:
    """A file is genuine if it is, byte for byte, a sealed edition of this document."""
    known = [each for each in sealed if each is not None]
    if sha256 in known:
        return Compared.SAME
    return Compared.ALTERED if len(known) == len(sealed) else Compared.NOT_SEALED
