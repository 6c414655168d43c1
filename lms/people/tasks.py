"""Tidying: what lets nobody in any more, and registrations that nobody confirmed."""

from typing import Any

from flask import current_app

from lms.foundation.db.database import Database
from lms.foundation.kernel.actor import SYSTEM
from lms.people.actions.forget import forget as act


def forget(_payload: dict[str, Any]) -> None:
    """Once a day, a bounded number at a time, until nothing old is left."""
    database: Database = current_app.extensions["cabildo.database"]
    while database.perform(act, SYSTEM):
        pass
