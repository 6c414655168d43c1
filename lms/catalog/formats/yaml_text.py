"""The plain part of YAML, with the line of everything, and nothing that can surprise.

Read from the parser's events, one after another and never by recursion: anchors, aliases and tags
are refused before anything is built, so a small file cannot become a large one. Only `true` and
`false` are booleans (`no` is Norway or a word), numbers with a point are exact decimals.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from lms.catalog.rules.nodes import Map, Seq
from lms.catalog.rules.problems import Problem
from lms.foundation.kernel.errors import N_

DEEPEST = 12
MOST_NODES = 20_000

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE = re.compile(r"[-+]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,18}\.[0-9]{1,18}")
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_NOTHING = {"", "~", "null"}
_QUOTE_IT = N_("put the whole value between quotes, or on the next line after `>-`")
_BROKEN = N_("this is not valid YAML")
# What the parser says, and what that means to an author: its own words are for programmers.
_MEANINGS = (
    (
        "mapping values are not allowed",
        N_("a value holds a colon and is not between quotes, or a line is indented too far"),
        _QUOTE_IT,
    ),
    (
        "cannot start any token",
        N_("a value begins with a character that YAML keeps for itself"),
        _QUOTE_IT,
    ),
    (
        "alphabetic or numeric character",
        N_("a value begins with a character that YAML keeps for itself"),
        _QUOTE_IT,
    ),
    ("unexpected end of stream", N_("quotes are opened here and never closed"), N_("close them")),
    (
        "did not find expected key",
        N_("this line does not belong to the keys above it"),
        N_("indent all keys of one thing alike, and check the quotes above"),
    ),
    (
        "could not find expected ':'",
        N_("a key has no colon"),
        N_("write `key: value`, with a space after the colon"),
    ),
    (
        "did not find expected '-'",
        N_("this line does not belong to the list above it"),
        N_("indent every item alike and begin it with `- `"),
    ),
    (
        "did not find expected ','",
        N_("a bracket is not closed, or a comma is missing"),
        N_("close the bracket, and separate items with commas"),
    ),
)
_TAB = (N_("a tab is used to indent"), N_("indent with spaces"))
_ELSE = N_("check the indentation, the quotes and the colons around this line")


class _Refused(Exception):
    def __init__(self, line: int, message: str, remedy: str, **params: Any) -> None:
        super().__init__(message)
        self.line, self.message, self.remedy, self.params = line, message, remedy, params


@dataclass(slots=True)
class _Open:
    """A mapping or list being read."""

    node: Map | Seq
    key: str | None = None
    items: list[Any] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)


def read_yaml(
    text: str, path: str, *, first_line: int = 1, most: int = MOST_NODES
) -> tuple[Map | None, list[Problem]]:
    """The mapping that a text holds, or None; with every problem of reading it.

    `first_line` is the line of the file on which this text begins, `most` how many values it may
    hold.
    """
    reader = _Reader(path, first_line - 1, most)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            reader.take(event)
    except _Refused as refused:
        reader.problems.append(
            Problem(
                path, first_line - 1 + refused.line, refused.message, refused.remedy, refused.params
            )
        )
        return None, reader.problems
    except (yaml.YAMLError, RecursionError, UnicodeError) as error:
        reader.problems.append(_syntax(error, text, path, first_line - 1))
        return None, reader.problems
    if isinstance(reader.root, Map):
        return reader.root, reader.problems
    if not reader.problems:
        reader.problems.append(
            Problem(path, first_line, N_("the file has no keys"), N_("write `key: value` lines"))
        )
    return None, reader.problems


class _Reader:
    def __init__(self, path: str, offset: int, most: int) -> None:
        self.path = path
        self.offset = offset
        self.most = most
        self.problems: list[Problem] = []
        self.root: Any = None
        self.stack: list[_Open] = []
        self.nodes = 0
        self.documents = 0

    def take(self, event: yaml.Event) -> None:
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused(
                line,
                N_("anchors and aliases (`&` and `*`) are not allowed"),
                N_("write the value out; if it is text, put it between quotes"),
            )
        if isinstance(event, yaml.NodeEvent):
            self._count(line)
        if isinstance(event, yaml.DocumentStartEvent):
            self._document(event, line)
        elif isinstance(event, yaml.ScalarEvent):
            self._scalar(event, line)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._plain_tag(event.tag, line)
            kind = Map if isinstance(event, yaml.MappingStartEvent) else Seq
            node = kind(path=self.path, line=line + self.offset)
            self._place(node, line, line)
            self.stack.append(_Open(node))
            if len(self.stack) > DEEPEST:
                raise _Refused(
                    line,
                    N_("things are nested more than %(deepest)s deep"),
                    N_("check the brackets and the indentation"),
                    deepest=DEEPEST,
                )
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self.stack.pop()

    def _count(self, line: int) -> None:
        self.nodes += 1
        if self.nodes > self.most:
            raise _Refused(
                line,
                N_("the file holds more than %(most)s values"),
                N_("split it"),
                most=self.most,
            )

    def _document(self, event: yaml.DocumentStartEvent, line: int) -> None:
        self.documents += 1
        if self.documents > 1 or event.version or event.tags:
            raise _Refused(
                line,
                N_("the file holds more than one document or a directive"),
                N_("take out the lines that begin with `---` or `%%`"),
            )

    def _plain_tag(self, tag: str | None, line: int) -> None:
        if tag is not None:
            raise _Refused(
                line,
                N_("a value begins with an exclamation mark, which makes it a tag"),
                N_("take it out; if it is text, put it between quotes"),
            )

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        self._plain_tag(event.tag, line)
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.node, Map) and top.key is None:
            self._key(top, str(event.value), line)
            return
        below = line + 1 if event.style in ("|", ">") else line
        value = _plain(event.value) if event.style in (None, "") else event.value
        if isinstance(value, _NoDay):
            raise _Refused(
                line,
                N_("%(value)s is not a day of the calendar"),
                N_("correct the date, or put it between quotes if it is text"),
                value=event.value,
            )
        self._place(value, line, below)

    def _key(self, top: _Open, key: str, line: int) -> None:
        if key == "<<":
            raise _Refused(line, N_("`<<` is not allowed"), N_("write the keys out"))
        if key in top.seen:
            self.problems.append(
                Problem(
                    self.path,
                    line + self.offset,
                    N_("`%(key)s` stands twice here"),
                    N_("keep one; the first is on line %(line)s"),
                    {"key": key, "line": top.node.line_of(key)},
                )
            )
        else:
            top.node.lines[key] = line + self.offset  # type: ignore[call-overload]
        top.seen.add(key)
        top.key = key

    def _place(self, value: Any, line: int, text_line: int) -> None:
        if not self.stack:
            self.root = value
            return
        top = self.stack[-1]
        if isinstance(top.node, Seq):
            top.node.append(value)
            top.node.lines.append(line + self.offset)
            top.node.text_lines.append(text_line + self.offset)
            return
        if top.key is None:
            raise _Refused(line, N_("a list cannot be a key"), N_("write `key: value` lines"))
        if top.key not in top.node:
            top.node[top.key] = value
            top.node.text_lines[top.key] = text_line + self.offset
        top.key = None


class _NoDay:
    """Stands for a date that no calendar has."""


def _plain(text: str) -> Any:
    """What an unquoted value means."""
    if text in _NOTHING:
        return None
    if text in ("true", "false"):
        return text == "true"
    if _WHOLE.fullmatch(text):
        # A number with leading zeros is a code ("007"): it must not lose them.
        return text if len(text.lstrip("+-")) > 1 and text.lstrip("+-")[0] == "0" else int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    found = _DAY.fullmatch(text)
    if found is None:
        return text
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return _NoDay()


def _syntax(error: Exception, text: str, path: str, offset: int) -> Problem:
    said = str(getattr(error, "problem", None) or error)
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    begun = getattr(error, "context_mark", None)
    if begun is not None and "unexpected end of stream" in said:
        mark = begun
    line = mark.line + 1 if mark is not None else 1
    lines = text.split("\n")
    here = lines[line - 1] if line <= len(lines) else ""
    if "\t" in here[: len(here) - len(here.lstrip())]:
        what, todo = _TAB
    else:
        what, todo = next(
            ((what, todo) for part, what, todo in _MEANINGS if part in said), (_BROKEN, _ELSE)
        )
    return Problem(path, offset + min(line, len(lines)), what, todo)
