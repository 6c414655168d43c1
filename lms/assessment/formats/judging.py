"""From what a format read to what is told of it: taken, with loss, or refused."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lms.assessment.formats.carried import unpacked
from lms.assessment.formats.interface import MOST_ITEMS, Entry, Item, Told
from lms.assessment.rules.quiz import QUESTIONS
from lms.assessment.types import TYPES
from lms.catalog.rules.nodes import Map
from lms.catalog.rules.problems import Problem
from lms.catalog.rules.shape_check import read
from lms.catalog.rules.shape_values import KEY, LONGEST_KEY
from lms.catalog.rules.shapes import Object
from lms.foundation.kernel.errors import N_, Invalid

_SHAPE = Object((QUESTIONS,))
_LONGEST_NAME = 80
_IN_FILE = re.compile(r"media/([A-Za-z0-9][A-Za-z0-9._\-]*)")
_NO_KIND = Told(N_("questions of the kind “%(kind)s” have no place here"))


@dataclass(slots=True)
class Rough:
    """An item as a format says it, before anybody asked whether it is a question."""

    line: int
    name: str = ""
    source: dict[str, Any] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    lost: list[Told] = field(default_factory=list)
    refused: Told | None = None
    carried: str = ""

    def lose(self, message: str, /, **params: Any) -> None:
        """Name something that does not come along, once."""
        told = Told(message, params)
        if told not in self.lost:
            self.lost.append(told)

    def refuse(self, message: str, /, remedy: str = "", **params: Any) -> None:
        """Say why it cannot come in; the first reason counts."""
        self.refused = self.refused or Told(message, params, remedy)

    def of_kind(self, kind: str, shown: str = "") -> None:
        """Make it a question of a kind; refuse it by name where there is no such kind yet."""
        self.source["type"] = kind
        if kind not in TYPES:
            self.refuse(_NO_KIND.message, kind=shown or kind)


def judged(items: Iterable[Rough]) -> list[Entry]:
    """The report of a file. Raises Invalid when nothing is in it, or far too much."""
    entries: list[Entry] = []
    for each in items:
        if len(entries) == MOST_ITEMS:
            raise Invalid(
                N_("The file has more than %(most)s questions. Split it."), most=MOST_ITEMS
            )
        entries.append(_judged(len(entries) + 1, each))
    if not entries:
        raise Invalid(N_("No question was found in it. Is it of the format that you chose?"))
    return entries


def whole(rough: Rough) -> dict[str, Any]:
    """What an item says with what travelled beside it."""
    source = {key: value for key, value in rough.source.items() if value not in (None, "", [], ())}
    return unpacked(rough.carried, source) if rough.carried else source


def _judged(number: int, rough: Rough) -> Entry:
    source = whole(rough)
    stem = source.get("stem")
    name = " ".join((rough.name or (stem if isinstance(stem, str) else "")).split())
    name = name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1].rstrip()}…"
    refused = rough.refused or _fault(source)
    if refused is not None:
        return Entry(number, rough.line, name, None, (), refused)
    shown = set(_IN_FILE.findall(_words(source)))
    files = {name: data for name, data in rough.files.items() if name in shown}
    return Entry(number, rough.line, name, Item(source, files), tuple(rough.lost))


def _fault(source: Mapping[str, Any]) -> Told | None:
    """What the check of courses would refuse it for."""
    key = source.get("key")
    if not isinstance(key, str) or not is_key(key):
        source = {**source, "key": "x"}
    found = read(Map({"questions": [source]}), _SHAPE)
    problems: Sequence[Problem] = found.problems
    if not any(each.is_error for each in problems):
        problems = TYPES[source["type"]].check(found.data["questions"][0])
    wrong = next((each for each in problems if each.is_error), None)
    return None if wrong is None else Told(wrong.message, wrong.params, wrong.remedy)


def is_key(text: str) -> bool:
    """Whether a name from elsewhere can be a question's key as it is."""
    return KEY.fullmatch(text) is not None and len(text) <= LONGEST_KEY


def _words(value: Any) -> str:
    """All texts of a question together."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return "\n".join(map(_words, value.values()))
    if isinstance(value, list | tuple):
        return "\n".join(map(_words, value))
    return ""
