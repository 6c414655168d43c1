"""Changing one value of a YAML file and leaving the rest as its author wrote it.

A value is replaced by its lines, so comments and layout elsewhere stay. Where the file is written
in a way that has no lines of its own for the value (everything on one line), the whole file is
written anew; either way the result is read back and must say exactly what was asked.
"""

from collections.abc import Mapping
from typing import Any, Final

from lms.catalog.formats.yaml_text import read_yaml
from lms.catalog.formats.yaml_write import plain, write_yaml
from lms.catalog.rules.nodes import Map, Seq


class _Null:
    """A value that is none, written down: something else than a key that is not there."""


NULL: Final = _Null()


class Unreadable(ValueError):
    """The file is not YAML that can be read: it can only be mended as text."""


def with_values(text: str, values: Mapping[str, Any]) -> str:
    """The file with these top-level keys set; None takes a key out, unless it says none itself.

    NULL writes that there is none. New keys come last. Raises Unreadable.
    """
    wanted = plain(read_map(text))
    for key, said in values.items():
        value = None if said is NULL else plain(said)
        if value is None and wanted.get(key, "") is None:
            continue
        if said is None:
            text = _without(text, key)
            wanted.pop(key, None)
        elif wanted.get(key) != value or type(wanted.get(key)) is not type(value):
            text = _with_value(text, key, value)
            wanted[key] = value
    return checked(text, wanted)


def with_items(text: str, key: str, items: list[Any]) -> str:
    """The file with the items of a top-level list set; items that stay keep their lines.

    An item that is already there (the same object that was read) is moved as it is written.
    """
    data = read_map(text)
    old = data.get(key)
    wanted = {**plain(data), key: plain(items)}
    if not isinstance(old, Seq) or not items:
        return checked(_with_value(text, key, items), wanted)
    lines = text.split("\n")
    spans = item_spans(lines, old)
    if spans is None:
        return checked(_with_value(text, key, items), wanted)
    written = {index: plain(each) for index, each in enumerate(old)}
    kept: list[str] = []
    for item in items:
        index = next((n for n, each in written.items() if each == plain(item)), None)
        if index is None:
            kept += _item_lines(item, spans.indent)
        else:
            del written[index]
            kept += lines[spans.starts[index] : spans.ends[index]]
    edited = [*lines[: spans.starts[0]], *kept, *lines[spans.ends[-1] :]]
    return checked("\n".join(edited), wanted)


class Spans:
    """Where the items of a list stand: first lines, lines behind them, how far to the right."""

    def __init__(self, starts: list[int], ends: list[int], indent: int) -> None:
        self.starts, self.ends, self.indent = starts, ends, indent


def item_spans(lines: list[str], items: Seq) -> Spans | None:
    """The lines of each item, its own comments below it included; None: they share lines."""
    starts = [items.line_of(index) - 1 for index in range(len(items))]
    if not starts or any(not lines[at].lstrip().startswith("- ") for at in starts):
        return None
    indent = len(lines[starts[0]]) - len(lines[starts[0]].lstrip())
    if any(len(lines[at]) - len(lines[at].lstrip()) != indent for at in starts):
        return None
    end = starts[-1] + 1
    while end < len(lines) and (not lines[end].strip() or _indent(lines[end]) > indent):
        end += 1
    while end > starts[-1] + 1 and not lines[end - 1].strip():
        end -= 1
    return Spans(starts, [*starts[1:], end], indent)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _item_lines(item: Any, indent: int) -> list[str]:
    inner = write_yaml({"x": [item]}).split("\n")[1:]
    if not inner or not inner[0].lstrip().startswith("- "):  # a flow list of plain words
        inner = [f"- {write_yaml({'x': item})[3:].rstrip()}"]
    own = _indent(inner[0])
    return [" " * indent + line[own:] if line.strip() else "" for line in inner if line.strip()]


def _with_value(text: str, key: str, value: Any) -> str:
    written = write_yaml({key: value}).rstrip("\n").split("\n")
    data = read_map(text)
    lines = text.rstrip("\n").split("\n")
    if key not in data:
        return "\n".join([*lines, *written]) + "\n"
    start, end = _span(lines, data, key)
    return "\n".join([*lines[:start], *written, *lines[end:]]) + "\n"


def _without(text: str, key: str) -> str:
    data = read_map(text)
    if key not in data:
        return text
    lines = text.rstrip("\n").split("\n")
    start, end = _span(lines, data, key)
    return "\n".join([*lines[:start], *lines[end:]]) + "\n"


def _span(lines: list[str], data: Map, key: str) -> tuple[int, int]:
    """The lines of a top-level key: to the next key, without the comments that lead to that."""
    start = data.line_of(key) - 1
    later = [data.line_of(each) - 1 for each in data if data.line_of(each) - 1 > start]
    end = min(later, default=len(lines))
    while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return start, end


def read_map(text: str) -> Map:
    """What a text says. Raises Unreadable."""
    data, _problems = read_yaml(text, "")
    if data is None:
        raise Unreadable
    return data


def checked(text: str, wanted: Mapping[str, Any]) -> str:
    """The text if it says what is wanted, else the whole file written anew."""
    found, problems = read_yaml(text, "")
    if found is not None and not problems and plain(found) == wanted:
        return text
    return write_yaml(wanted)
