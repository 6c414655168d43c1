"""Changing keys of one item of a YAML list (a question of a quiz), as little as can be.

The item is taken out of its list, changed as if it were a file of its own, and put back: its
comments, its layout and the keys that no form knows stay, and so does everything around it. What
is written anew is only the value that changed; the comments inside that go with it.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from lms.authoring.formats.yaml_edit import (
    Unreadable,
    checked,
    item_spans,
    read_map,
    with_items,
    with_values,
)
from lms.catalog.formats.yaml_write import plain, write_yaml
from lms.catalog.rules.nodes import Seq


def revision_of(data: Mapping[str, Any]) -> str:
    """By what data is known as it is said, however it is laid out."""
    return sha256(write_yaml(data).encode("utf-8")).hexdigest()


def with_keys_set(text: str, values: Mapping[str, Any]) -> str:
    """The file with top-level keys set; items of lists that stay keep their lines.

    None takes a key out. Raises Unreadable.
    """
    lists = {key: each for key, each in values.items() if isinstance(each, list) and each}
    text = with_values(text, {key: each for key, each in values.items() if key not in lists})
    for key, items in lists.items():
        old = read_map(text).get(key)
        if not isinstance(old, Seq) or plain(old) != plain(items):
            text = with_items(text, key, items)
    return text


def with_item_set(text: str, key: str, at: int, values: Mapping[str, Any]) -> str:
    """The file with keys of one item of a top-level list set. Raises Unreadable."""
    data = read_map(text)
    items = data[key]
    wanted = [plain(each) for each in items]
    old, new = wanted[at], plain(values)
    wanted[at] = {
        name: each
        for name, each in {**old, **new}.items()
        if each is not None or name not in new or old.get(name, "") is None
    }
    if write_yaml({key: wanted}) == write_yaml({key: items}):
        return text
    lines = text.split("\n")
    spans = item_spans(lines, items)
    if spans is None:
        return with_items(text, key, wanted)
    start, end = spans.starts[at], spans.ends[at]
    edited = _edited(lines[start:end], spans.indent, values)
    if edited is None:
        return with_items(text, key, wanted)
    whole = "\n".join([*lines[:start], *edited, *lines[end:]])
    return checked(whole, {**plain(data), key: wanted})


def _edited(lines: list[str], indent: int, values: Mapping[str, Any]) -> list[str] | None:
    """The lines of an item with keys set; None when they hang together in no usual way."""
    first = lines[0][indent + 1 :]
    inner = indent + 1 + len(first) - len(first.lstrip())
    end = len(lines)
    while end > 1 and (not lines[end - 1].strip() or _leads_on(lines[end - 1], inner)):
        end -= 1
    if any(line[:inner].strip() for line in lines[1:end]):
        return None
    alone = [line[inner:] for line in lines[:end]]
    try:
        edited = with_keys_set("\n".join(alone) + "\n", values)
    except Unreadable:
        return None
    put = edited.rstrip("\n").split("\n")
    margin = " " * inner
    return [
        f"{' ' * indent}-{' ' * (inner - indent - 1)}{put[0]}",
        *(margin + line if line.strip() else "" for line in put[1:]),
        *lines[end:],
    ]


def _leads_on(line: str, inner: int) -> bool:
    """Whether it is a comment about what comes after the item."""
    bare = line.lstrip()
    return bare.startswith("#") and len(line) - len(bare) < inner
