"""Differences told item by item: what became of a question stands together, under its own words."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from lms.authoring.rules.changes import FieldChange, How

NAMING = ("key", "title", "text", "stem", "left", "question")
"""Keys by which an item is known. Where one of them is new, the whole item is."""


@dataclass(frozen=True, slots=True)
class Item:
    """A question, an option, a criterion, …: what it is, how it is called, what became of it."""

    labels: tuple[str, ...]
    how: How
    """Added and removed are said of the whole of it only."""
    told: "Sequence[FieldChange | Item]"

    @property
    def is_whole(self) -> bool:
        return self.how is not How.CHANGED


def by_item(fields: Sequence[FieldChange], depth: int = 0) -> "list[FieldChange | Item]":
    """Put together what belongs to one question, and in it to one option; the order stays."""
    found: list[FieldChange | Item] = []
    for place, group in groupby(fields, lambda each: _item(each, depth)):
        if place is None:
            found += group
        else:
            found.append(_gathered(list(group), depth))
    return found


def _item(change: FieldChange, depth: int) -> tuple[str, ...] | None:
    """The place of the item that a change is of; None where it is of no item."""
    name = change.labels[depth + 1 : depth + 2]
    is_named = bool(name) and (name[0][:1] == "“" or name[0].isdigit())
    return change.id[: depth + 2] if is_named else None


def _gathered(fields: list[FieldChange], depth: int) -> Item:
    hows = {each.how for each in fields}
    known = any(each.id[depth + 2 :] in {(name,) for name in NAMING} for each in fields)
    how = next(iter(hows)) if len(hows) == 1 and known else How.CHANGED
    return Item(fields[0].labels[depth : depth + 2], how, by_item(fields, depth + 2))
