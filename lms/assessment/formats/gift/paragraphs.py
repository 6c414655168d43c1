"""A GIFT file as paragraphs: one for each question, with what comments say of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lms.assessment.formats.categories import category_of
from lms.assessment.formats.gift.signs import hide

CARRIED = "cabildo:"
_CATEGORY = re.compile(r"\s*\$CATEGORY:\s*(.*)")
_ID = re.compile(r"\[id:([^\]]*)\]")
_TAG = re.compile(r"\[tag:([^\]]*)\]")


@dataclass(slots=True)
class Paragraph:
    """The lines of a question, its escaped signs hidden."""

    line: int
    category: str
    text: str = ""
    key: str = ""
    tags: list[str] = field(default_factory=list)
    carried: str = ""


def paragraphs(text: str) -> Iterator[Paragraph]:
    """The questions of a file. An empty line parts them, unless braces are open around it."""
    lines = text.split("\n")
    category = ""
    begun: Paragraph | None = None
    for at, line in enumerate(lines):
        bare = line.strip()
        found = _CATEGORY.match(line)
        if found:
            if begun is not None and begun.text.strip():
                yield begun
            category, begun = category_of(found[1]), None
        elif bare.startswith("//"):
            begun = begun or Paragraph(at + 1, category)
            _comment(begun, bare[2:].strip())
        elif bare:
            begun = begun or Paragraph(at + 1, category)
            if not begun.text:
                begun.line = at + 1
            begun.text += f"{hide(line)}\n"
        elif begun is not None and begun.text and _goes_on(begun.text, lines[at:]):
            begun.text += "\n"
        elif begun is not None:
            if begun.text:
                yield begun
            begun = None
    if begun is not None and begun.text:
        yield begun


def _goes_on(text: str, rest: list[str]) -> bool:
    """Whether open braces are closed after this empty line, before others open."""
    if text.count("{") <= text.count("}"):
        return False
    for line in rest:
        if line.strip().startswith(("//", "::", "$CATEGORY")):
            if not line.strip().startswith("//"):
                return False
            continue
        for sign in hide(line):
            if sign in "{}":
                return sign == "}"
    return False


def _comment(paragraph: Paragraph, said: str) -> None:
    if said.startswith(CARRIED):
        paragraph.carried = said.removeprefix(CARRIED).strip()
        return
    named = _ID.search(said)
    paragraph.key = named[1].strip() if named else paragraph.key
    paragraph.tags += [each.strip() for each in _TAG.findall(said) if each.strip()]
