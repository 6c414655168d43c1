"""What a format of questions promises, and what reading and writing give back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

LARGEST = 200_000_000
"""Bytes of a file of questions, and of what it holds when it is unpacked."""
MOST_ITEMS = 10_000


class Verdict(StrEnum):
    """What becomes of an item."""

    TAKEN = "taken"
    WITH_LOSS = "with_loss"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence for the author: message ids, filled from ``params`` after translation."""

    message: str
    params: Mapping[str, Any] = field(default_factory=dict)
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A question as a quiz file holds it, and the files that its texts show as ``media/name``."""

    source: Mapping[str, Any]
    files: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a file: where it begins, what it is called, what became of it."""

    number: int
    line: int
    name: str
    item: Item | None
    lost: tuple[Told, ...] = ()
    refused: Told | None = None

    @property
    def verdict(self) -> Verdict:
        if self.item is None:
            return Verdict.REFUSED
        return Verdict.WITH_LOSS if self.lost else Verdict.TAKEN


@dataclass(frozen=True, slots=True)
class Written:
    """A file of questions, what each item loses in it, and those it has no place for."""

    data: bytes
    lost: Mapping[int, Collection[str]]
    """Keys of the source that only we read back, or nobody, by the place of the item."""
    left_out: Sequence[int]


class Format(Protocol):
    """One way of writing questions in a file."""

    name: str
    label: str
    """What a person calls it (a message id)."""
    ending: str
    media_type: str
    keeps_all: bool
    """Whether what the format itself has no place for is still read back by us."""

    def read(self, data: bytes) -> list[Entry]:
        """Every item of a file, in order. Raises Invalid when the file as a whole is refused."""
        ...

    def write(self, items: Sequence[Item]) -> Written:
        """A file from which `read` gives the same items back."""
        ...
