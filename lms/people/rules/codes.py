"""Single-use codes: how long each kind lives, and whether one still opens anything."""

from datetime import datetime, timedelta
from enum import StrEnum

LIVES = {
    "confirm_email": timedelta(hours=48),
    "reset_password": timedelta(hours=2),
    "help_desk": timedelta(hours=24),
    "invitation": timedelta(days=30),
}


class CodeState(StrEnum):
    """What a code is good for now."""

    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"


def state_of(expires_at: datetime, used_at: datetime | None, now: datetime) -> CodeState:
    """A code opens one thing once, until its time is over."""
    if used_at is not None:
        return CodeState.USED
    return CodeState.OPEN if now < expires_at else CodeState.EXPIRED
