"""A Moodle file as its questions, one after another; nothing in it is followed or fetched.

Read by expat event by event: a document type is refused, and with it every entity, and nesting is
bounded. Only one question is a tree at any moment.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from xml.parsers import expat

from lms.assessment.formats.decoding import decoded
from lms.foundation.kernel.errors import N_, Invalid

DEEPEST = 20
_DECLARED = re.compile(r"\A\s*<\?xml[^>]*\?>")
_ENCODED = re.compile(rb"\A\s*<\?xml[^>]*encoding\s*=\s*[\"']([\w.\-]+)[\"']")
_PIECE = 1 << 20


@dataclass(slots=True)
class Node:
    """An element: its name, its attributes, its line, what stands in it."""

    tag: str
    attributes: dict[str, str]
    line: int
    children: list["Node"] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words right in it."""
        return "".join(self.words)

    def all(self, tag: str) -> list["Node"]:
        return [each for each in self.children if each.tag == tag]

    def first(self, tag: str) -> "Node | None":
        return next((each for each in self.children if each.tag == tag), None)

    def said(self, *path: str) -> str:
        """The words of the first element along a path; empty where there is none."""
        here: Node | None = self
        for tag in path:
            here = here.first(tag) if here is not None else None
        return here.text.strip() if here is not None else ""


def each_question(data: bytes, found: Callable[[Node], None]) -> None:
    """Give every question of a file to ``found``. Raises Invalid when the file is refused."""
    reader = _Reader(found)
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _doctype
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.say
    reader.parser = parser
    text = _DECLARED.sub(lambda head: "\n" * head[0].count("\n"), _text(data), count=1)
    written = text.lstrip().encode("utf-8")
    if not written.startswith(b"<"):
        raise Invalid(N_("This file is not XML. Choose the format in which it was exported."))
    reader.above = text[: len(text) - len(text.lstrip())].count("\n")
    try:
        for at in range(0, len(written), _PIECE):
            parser.Parse(written[at : at + _PIECE], False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Invalid(
            N_(
                "The XML is broken at line %(line)s: nothing was read. Export it again from "
                "where it comes."
            ),
            line=error.lineno + reader.above,
        ) from None


def _text(data: bytes) -> str:
    """The file as it says itself that it is encoded, if that is so."""
    declared = _ENCODED.match(data[:300])
    if declared and declared[1].lower() not in (b"utf-8", b"utf8", b"utf-16"):
        with suppress(LookupError, ValueError):  # it says what it is not: the bytes are asked
            data = data.decode(declared[1].decode("ascii")).encode("utf-8")
    return decoded(data)


def _doctype(*_: object) -> None:
    raise Invalid(N_("The file has a DOCTYPE, which Moodle never writes: nothing was read."))


class _Reader:
    def __init__(self, found: Callable[[Node], None]) -> None:
        self.found = found
        self.open: list[Node] = []
        self.parser: expat.XMLParserType
        self.above = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        node = Node(tag, attributes, self.parser.CurrentLineNumber + self.above)
        if not self.open and tag != "quiz":
            raise Invalid(
                N_("This is XML, but not of Moodle's questions: it begins with <%(tag)s>."),
                tag=tag[:40],
            )
        if len(self.open) >= DEEPEST:
            raise Invalid(N_("The XML is nested more deeply than any question: nothing was read."))
        if len(self.open) > 1:
            self.open[-1].children.append(node)
        self.open.append(node)

    def end(self, _tag: str) -> None:
        node = self.open.pop()
        if len(self.open) == 1 and node.tag == "question":
            self.found(node)

    def say(self, words: str) -> None:
        if len(self.open) > 1:
            self.open[-1].words.append(words)
