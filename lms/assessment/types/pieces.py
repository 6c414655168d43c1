"""What an author fills in of a question, piece by piece: each type declares its own.

Plain data like the shapes beside it. Whoever shows a form asks no type for its name: a new type
says its pieces and can be written on screen.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from lms.foundation.kernel.errors import N_


@dataclass(frozen=True, kw_only=True)
class Line:
    """A text on one line. In a row whose `name` is empty the row is the text itself."""

    name: str
    label: str
    hint: str = ""
    longest: int = 400
    needed: bool = False


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A text in Markdown, of a few lines."""

    name: str
    label: str
    hint: str = ""
    longest: int = 4_000
    needed: bool = False


@dataclass(frozen=True, kw_only=True)
class Lines:
    """Several short texts, one in each line."""

    name: str
    label: str
    hint: str = ""
    longest: int = 8_000
    needed: bool = False


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number, with decimals if need be."""

    name: str
    label: str
    hint: str = ""
    least: int | None = None
    needed: bool = False


@dataclass(frozen=True, kw_only=True)
class Tick:
    """Yes or no, with the answer that holds where nothing is written."""

    name: str
    label: str
    otherwise: bool


@dataclass(frozen=True, kw_only=True)
class OneOf:
    """One of a few; `otherwise` holds where nothing is written, without it one must be chosen."""

    name: str
    label: str
    options: Mapping[Any, str]
    """Words by what stands in the file: a word, or true and false."""
    hint: str = ""
    otherwise: str = ""


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What is marked beside a row: of all of them one, or as many as apply."""

    name: str
    label: str
    only_one: bool


@dataclass(frozen=True, kw_only=True)
class Rows:
    """Several of a kind, a row for each: options, pairs, accepted spellings."""

    name: str
    label: str
    called: str
    """What one of them is called, with its number."""
    more: str
    """The words on the button that adds one."""
    row: tuple["Cell", ...]
    mark: Mark | None = None
    hint: str = ""
    least: int = 0
    most: int = 20
    begun: int = 2
    """How many empty ones a new question shows."""
    shown: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = None
    """One of a file as its row shows it, where both differ."""
    written: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = None
    """What a file says for a row; whatever cannot be read is left to the type's check."""


Cell = Line | Paragraph | Lines | Figure | OneOf
Piece = Cell | Tick | Rows

TEXT = Paragraph(name="text", label=N_("Text"), longest=2_000, needed=True)
WHY = Paragraph(name="feedback", label=N_("Explanation to whoever chose it"), longest=4_000)


def options(mark: Mark) -> Rows:
    """The options of the types that have them."""
    return Rows(
        name="options",
        label=N_("Options"),
        called=N_("Option %(number)s"),
        more=N_("Add an option"),
        row=(TEXT, WHY),
        mark=mark,
        least=2,
        begun=4,
        hint=N_("Options left empty are not kept."),
    )
