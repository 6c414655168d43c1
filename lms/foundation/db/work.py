"""A unit of work: what an action gets in hand."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from lms.foundation.kernel.actor import Actor
from lms.foundation.kernel.facts import Fact, Recorder


@dataclass
class Work:
    """One writing transaction: its session, who acts, and the one moment it all happens at.

    ``after`` runs once the commit has succeeded; only wake-ups belong there, for whatever must
    not be lost is a row written in the transaction. ``ring`` is the one that wakes the worker;
    if it fails, the worker's own sweep finds what is due within half a minute.
    """

    session: Session
    actor: Actor
    now: datetime
    ring: Callable[[], None] = lambda: None
    facts: Recorder = field(default_factory=Recorder)
    after: list[Callable[[], None]] = field(default_factory=list)

    def record(self, fact: Fact) -> None:
        """Tell the floors above that something has happened."""
        self.facts.record(fact)
