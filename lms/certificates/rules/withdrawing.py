"""When a document may be annulled, revoked or corrected: each is an act of its own, for ever."""

from dataclasses import dataclass
from datetime import date, timedelta

from lms.certificates.rules.status import Status
from lms.foundation.kernel.errors import N_, Invalid, Refused

# Between the notice of a sanction and the sanction: time to reply to it.
REPLY = timedelta(days=5)
ACTS = (Status.ANNULLED, Status.REVOKED)


@dataclass(frozen=True, slots=True)
class Resolution:
    """The paper that orders the act. The ``reason`` stays in the office; the rest is public."""

    number: str
    authority: str
    on: date
    reason: str
    notified_on: date | None = None


def check(act: Status, status: str, resolution: Resolution, issued_on: date, today: date) -> None:
    """A valid document is annulled for an error of the institution, or revoked as a sanction.

    The resolution is not of a day to come nor older than the document. A sanction needs the day on
    which the holder had notice of it, at least five days before, so that they could reply. What is
    no longer valid is not changed again.
    """
    if Status(status) is not Status.VALID:
        raise Refused(N_("This edition is no longer valid: nothing more can be done with it."))
    check_day(resolution, today)
    if resolution.on < issued_on:
        before = N_("The resolution is older than the document: look at its date.")
        raise Invalid(before, fields={"on": before})
    if act is not Status.REVOKED:
        return
    if resolution.notified_on is None:
        missing = N_("Write the day on which the holder was given notice.")
        raise Invalid(missing, fields={"notified_on": missing})
    if resolution.on - resolution.notified_on < REPLY:
        soon = N_("Between the notice and the sanction the holder has at least five days to reply.")
        raise Invalid(soon, fields={"notified_on": soon})


def check_day(resolution: Resolution, today: date) -> None:
    """A resolution is of today or of a day that has been."""
    if resolution.on > today:
        to_come = N_("The resolution cannot be of a day to come.")
        raise Invalid(to_come, fields={"on": to_come})
