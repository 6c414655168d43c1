"""What is small enough to reach people who are being taught already: words, and nothing else.

A correction changes no question's answer or worth, no order, no date and no weight. Whatever is
more is for the cohorts that begin later.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from lms.authoring.rules.changes import Change, FieldChange, How
from lms.authoring.rules.compare import Kind
from lms.foundation.kernel.errors import N_

MOST_REWRITTEN = 0.5
"""Of a text of which less than this stays, another one was written."""
_COMPARED_LETTER_BY_LETTER = 600
_NAMING = {"title", "stem", "text", "left", "right", ""}
"""Keys without which the thing that bears them would not be there."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is more than a small correction."""

    message: str
    """A message id with `title`, and `what` where labels say what is meant."""
    change: Change
    labels: tuple[str, ...] = ()


def reasons(changes: Iterable[Change]) -> list[Reason]:
    """Everything that is more than a small correction; none, and it is one."""
    return [reason for change in changes for reason in _of(change)]


def _of(change: Change) -> Iterator[Reason]:
    if "*" in change.wording:
        return
    match change.how:
        case How.ADDED:
            yield Reason(N_("“%(title)s” is new."), change)
            return
        case How.REMOVED:
            yield Reason(N_("“%(title)s” is taken out."), change)
            return
    if change.old_path:
        yield Reason(N_("“%(title)s” stands elsewhere."), change)
    for each in change.fields:
        message = _more_than_words(each, set(change.wording))
        if message:
            yield Reason(message, change, each.labels)


def _more_than_words(each: FieldChange, wording: set[str]) -> str:
    if each.id and f"{each.id[0]}." in wording:
        return ""
    key = each.id[-1] if each.id else None
    if key not in wording:
        return N_("“%(title)s”: %(what)s is more than words.")
    if each.how is not How.CHANGED:
        return N_("“%(title)s”: %(what)s is new or gone.") if key in _NAMING else ""
    if _kept(each) < MOST_REWRITTEN:
        return N_("“%(title)s”: more than half of this is written anew: %(what)s.")
    return ""


def _kept(each: FieldChange) -> float:
    """Which part of a text stayed as it was."""
    pieces = [piece for block in each.blocks for piece in block.pieces]
    old = "".join(piece.text for piece in pieces if piece.kind is not Kind.ADDED)
    new = "".join(piece.text for piece in pieces if piece.kind is not Kind.REMOVED)
    if max(len(old), len(new)) <= _COMPARED_LETTER_BY_LETTER:
        return SequenceMatcher(None, old, new, autojunk=False).ratio()
    same = sum(len(piece.text) for piece in pieces if piece.kind is Kind.SAME)
    return same / max(len(old), len(new))
