"""What a visitor is looking for in the catalogue."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from lms.catalog.rules.words import AUDIENCES, HOURS, KINDS, MODES, TOPICS
from lms.foundation.kernel.text import fold, one_line

LONGEST = 120
MOST_WORDS = 8


@dataclass(frozen=True)
class Wanted:
    """Words and filters; all of them must fit. Empty means: whatever there is."""

    text: str = ""
    kind: str = ""
    audience: str = ""
    topic: str = ""
    hours: str = ""
    mode: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """The words to find, without accents and case, each once."""
        return tuple(dict.fromkeys(fold(self.text).split()))[:MOST_WORDS]

    @property
    def least_hours(self) -> int | None:
        return int(self.hours.partition("-")[0]) if self.hours else None

    @property
    def most_hours(self) -> int | None:
        return int(most) if (most := self.hours.partition("-")[2]) else None

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was asked for at all."""
        return self != Wanted()

    @property
    def has_more(self) -> bool:
        """Whether one of the filters that stand folded away is in use."""
        return bool(self.kind or self.audience or self.hours or self.mode)

    def address(self, **changes: str) -> dict[str, Any]:
        """The query of an address that finds the same (or, with changes, nearly the same)."""
        wanted = replace(self, **changes)
        values = {name: getattr(wanted, field) for name, field in NAMES.items()}
        return {name: value for name, value in values.items() if value}


NAMES = {
    "q": "text",
    "tipo": "kind",
    "publico": "audience",
    "tema": "topic",
    "horas": "hours",
    "modalidad": "mode",
}


def wanted(address: Mapping[str, str]) -> Wanted:
    """Read an address; a filter nobody knows is left out, so that old links keep working."""
    return Wanted(
        text=searchable(address.get("q", "")),
        kind=_known(address.get("tipo"), KINDS),
        audience=_known(address.get("publico"), AUDIENCES),
        topic=_known(address.get("tema"), TOPICS),
        hours=_known(address.get("horas"), HOURS),
        mode=_known(address.get("modalidad"), MODES),
    )


def searchable(typed: str) -> str:
    """What of a typed text can be searched for: one line, of a length that people write."""
    printable = "".join(ch if ch.isprintable() else " " for ch in typed[: 4 * LONGEST])
    return one_line(printable)[:LONGEST].strip()


def _known(value: str | None, words: Collection[str]) -> str:
    return value if value and value in words else ""
