"""Whether an activity is open to a learner now, asked by those who may not know the player.

Assessment stands below learning and must still refuse a quiz whose turn has not come. It asks
here; the player gives the answer (order of the course, dates of the cohort), put in by wiring.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Locked:
    """Why an activity is not open: a message id with its parameters, and when it opens if known."""

    message: str
    params: Mapping[str, Any] = field(default_factory=dict)
    opens_at: datetime | None = None


Gate = Callable[[Session | Connection, int, int, datetime], Locked | None]
_gates: list[Gate] = []


def use_gate(gate: Gate) -> None:
    """Called once by the composition root: who knows the order and the calendar."""
    _gates[:] = [gate]


def lock_reason(
    reader: Session | Connection, enrollment_id: int, activity_id: int, now: datetime
) -> Locked | None:
    """Why this learner cannot take up this activity now; nothing means that they can."""
    for gate in _gates:
        locked = gate(reader, enrollment_id, activity_id, now)
        if locked is not None:
            return locked
    return None
