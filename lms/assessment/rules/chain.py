"""The chain of an attempt: each link seals what happened together with everything before it.

Whoever changes, moves or removes a link afterwards would have to write all later ones anew, and
those stand on receipts that learners keep and in the log that nobody can alter.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any
from uuid import UUID

from lms.assessment.rules.sources import content_hash
from lms.foundation.kernel.points import Points, Ratio

GROUP = 4
GROUPS = 8


class Kind(StrEnum):
    """What a link tells."""

    SHOWN = "shown"
    SAVED = "saved"
    CHECKED = "checked"
    """An answer was checked while the attempt ran."""
    LEFT = "left"
    """A page was left for good, where one does not go back."""
    EXTENDED = "extended"
    HANDED_IN = "handed_in"
    EXPIRED = "expired"
    HANDED_IN_FOR = "handed_in_for"
    REOPENED = "reopened"
    REGRADED = "regraded"
    MARKED = "marked"


@dataclass(frozen=True)
class Event:
    """Something that happened to an attempt; ``what`` is plain JSON."""

    kind: Kind
    at: datetime
    what: Mapping[str, Any]


@dataclass(frozen=True)
class Head:
    """The last link so far."""

    position: int
    digest: str


BEGINNING = Head(0, "")


@dataclass(frozen=True)
class Link:
    """An event in its place, sealed. Its kind is a word as it stands in the database."""

    position: int
    kind: str
    at: datetime
    what: Mapping[str, Any]
    digest: str


def links(attempt: UUID, head: Head | None, events: Iterable[Event]) -> list[Link]:
    """The next links of a chain; an attempt from before chains were kept (no head) gets none."""
    found = list[Link]()
    if head is None:
        return found
    for event in events:
        position = head.position + 1
        digest = seal(head.digest, attempt, position, event)
        found.append(Link(position, event.kind, event.at, event.what, digest))
        head = Head(position, digest)
    return found


def seal(before: str, attempt: UUID, position: int, event: Event | Link) -> str:
    """SHA-256 of the digest before and of the event, written in one way only."""
    # Read back once, so that what goes in is what a database gives back.
    what = json.loads(json.dumps(event.what))
    said = content_hash(
        {
            "attempt": str(attempt),
            "position": position,
            "kind": event.kind,
            "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "what": what,
        }
    )
    return sha256(f"{before}\n{said}".encode()).hexdigest()


def shown(
    number: int,
    deadline: datetime | None,
    slots: Sequence[Mapping[str, Any]],
    sources: Iterable[Mapping[str, Any]],
) -> dict[str, Any]:
    """What the first link tells: which attempt, until when, and exactly what was asked."""
    asked = [
        {"question": content_hash(source), "points": slot["points"], "shown": slot["shown"]}
        | ({"heading": slot["heading"]} if "heading" in slot else {})
        for slot, source in zip(slots, sources, strict=True)
    ]
    return {"number": number, "until": moment(deadline), "asked": content_hash({"asked": asked})}


def saved(slot: int, key: str, sequence: int, value: Any, *, late: bool) -> dict[str, Any]:
    """What a link tells of an answer that arrived."""
    return {"slot": slot, "key": key, "sequence": sequence, "value": value, "late": late}


def checked(
    slot: int, key: str, number: int, value: Any, part: int, whole: int, penalty: Ratio
) -> dict[str, Any]:
    """What a link tells of a check: which try, of which answer, what it is worth by itself, and
    what a failed try takes away."""
    return {
        "slot": slot,
        "key": key,
        "try": number,
        "value": value,
        "part": part,
        "whole": whole,
        "penalty": penalty,
    }


def marked(
    points: Points, out_of: Points, marks: Iterable[tuple[int, Points, Points]]
) -> dict[str, Any]:
    """What a link tells of the marks: the whole, and what each question earned of what."""
    return {"points": points, "out_of": out_of, "marks": [list(mark) for mark in marks]}


def moment(at: datetime | None) -> str | None:
    """A moment as a link tells it."""
    return None if at is None else at.astimezone(UTC).isoformat(timespec="microseconds")


def short(digest: str) -> str:
    """A digest as a person compares it: its first figures, in groups of four."""
    return " ".join(digest[at : at + GROUP] for at in range(0, GROUP * GROUPS, GROUP))
