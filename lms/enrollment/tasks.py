"""Background work of enrollment."""

from typing import Any
from uuid import UUID

from lms.enrollment.actions import allow, quotas, rosters
from lms.enrollment.actions.edit import TELL, tell_some
from lms.enrollment.rules.roster import CARRY_OUT
from lms.foundation.jobs.runner import Task
from lms.foundation.kernel.actor import SYSTEM, Actor
from lms.foundation.web.reading import database


def tell_dates(payload: dict[str, Any]) -> None:
    """Tell everybody of changed dates; interrupted, it goes on where it stopped."""
    change = UUID(payload["change"])
    while database().perform(tell_some, SYSTEM, change):
        pass


def carry_out(payload: dict[str, Any]) -> None:
    """Enrol the people of a confirmed list; interrupted, it goes on where it stopped."""
    roster, actor = UUID(payload["roster"]), Actor(payload["actor"], "worker")
    while database().perform(rosters.carry_out, actor, roster):
        pass


def apply_allowances(payload: dict[str, Any]) -> None:
    """Let a list of people have what they were given; interrupted, it goes on where it stopped."""
    batch = UUID(payload["batch"])
    while database().perform(allow.apply_some, SYSTEM, batch):
        pass


def expire_allowance(payload: dict[str, Any]) -> None:
    """The time to use what somebody was given is over."""
    database().perform(allow.expire, SYSTEM, UUID(payload["allowance"]))


def seats_fall(payload: dict[str, Any]) -> None:
    """Seats that were kept for an agreement are everybody's now; whoever waits may have them."""
    database().perform(quotas.fall, SYSTEM, UUID(payload["quota"]))


def forget(_payload: dict[str, Any]) -> None:
    """Once a day, a bounded number at a time, until no list is older than a month."""
    while database().perform(rosters.forget, SYSTEM):
        pass


TASKS: dict[str, Task] = {
    TELL: tell_dates,
    CARRY_OUT: carry_out,
    allow.APPLY: apply_allowances,
    allow.EXPIRE: expire_allowance,
    quotas.FALL: seats_fall,
    "enrollment.forget": forget,
}
