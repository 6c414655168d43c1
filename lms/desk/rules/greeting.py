"""How one is greeted, by the hour where one is."""

from datetime import datetime

from lms.foundation.kernel.errors import N_

_MORNING, _AFTERNOON, _EVENING = 5, 12, 19


def greeting(here: datetime) -> str:
    """Good morning until noon, good afternoon until seven, then good evening."""
    if _MORNING <= here.hour < _AFTERNOON:
        return N_("Good morning, %(name)s")
    if _AFTERNOON <= here.hour < _EVENING:
        return N_("Good afternoon, %(name)s")
    return N_("Good evening, %(name)s")


def ago(here: datetime, then: datetime) -> str | None:
    """Today or yesterday, as the days turn where one is; otherwise the date says it better."""
    days = (here.date() - then.astimezone(here.tzinfo).date()).days
    return {0: N_("Today"), 1: N_("Yesterday")}.get(days)
