"""What a check of course text finds: plain data that the terminal and the web both can say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from lms.catalog.rules.nodes import Map, Seq


class Severity(StrEnum):
    """An error keeps a package out; a warning only asks the author to look again."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in one place: where, what is wrong and what to do about it.

    `message` and `remedy` are message ids marked with N_(); both are filled from `params` after
    they were translated into the reader's language.
    """

    path: str
    line: int
    message: str
    remedy: str
    params: Mapping[str, Any] = field(default_factory=dict)
    severity: Severity = Severity.ERROR

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR


def problem(
    where: Mapping[str, Any] | Sequence[Any],
    at: str | int | None,
    message: str,
    remedy: str,
    /,
    severity: Severity = Severity.ERROR,
    **params: Any,
) -> Problem:
    """A problem at a key of a mapping or an item of a list, on the line where it was written.

    Plain dicts and lists (a question made in the web editor) have no lines: there it is line 0.
    """
    path, line = place(where, at)
    return Problem(path, line, message, remedy, params, severity)


def warning(
    where: Mapping[str, Any] | Sequence[Any],
    at: str | int | None,
    message: str,
    remedy: str,
    /,
    **params: Any,
) -> Problem:
    """The same, for what deserves a second look but keeps nothing out."""
    return problem(where, at, message, remedy, Severity.WARNING, **params)


def place(where: Mapping[str, Any] | Sequence[Any], at: str | int | None) -> tuple[str, int]:
    """The file and line of a key or item; of the whole when the key is not there."""
    if isinstance(where, Map | Seq):
        return where.path, where.line_of(at)
    return "", 0
