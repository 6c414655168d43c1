"""Background work of enrollment."""

from typing import Any
from uuid import UUID

from lms.enrollment.actions.edit import TELL, tell_some
from lms.foundation.jobs.runner import Task
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.web.reading import database


def tell_dates(payload: dict[str, Any]) -> None:
    """Tell everybody of changed dates; interrupted, it goes on where it stopped."""
    change = UUID(payload["change"])
    while database().perform(tell_some, SYSTEM, change):
        pass


TASKS: dict[str, Task] = {TELL: tell_dates}
