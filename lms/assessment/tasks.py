"""Background work of assessment."""

from typing import Any
from uuid import UUID

from lms.assessment.actions import close_if_over
from lms.assessment.actions.adjust import begin_again, regrade_some
from lms.assessment.actions.intervene import intervene_some
from lms.foundation.kernel.actor import SYSTEM, Actor
from lms.foundation.web.reading import database


def close_attempt(payload: dict[str, Any]) -> None:
    """The time of an attempt is over: mark what was received, if nobody handed it in."""
    database().perform(close_if_over, SYSTEM, UUID(payload["attempt"]))


def intervene_all(payload: dict[str, Any]) -> None:
    """Reopen attempts, or hand them in for people; interrupted, it goes on where it stopped."""
    batch, actor = UUID(payload["batch"]), Actor(payload["actor"], "worker")
    while database().perform(intervene_some, actor, batch):
        pass


def regrade_all(payload: dict[str, Any]) -> None:
    """Mark the attempts of a quiz anew; interrupted, it goes on where it stopped."""
    adjustment = UUID(payload["adjustment"])
    if payload.get("again"):
        database().perform(begin_again, SYSTEM, adjustment)
    while database().perform(regrade_some, SYSTEM, adjustment):
        pass
