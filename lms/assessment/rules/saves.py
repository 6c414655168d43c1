"""What happens to an answer that arrives: every one is kept, at most once, and in its place.

The telephone gives each save a key (never used twice) and a number that grows with each change of
that question. Signal comes and goes, so saves arrive twice, late and out of order; none of that
may change what was answered last.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeGuard

from lms.assessment.rules.attempts import State
from lms.assessment.rules.marking import Slot
from lms.assessment.types import TYPES
from lms.assessment.types.given import Given
from lms.foundation.kernel.errors import N_, Conflict, Invalid, Refused

MOST_SAVES = 3_000
"""Of one attempt. A person cannot reach it; a program gone wild can."""

HIGHEST_SEQUENCE = 2**53
_KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")
_NOT_OURS = N_("This answer could not be read. Please answer again.")


@dataclass(frozen=True)
class Save:
    """One answer as it arrived."""

    slot: int
    key: str
    sequence: int
    value: Any
    received_at: datetime
    late: bool = False


@dataclass(frozen=True)
class Sent:
    """One answer as a telephone sends it, not yet read."""

    slot: int
    key: str
    sequence: int
    given: Given

    @classmethod
    def from_json(cls, body: Any) -> "Sent":
        """``{"slot": 3, "key": "…", "seq": 5, "value": {…}}``, or a sentence."""
        if not isinstance(body, Mapping):
            raise Invalid(_NOT_OURS)
        slot, key, sequence = body.get("slot"), body.get("key"), body.get("seq")
        if not (_whole(slot) and _whole(sequence) and isinstance(key, str) and _KEY.fullmatch(key)):
            raise Invalid(_NOT_OURS)
        return cls(slot, key, sequence, Given.from_json(body.get("value")))


def _whole(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < HIGHEST_SEQUENCE


def read(slots: Sequence[Slot], number: int, given: Given) -> Any:
    """The answer to one question of an attempt, as its type reads it."""
    if not 0 < number <= len(slots):
        raise Invalid(_NOT_OURS)
    slot = slots[number - 1]
    return TYPES[slot.source["type"]].read(slot.source, slot.shown, given)


@dataclass(frozen=True)
class Page:
    """What a whole page of answers changes, and which of them could not be read."""

    changed: Mapping[int, Any]
    unreadable: Mapping[int, Invalid]


def page(
    slots: Sequence[Slot],
    given: Mapping[int, Given],
    held: Mapping[int, Any],
    sequences: Mapping[int, int],
    seen: Mapping[int, int],
) -> Page:
    """What somebody changed on a page they sent whole, without a script.

    ``sequences`` is what the server holds, ``seen`` what it held when the page was made. A page
    that stood open while another telephone answered is old: an empty question of it takes back
    nothing, for its reader never saw the answer. What stands on other pages is not ``given``.
    """
    changed, unreadable = dict[int, Any](), dict[int, Invalid]()
    for slot in slots:
        if slot.number not in given:
            continue
        try:
            value = read(slots, slot.number, given[slot.number])
        except Invalid as refusal:
            unreadable[slot.number] = refusal
            continue
        old = sequences.get(slot.number, 0) > seen.get(slot.number, 0)
        if value != held.get(slot.number) and not (value is None and old):
            changed[slot.number] = value
    return Page(changed, unreadable)


def taken_over(
    before: Sequence[Mapping[str, Any]], held: Mapping[int, Any], now: Sequence[Mapping[str, Any]]
) -> dict[int, Any]:
    """The answers of an earlier attempt to what is asked again in the very same way, by their
    places in the new one. What was left empty stays so."""
    asked = [(each["version"], each["shown"]) for each in before]
    places = ((slot, asked.index(each) + 1) for slot, each in _placed(now) if each in asked)
    return {slot: held[place] for slot, place in places if held.get(place) is not None}


def _placed(slots: Sequence[Mapping[str, Any]]) -> list[tuple[int, tuple[Any, Any]]]:
    return [(number, (each["version"], each["shown"])) for number, each in enumerate(slots, 1)]


class Verdict(StrEnum):
    """What to do with what arrived."""

    KEEP = "keep"
    KEEP_LATE = "keep_late"
    """The time has passed or it was handed in: kept for the instructor to see, never counted."""
    REPEAT = "repeat"
    """Already kept under this key: acknowledge again as the first time."""
    HELD = "held"
    """Too late, but it says what is held already: nothing is lost, nothing to keep."""


def receive(arrived: Save, same_key: Save | None, held: Any, state: State, kept: int) -> Verdict:
    """Decide about an arriving answer; ``held`` is what the server has for its question."""
    if same_key is not None:
        if (same_key.slot, same_key.value) != (arrived.slot, arrived.value):
            raise Conflict(N_("This answer was already sent with other content."))
        return Verdict.REPEAT
    if state is not State.OPEN and arrived.value == held:
        return Verdict.HELD
    if kept >= MOST_SAVES:
        raise Refused(N_("Too many changes were sent for this attempt."))
    return Verdict.KEEP if state is State.OPEN else Verdict.KEEP_LATE
