"""Tidying: what lets nobody in any more, and registrations that nobody confirmed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.web.reading import database
from lms.people.actions import looking
from lms.people.actions.forget import forget as act


def forget(_payload: dict[str, Any]) -> None:
    """Once a day, a bounded number at a time, until nothing old is left."""
    while database().perform(act, SYSTEM):
        pass


def end_look(payload: dict[str, Any]) -> None:
    """Half an hour after somebody began to see the site as another person."""
    until = datetime.fromisoformat(payload["until"])
    database().perform(looking.end_by_clock, SYSTEM, UUID(payload["session"]), until)
