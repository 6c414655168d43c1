"""What an entry of the log tells: what was and what is, thing by thing, however it was written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_APART = frozenset({"before", "after"})


@dataclass(frozen=True)
class Change:
    """One thing as it was and as it is; ``path`` leads to it, and is empty where it has no name."""

    path: tuple[str, ...]
    before: Any
    after: Any


def changes(*parts: Mapping[str, Any]) -> list[Change]:
    """What an entry tells of before and after; of many things only those that differ."""
    found: list[Change] = []
    for part in parts:
        if part.keys() & _APART:
            found += _differing((), part.get("before"), part.get("after"))
    return found


def _differing(path: tuple[str, ...], before: Any, after: Any) -> Iterator[Change]:
    if not isinstance(before, Mapping) and not isinstance(after, Mapping):
        yield Change(path, before, after)
        return
    old = before if isinstance(before, Mapping) else {}
    new = after if isinstance(after, Mapping) else {}
    for name in [*old, *(name for name in new if name not in old)]:
        if old.get(name) != new.get(name):
            yield from _differing((*path, name), old.get(name), new.get(name))


def others(*parts: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """What else an entry tells."""
    return [(name, value) for part in parts for name, value in part.items() if name not in _APART]


def plain(value: Any) -> str:
    """A value of the log as one line of text; nothing for nothing. Keys tell a reader nothing."""
    if value is None or value == "":
        return ""
    if isinstance(value, Mapping):
        return ", ".join(plain(each) for name, each in value.items() if name != "uid")
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(plain(each) for each in value)
    return str(value)
