"""What happens to an answer that arrives: every one is kept, at most once, and in its place.

The telephone gives each save a key (never used twice) and a number that grows with each change of
that question. Signal comes and goes, so saves arrive twice, late and out of order; none of that
may change what was answered last.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from lms.assessment.rules.attempts import State
from lms.foundation.kernel.errors import N_, Conflict, Refused

MOST_SAVES = 3_000
"""Of one attempt. A person cannot reach it; a program gone wild can."""

HIGHEST_SEQUENCE = 2**53


@dataclass(frozen=True)
class Save:
    """One answer as it arrived."""

    slot: int
    key: str
    sequence: int
    value: Any
    received_at: datetime
    late: bool = False


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


def current(saves: Iterable[Save]) -> dict[int, Any]:
    """The answer that counts for each question: the highest number among those in time.

    Two telephones may use the same number; then the one that arrived later counts. ``saves``
    come in the order of their arrival.
    """
    last: dict[int, Save] = {}
    for save in saves:
        if not save.late and (save.slot not in last or save.sequence >= last[save.slot].sequence):
            last[save.slot] = save
    return {slot: save.value for slot, save in last.items()}
