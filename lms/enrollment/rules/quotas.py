"""Seats by door: some are kept for an agreement until a day, the others are everybody's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lms.foundation.kernel.errors import N_, Invalid, Refused

LONGEST_NAME = 80
MOST_QUOTAS = 20


@dataclass(frozen=True, slots=True)
class Plan:
    """Seats as somebody wants them kept."""

    name: str
    seats: int
    until: datetime | None = None


def check(
    plan: Plan, *, capacity: int | None, others: Sequence[int], taken: int, now: datetime
) -> None:
    """Only seats that there are can be kept, and none that other doors have kept or given.

    ``others`` are the seats that other agreements keep, ``taken`` those that are taken already by
    whoever came by none of them.
    """
    wrong: dict[str, str] = {}
    if not plan.name or len(plan.name) > LONGEST_NAME:
        wrong["name"] = N_("Write for whom, in up to 80 characters.")
    if plan.seats < 1:
        wrong["seats"] = N_("Keep at least one seat.")
    if plan.until is not None and plan.until <= now:
        wrong["until"] = N_("It lies in the past.")
    if wrong:
        raise Invalid(next(iter(wrong.values())), fields=wrong)
    if capacity is None:
        raise Refused(N_("Say first how many seats the cohort has: without a limit none are kept."))
    free = capacity - sum(others) - taken
    if plan.seats > free:
        said = N_("Only %(free)s seats are neither taken nor kept for others.")
        raise Invalid(said, fields={"seats": said}, free=max(0, free))
