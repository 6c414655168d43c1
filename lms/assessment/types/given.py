"""What came in for one question, from a form or as JSON, made alike before a type reads it."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lms.foundation.kernel.errors import N_, Invalid

LONGEST = 20_000
"""Characters of one value, an essay's; what is shorter says so itself."""
MOST_PARTS = 100
SEPARATOR = "."

UNREADABLE = N_("This answer could not be read. Please answer again.")


@dataclass(frozen=True)
class Given:
    """Values by part; the main part has no name. A form names them ``q3`` and ``q3.1``."""

    parts: Mapping[str, tuple[str, ...]]

    def one(self, part: str = "") -> str:
        """The one value of a part, empty if nothing came."""
        values = self.many(part)
        if len(values) > 1:
            raise Invalid(N_("Choose only one answer."))
        return values[0] if values else ""

    def many(self, part: str = "") -> tuple[str, ...]:
        """All values of a part, those that are not empty. A question without parts refuses them,
        so that a program's mistake never passes for an empty answer."""
        if not part and any(name and any(values) for name, values in self.parts.items()):
            raise Invalid(UNREADABLE)
        return tuple(value for value in self.parts.get(part, ()) if value)

    @classmethod
    def from_form(cls, fields: Iterable[tuple[str, str]], name: str) -> "Given":
        """The fields of one question among all that a page sent."""
        parts: dict[str, list[str]] = {}
        for field, value in fields:
            if field == name:
                parts.setdefault("", []).append(value)
            elif field.startswith(name + SEPARATOR):
                parts.setdefault(field[len(name) + 1 :], []).append(value)
        return cls(_bounded(parts))

    @classmethod
    def from_json(cls, value: Any) -> "Given":
        """The same from JSON: ``{"choice": …}``, ``{"choices": […]}``, ``{"text": …}`` or
        ``{"pairs": {part: …}}``; a bare value or list stands for the main part."""
        if not isinstance(value, Mapping):
            return cls(_bounded({"": _texts(value)}))
        if len(value) != 1:
            raise Invalid(UNREADABLE)
        ((word, content),) = value.items()
        if word == "pairs" and isinstance(content, Mapping):
            return cls(_bounded({str(part): _texts(item) for part, item in content.items()}))
        if word in ("choice", "choices", "text"):
            return cls(_bounded({"": _texts(content)}))
        raise Invalid(UNREADABLE)


def _texts(value: Any) -> list[str]:
    if value is None:
        return []
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if isinstance(value, str | int | float):
        return [str(value)]
    if isinstance(value, list) and not any(isinstance(item, list | dict) for item in value):
        return [text for item in value for text in _texts(item)]
    raise Invalid(UNREADABLE)


def _bounded(parts: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    if sum(map(len, parts.values())) > MOST_PARTS:
        raise Invalid(UNREADABLE)
    if any(len(value) > LONGEST for values in parts.values() for value in values):
        raise Invalid(N_("This answer is longer than %(most)s characters."), most=LONGEST)
    return {part: tuple(map(_clean, values)) for part, values in parts.items()}


def _clean(text: str) -> str:
    """Without what no keyboard writes and no database keeps: control characters, half letters."""
    return "".join(
        ch for ch in text if ch in "\n\t" or unicodedata.category(ch) not in ("Cc", "Cs")
    ).strip()
