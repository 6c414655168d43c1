"""Differences as pages show them: labels and values in the reader's language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lms.authoring.rules.changes import Change, FieldChange, How
from lms.authoring.rules.compare import Block, Piece
from lms.authoring.rules.labels import VALUES
from lms.foundation.kernel.errors import N_
from lms.foundation.locale.words import gettext as _

HOW = {
    How.ADDED: N_("new"),
    How.REMOVED: N_("taken out"),
    How.CHANGED: N_("changed"),
    How.MOVED: N_("moved"),
}
_ICONS = {How.ADDED: "plus", How.REMOVED: "trash-2", How.CHANGED: "pencil", How.MOVED: "arrow-up"}


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is said otherwise now."""

    label: str
    blocks: Sequence[Block]


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing that changed, in words."""

    how: How
    said: str
    icon: str
    what: str
    title: str
    path: str
    old_path: str
    fields: Sequence[Field]


@dataclass(frozen=True, slots=True)
class Part:
    """What changed in one part of a programme."""

    key: str
    title: str
    changes: Sequence[Shown]


def parts(found: Mapping[str, Iterable[Change]], titles: Mapping[str, str]) -> list[Part]:
    """Changes by part, the programme's own page first."""
    return [
        Part(key, titles.get(key, key), [_shown(each) for each in changes])
        for key, changes in found.items()
    ]


def _shown(change: Change) -> Shown:
    return Shown(
        change.how,
        _(HOW[change.how]),
        _ICONS[change.how],
        _(change.what),
        name_of(change),
        change.path,
        change.old_path,
        [_field(each) for each in change.fields],
    )


def name_of(change: Change) -> str:
    """What a thing is called: by its author, or by what it is."""
    return change.title or _(change.what)


def _field(change: FieldChange) -> Field:
    return Field(label_of(change.labels), [_block(each) for each in change.blocks])


def label_of(labels: Sequence[str]) -> str:
    """Where a thing stands, in the reader's language; names that its author gave stay."""
    return " › ".join(each if each[:1] == "“" or each.isdigit() else _(each) for each in labels)


def _block(block: Block) -> Block:
    """Single words of the format are said as the forms say them."""
    if all(piece.text in VALUES for piece in block.pieces):
        return Block(
            block.kind, tuple(Piece(each.kind, _(VALUES[each.text])) for each in block.pieces)
        )
    return block
