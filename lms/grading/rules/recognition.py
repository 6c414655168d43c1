"""Recognising a course that was passed elsewhere, and taking that back."""

from datetime import date

from lms.enrollment.rules.departures import refuse_closed, refuse_unsaid
from lms.enrollment.rules.states import SEATED
from lms.foundation.kernel.errors import N_, Invalid, Refused

LONGEST = 200
MOST_HOURS = 5_000


def recognise(
    cohort: str,
    *,
    state: str,
    is_closed: bool,
    is_completed: bool,
    said: dict[str, str],
    hours: int,
    passed_on: date,
    today: date,
    reason: str,
) -> None:
    """A course counts as passed elsewhere for whoever has a seat and has not completed it here.

    ``said`` is what must be told of it: where it was passed, and as what. The document is required
    by whoever calls. Raises Refused, or Invalid with what is wrong beside each field.
    """
    refuse_closed(cohort, is_closed=is_closed)
    if state not in SEATED:
        raise Refused(N_("Who holds no seat has nothing recognised here."))
    if is_completed:
        raise Refused(N_("This course is completed already."))
    faults = {
        name: N_("Write it in up to 200 characters.")
        for name, text in said.items()
        if not 2 <= len(text) <= LONGEST
    }
    if not 1 <= hours <= MOST_HOURS:
        faults["hours"] = N_("Write the hours of the course, at least 1.")
    if passed_on > today:
        faults["passed_on"] = N_("That day has not come yet.")
    if faults:
        raise Invalid(next(iter(faults.values())), fields=faults)
    refuse_unsaid(reason)


def revoke(
    cohort: str, *, is_closed: bool, is_revoked: bool, has_document: bool, reason: str
) -> None:
    """It is taken back for a reason, while no document rests on it."""
    refuse_closed(cohort, is_closed=is_closed)
    if is_revoked:
        raise Refused(N_("This was taken back before."))
    if has_document:
        raise Refused(N_("A document of this course was issued: what it rests on stands."))
    refuse_unsaid(reason)
