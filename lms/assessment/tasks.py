"""Background work of assessment."""

from typing import Any
from uuid import UUID

from lms.assessment.actions import close_if_over
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.web.reading import database


def close_attempt(payload: dict[str, Any]) -> None:
    """The time of an attempt is over: mark what was received, if nobody handed it in."""
    database().perform(close_if_over, SYSTEM, UUID(payload["attempt"]))
