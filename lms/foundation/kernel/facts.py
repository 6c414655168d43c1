"""Facts: what a low floor tells the floors above it, without knowing them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Fact:
    """Something that has happened in this transaction. Fields are plain (ids, text, numbers)."""


@dataclass(frozen=True)
class Subscribers:
    """Who hears a fact: ``now`` in the same transaction (may veto), ``later`` as a named job."""

    now: Sequence[Callable[[Any, list[Any]], None]] = ()
    later: Sequence[str] = ()


Wiring = Mapping[type[Fact], Subscribers]


@dataclass
class Recorder:
    """Facts in the order they were recorded, waiting to be heard."""

    waiting: list[Fact] = field(default_factory=list)

    def record(self, fact: Fact) -> None:
        self.waiting.append(fact)

    def take(self) -> dict[type[Fact], list[Fact]]:
        """All waiting facts by kind, leaving none behind."""
        taken: dict[type[Fact], list[Fact]] = {}
        for fact in self.waiting:
            taken.setdefault(type(fact), []).append(fact)
        self.waiting.clear()
        return taken
