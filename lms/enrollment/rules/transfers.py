"""Going on in another cohort of the same courses: where to, with a seat there; and undoing it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from lms.enrollment.rules.departures import (
    LEAVABLE,
    Cause,
    check_said,
    refuse_closed,
    refuse_unsaid,
)
from lms.enrollment.rules.seats import ADMISSIBLE, Room
from lms.enrollment.rules.states import SEATED, EnrollmentState
from lms.foundation.kernel.errors import N_, Refused

CAUSES_OF_TRANSFER = (
    Cause.OWN_WISH,
    Cause.WORK,
    Cause.HEALTH,
    Cause.FAMILY,
    Cause.SIGNAL,
    Cause.POST,
    Cause.MISTAKE,
    Cause.OTHER,
)

REUSED = (*ADMISSIBLE, EnrollmentState.TRANSFERRED)
"""How somebody may stand in the other cohort already: waiting there, or transferred out of it."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The cohort that somebody leaves, and how they stand in it."""

    title: str
    is_closed: bool
    courses: Collection[int]
    state: str
    since: date
    has_documents: bool


@dataclass(frozen=True, slots=True)
class Destination:
    """The cohort that somebody goes on in, and how they stand in it already, if they do."""

    room: Room
    is_over: bool
    courses: Collection[int]
    state: str | None
    share: int | None = None
    """The agreement by which they asked for a seat there, if any."""


def transfer(
    origin: Origin, to: Destination, *, left_on: date, cause: str, reason: str, today: date
) -> None:
    """Somebody who studies goes on in another cohort that teaches a same course and has a seat.

    Whoever holds a document of their cohort stays: it says where they passed. Refused otherwise,
    with the reason.
    """
    refuse_closed(origin.title, is_closed=origin.is_closed)
    if origin.state not in LEAVABLE:
        raise Refused(N_("This person does not study here any more, or has completed the cohort."))
    if origin.has_documents:
        raise Refused(
            N_("A document was issued to this person in %(cohort)s: they finish there."),
            cohort=origin.title,
        )
    if not set(origin.courses) & set(to.courses):
        raise Refused(N_("%(cohort)s teaches other courses."), cohort=to.room.title)
    if to.is_over:
        raise Refused(N_("%(cohort)s has ended."), cohort=to.room.title)
    if to.state in SEATED:
        raise Refused(N_("This person has a seat in %(cohort)s already."), cohort=to.room.title)
    if to.state is not None and to.state not in REUSED:
        raise Refused(
            N_("This person withdrew from %(cohort)s: take that withdrawal back instead."),
            cohort=to.room.title,
        )
    if to.room.left_for(to.share) == 0:
        raise Refused(N_("All seats of %(cohort)s are taken."), cohort=to.room.title)
    check_said(left_on, origin.since, cause, reason, today, CAUSES_OF_TRANSFER)


def undo(
    room: Room,
    state: str,
    reason: str,
    *,
    share: int | None,
    is_closed: bool,
    moved_at: datetime,
    state_there: str,
    last_seen_there: datetime | None,
    has_documents_there: bool,
) -> None:
    """A transfer is undone while nothing was done in the other cohort and the old seat is free.

    ``share`` is the agreement by which they had that seat, if any.
    """
    refuse_closed(room.title, is_closed=is_closed)
    if state != EnrollmentState.TRANSFERRED or state_there not in SEATED:
        raise Refused(N_("This transfer cannot be undone any more."))
    if has_documents_there or (last_seen_there is not None and last_seen_there > moved_at):
        raise Refused(USED)
    if room.left_for(share) == 0:
        raise Refused(N_("All seats of %(cohort)s are taken."), cohort=room.title)
    refuse_unsaid(reason)


USED = N_("The person has done something in the other cohort already: transfer them back instead.")
