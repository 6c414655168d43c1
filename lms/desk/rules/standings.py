"""How a person of a cohort stands, in a word with a tone, and what they lack in a line."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from lms.foundation.kernel.errors import N_

ABSENT = timedelta(days=7)


class Stand(StrEnum):
    """The states a member of staff works by, most decided first."""

    ISSUED = "issued"
    READY = "ready"
    FAILED = "failed"
    ABSENT = "absent"
    ON_THE_WAY = "on_the_way"


WORDS = {
    Stand.ISSUED: (N_("Document issued"), "good"),
    Stand.READY: (N_("Ready for the document"), "good"),
    Stand.FAILED: (N_("Cannot pass any more"), "bad"),
    Stand.ABSENT: (N_("Not entered in 7 days"), "warn"),
    Stand.ON_THE_WAY: (N_("On the way"), "info"),
}


def stand(
    *,
    completed: bool,
    failed: bool,
    issued: bool,
    last_seen_at: datetime | None,
    now: datetime,
) -> Stand:
    """How somebody stands in one course; who has completed it is never called absent."""
    if completed:
        return Stand.ISSUED if issued else Stand.READY
    if failed:
        return Stand.FAILED
    if is_absent(last_seen_at, now):
        return Stand.ABSENT
    return Stand.ON_THE_WAY


def is_absent(last_seen_at: datetime | None, now: datetime) -> bool:
    """Whether somebody has not done anything in the course for a week, or ever."""
    return last_seen_at is None or last_seen_at <= now - ABSENT


@dataclass(frozen=True, slots=True)
class Lacking:
    """How many things of each sort somebody lacks."""

    lessons: int = 0
    graded: int = 0
    waiting: int = 0
    mark: bool = False


def lacking(explanation: Mapping[str, Any]) -> Lacking:
    """What an explanation of a result says is missing, counted."""
    found = Counter(each["lack"] for each in explanation.get("lacks", ()))
    return Lacking(
        lessons=found["see"],
        graded=found["take"] + found["retry"] + found["failed"],
        waiting=found["wait"],
        mark=bool(found["grade"]),
    )
