"""A document as blocks and words, whatever it came from.

Whoever reads a format (a web page, what a word processor pastes, a .docx) makes these; whoever
writes them knows our Markdown and nothing of formats.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from lms.foundation.kernel.errors import N_
from lms.foundation.web.markdown.links import Target, target

LOST = {
    "pictures": N_("pictures: %(count)s. Put them under Files and show them from there."),
    "pictures-kind": N_("pictures of a kind that no browser shows: %(count)s."),
    "merged": N_("merged cells of tables: %(count)s. Their words stand in the first one."),
    "nested": N_("tables within tables: %(count)s. Their words stand in the outer one."),
    "links": N_("links that lead nowhere a learner could follow: %(count)s. Their words stayed."),
    "colours": N_("colours, underlining and sizes of letters."),
    "objects": N_("drawings, formulas, sound and other things in it: %(count)s."),
    "comments": N_("comments on the text: %(count)s."),
    "deleted": N_("words marked as deleted: %(count)s."),
    "headers": N_("headers and footers of pages."),
}
"""What does not come along, by codes: sentences."""
TITLE = 0
"""The level of a heading that names the whole document."""
_SPACE = re.compile(r"[ \t\r\n\f\u00a0]+")


@dataclass(frozen=True, slots=True)
class Run:
    """Some words in one dress."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""
    picture: str = ""
    """Where the picture stands that these words are said instead of."""


Words = Sequence[Run]
BREAK = Run("\n")
"""A new line within a paragraph."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; levels count from 1."""

    level: int
    words: Words


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words that belong together; quoted ones stand apart."""

    words: Words
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One point of a list, at some depth from 0."""

    words: Words
    depth: int = 0
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the first row says what the columns are."""

    rows: Sequence[Sequence[Words]]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that came along, by its name among the document's pictures."""

    name: str
    alt: str = ""
    caption: str = ""


Block = Heading | Paragraph | Item | Table | Picture


@dataclass(slots=True)
class Document:
    """What was read of a document, and how often what was lost."""

    blocks: list[Block] = field(default_factory=list)
    lost: Counter[str] = field(default_factory=Counter)
    pictures: dict[str, bytes] = field(default_factory=dict)
    title: str = ""
    """What it is called, where it says so outside its text."""


def words_of(words: Words) -> str:
    """The words alone, on one line."""
    return _SPACE.sub(" ", "".join(run.text for run in words)).strip()


def is_followed(href: str) -> bool:
    """Whether a link of a document can stay one."""
    return target(address_of(href))[0] in (Target.WEB, Target.CONTACT, Target.MEDIA)


def address_of(href: str) -> str:
    """An address without the signs that would end it in Markdown."""
    return re.sub(r"[\s()<>\\]", lambda found: f"%{ord(found[0]):02X}", href.strip())
