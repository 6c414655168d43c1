"""Background work of learning."""

from typing import Any
from uuid import UUID

from flask import current_app

from lms.foundation.db.database import Database
from lms.foundation.kernel.actor import SYSTEM
from lms.learning.actions.announcements import tell_some
from lms.learning.actions.messages import deliver_some


def fan_out(payload: dict[str, Any]) -> None:
    """Tell everybody of an announcement; interrupted, it goes on where it stopped."""
    database: Database = current_app.extensions["cabildo.database"]
    announcement = UUID(payload["announcement"])
    while database.perform(tell_some, SYSTEM, announcement):
        pass


def deliver(payload: dict[str, Any]) -> None:
    """Tell everybody to whom a message goes; interrupted, it goes on where it stopped."""
    database: Database = current_app.extensions["cabildo.database"]
    message = UUID(payload["message"])
    while database.perform(deliver_some, SYSTEM, message):
        pass
