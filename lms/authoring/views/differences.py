"""Differences as pages show them: labels and values in the reader's language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from lms.authoring.formats.readable import told
from lms.authoring.rules.changes import Change, FieldChange, How, changes
from lms.authoring.rules.compare import Block, Kind, Piece, compared
from lms.authoring.rules.items import Item, by_item
from lms.authoring.rules.labels import VALUES
from lms.catalog.activity import activity_kinds
from lms.foundation.kernel.errors import N_
from lms.foundation.locale.words import gettext as _

HOW = {
    How.ADDED: N_("new"),
    How.REMOVED: N_("taken out"),
    How.CHANGED: N_("changed"),
    How.MOVED: N_("moved"),
}
SHORT = 30
"""A value of at most so many letters needs no line of its own."""
_CODES = {"key", "outcome"}
"""Keys whose values only courses know: they tell a reader nothing."""
_YES, _NO = VALUES["true"], VALUES["false"]
_ICONS = {How.ADDED: "plus", How.REMOVED: "trash-2", How.CHANGED: "pencil", How.MOVED: "arrow-up"}


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is said otherwise now, or an item with all that is said of it."""

    label: str
    blocks: Sequence[Block] = ()
    fields: "Sequence[Field]" = ()


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
        Part(key, titles.get(key, key), [_shown(each) for each in mine])
        for key, mine in found.items()
    ]


def of_file(path: str, old: str, new: str) -> list[Field]:
    """Two texts of one file, thing by thing; where that tells nothing, as their letters are."""
    sides = [
        {path: told(path, sha256(text.encode()).hexdigest(), 0, text, activity_kinds())}
        for text in (old, new)
    ]
    found = [field for each in changes(*sides) for field in by_item(each.fields)]
    return [_told(each) for each in found] or [Field(_("Text"), compared(old, new))]


def before(fields: Sequence[Field]) -> list[Field]:
    """The same, as only the older of two texts says it."""
    found = [Field(each.label, _kept(each.blocks), before(each.fields)) for each in fields]
    return [each for each in found if each.blocks or each.fields]


def _kept(blocks: Sequence[Block]) -> list[Block]:
    kept = (
        "".join(piece.text for piece in block.pieces if piece.kind is not Kind.ADDED)
        for block in blocks
    )
    return [Block(Kind.SAME, (Piece(Kind.SAME, text),)) for text in kept if text]


def title_of(path: str, text: str) -> str:
    """What a file is called by whoever wrote it; its path where it has no name."""
    found = told(path, "", 0, text, activity_kinds())
    return found.title or _(found.what)


def _shown(change: Change) -> Shown:
    return Shown(
        change.how,
        _(HOW[change.how]),
        _ICONS[change.how],
        _(change.what),
        name_of(change),
        change.path,
        change.old_path,
        [_told(each) for each in by_item(change.fields)],
    )


def name_of(change: Change) -> str:
    """What a thing is called: by its author, or by what it is."""
    return change.title or _(change.what)


def _told(each: FieldChange | Item, depth: int = 0) -> Field:
    """A change as it is shown: of an item that is new or gone as a whole, line by line."""
    if not isinstance(each, Item):
        return Field(label_of(each.labels[depth:]), [_block(one) for one in _beside(each.blocks)])
    kind, name = each.labels
    label = f"{_(kind)} {name}"
    if not each.is_whole:
        return Field(label, fields=[_told(one, depth + 2) for one in each.told])
    mark = Kind.ADDED if each.how is How.ADDED else Kind.REMOVED
    lines = [line for one in each.told if (line := _line(one, depth + 2))]
    blocks = [Block(mark, (Piece(mark, line),)) for line in lines]
    return Field(f"{label} · {_(HOW[each.how])}", blocks)


def _line(each: FieldChange | Item, depth: int) -> str:
    """One thing of an item that is new or gone: “Option: Ten days · Right”."""
    if isinstance(each, Item):
        said = [_line(one, depth + 2) for one in each.told]
        own = next((_value(one) for one in each.told if _is_own(one, depth + 2)), "")
        rest = [line for line, one in zip(said, each.told, strict=True)
                if line and not _is_own(one, depth + 2)]  # fmt: skip
        return f"{_(each.labels[0])}: {' · '.join([*([own] if own else []), *rest])}"
    label, value = label_of(each.labels[depth:]), _value(each)
    if each.id[-1] in _CODES or value in ("—", _(_NO)):
        return ""
    return label if value == _(_YES) else f"{label}: {value}"


def _is_own(each: FieldChange | Item, depth: int) -> bool:
    """Whether it is the words by which its item is known."""
    return not isinstance(each, Item) and len(each.id) == depth + 1 and each.id[-1] == "text"


def _value(each: FieldChange | Item) -> str:
    assert not isinstance(each, Item)
    text = "\n\n".join("".join(p.text for p in block.pieces) for block in each.blocks)
    return ", ".join(_(VALUES[one]) if one in VALUES else one for one in text.split("\n\n"))


def _beside(blocks: Sequence[Block]) -> Sequence[Block]:
    """A short value in the place of another stands in one line with it."""
    match blocks:
        case [Block(Kind.REMOVED, (old,)), Block(Kind.ADDED, (new,))] if (
            max(len(old.text), len(new.text)) <= SHORT
        ):
            return [Block(Kind.CHANGED, (old, new))]
    return blocks


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
