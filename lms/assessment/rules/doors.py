"""When a quiz is open to a cohort: its own days if the calendar names them, else the cohort's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lms.foundation.kernel.errors import N_, Refused


@dataclass(frozen=True)
class Door:
    """From when until when attempts may be made."""

    opens_at: datetime | None
    closes_at: datetime | None

    def is_open(self, now: datetime) -> bool:
        return (self.opens_at is None or now >= self.opens_at) and not self.is_over(now)

    def is_over(self, now: datetime) -> bool:
        return self.closes_at is not None and now >= self.closes_at

    def refuse(self, now: datetime) -> None:
        """Say why nobody may begin now."""
        if self.is_over(now):
            raise Refused(N_("This quiz has closed."))
        if not self.is_open(now):
            raise Refused(N_("This quiz has not opened yet."))


def door(
    calendar: Mapping[str, Any],
    activity_key: str,
    starts_at: datetime,
    ends_at: datetime,
    closed_at: datetime | None,
) -> Door:
    """What the calendar says of this activity; a cohort closed by hand closes everything."""
    own = calendar.get(activity_key) or {}
    opens = datetime.fromisoformat(own["opens_at"]) if own.get("opens_at") else starts_at
    closes = datetime.fromisoformat(own["closes_at"]) if own.get("closes_at") else ends_at
    return Door(opens, min(closes, closed_at) if closed_at else closes)
