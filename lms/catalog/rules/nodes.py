"""Mappings and lists that remember where they were written."""

from collections.abc import Iterable, Mapping
from typing import Any


class Map(dict[str, Any]):
    """A mapping read from a file: a plain dict that also knows the lines of its keys."""

    __slots__ = ("line", "lines", "path", "text_lines")

    def __init__(
        self,
        items: Mapping[str, Any] | Iterable[tuple[str, Any]] = (),
        *,
        path: str = "",
        line: int = 0,
        lines: Mapping[str, int] | None = None,
        text_lines: Mapping[str, int] | None = None,
    ) -> None:
        super().__init__(items)
        self.path = path
        self.line = line
        self.lines = dict(lines or {})
        self.text_lines = dict(text_lines or {})

    def line_of(self, key: str | int | None) -> int:
        """The line of a key, or of the mapping itself when the key is missing."""
        return self.lines.get(str(key), self.line) if key is not None else self.line

    def text_line_of(self, key: str | int | None) -> int:
        """The line on which the text of a value begins (one below `key: |`)."""
        return self.text_lines.get(str(key), self.line_of(key))


class Seq(list[Any]):
    """A list read from a file: a plain list that also knows its file and the lines of its items."""

    __slots__ = ("line", "lines", "path", "text_lines")

    def __init__(
        self,
        items: Iterable[Any] = (),
        *,
        path: str = "",
        line: int = 0,
        lines: Iterable[int] = (),
        text_lines: Iterable[int] = (),
    ) -> None:
        super().__init__(items)
        self.path = path
        self.line = line
        self.lines = list(lines)
        self.text_lines = list(text_lines)

    def line_of(self, index: str | int | None) -> int:
        """The line of an item, or of the list itself."""
        if isinstance(index, int) and 0 <= index < len(self.lines):
            return self.lines[index]
        return self.line

    def text_line_of(self, index: str | int | None) -> int:
        """The line on which the text of an item begins."""
        if isinstance(index, int) and 0 <= index < len(self.text_lines):
            return self.text_lines[index]
        return self.line_of(index)
