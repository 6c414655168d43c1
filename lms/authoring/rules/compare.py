"""What changed in a text, as a reader sees it: paragraphs, and in them the words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")
_BLANK = re.compile(r"\n[ \t]*\n+")
_ALIKE = 0.35
"""Two paragraphs less alike than this are one taken away and one added, not one changed."""
MOST_WORDS = 3_000
"""Of a paragraph longer than this only the whole is compared."""


class Kind(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words with what became of them."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph with what became of it and of its words."""

    kind: Kind
    pieces: tuple[Piece, ...]


def paragraphs(text: str) -> list[str]:
    """A text in its paragraphs, lists and tables, as empty lines part them."""
    return [each.strip("\n") for each in _BLANK.split(text.strip()) if each.strip()]


def compared(old: str, new: str) -> list[Block]:
    """Two texts paragraph by paragraph; put together, the pieces give both of them back."""
    before, after = paragraphs(old), paragraphs(new)
    found: list[Block] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [Block(Kind.SAME, (Piece(Kind.SAME, each),)) for each in before[a:b]]
        else:
            found += _replaced(before[a:b], after[c:d])
    return found


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[Block]:
    """Paragraphs in the place of others: each beside the next one that is like it."""
    waiting = list(new)
    for each in old:
        at = next((n for n, other in enumerate(waiting) if _alike(each, other)), None)
        if at is None:
            yield Block(Kind.REMOVED, (Piece(Kind.REMOVED, each),))
            continue
        for other in waiting[:at]:
            yield Block(Kind.ADDED, (Piece(Kind.ADDED, other),))
        yield Block(Kind.CHANGED, words(each, waiting[at]))
        del waiting[: at + 1]
    for other in waiting:
        yield Block(Kind.ADDED, (Piece(Kind.ADDED, other),))


def _alike(old: str, new: str) -> bool:
    matcher = SequenceMatcher(None, old.split(), new.split(), autojunk=False)
    return matcher.real_quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def words(old: str, new: str) -> tuple[Piece, ...]:
    """Two paragraphs word by word, the removed words before those in their place."""
    before, after = _TOKENS.findall(old), _TOKENS.findall(new)
    if max(len(before), len(after)) > MOST_WORDS:
        return Piece(Kind.REMOVED, old), Piece(Kind.ADDED, new)
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Kind.SAME, "".join(before[a:b])))
            continue
        if b > a:
            pieces.append(Piece(Kind.REMOVED, "".join(before[a:b])))
        if d > c:
            pieces.append(Piece(Kind.ADDED, "".join(after[c:d])))
    return tuple(pieces)


def both(mine: str, theirs: str) -> str:
    """Two versions of a text in one: what they share once, where they differ mine, then theirs."""
    ours, others = mine.split("\n"), theirs.split("\n")
    lines: list[str] = []
    for tag, a, b, c, d in SequenceMatcher(None, ours, others, autojunk=False).get_opcodes():
        lines += ours[a:b]
        if tag != "equal":
            lines += others[c:d]
    return "\n".join(lines)
