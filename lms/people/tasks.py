"""Tidying: what lets nobody in any more, and registrations that nobody confirmed."""

from typing import Any

from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.web.reading import database
from lms.people.actions.forget import forget as act


def forget(_payload: dict[str, Any]) -> None:
    """Once a day, a bounded number at a time, until nothing old is left."""
    while database().perform(act, SYSTEM):
        pass
