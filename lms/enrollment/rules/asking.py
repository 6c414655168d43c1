"""Asking for a seat: who gets one, who waits for an answer, and why somebody is refused."""

from dataclasses import dataclass
from datetime import date, datetime

from lms.enrollment.rules.doubles import Held
from lms.enrollment.rules.keys import Key, check_key
from lms.enrollment.rules.seats import Room
from lms.enrollment.rules.states import Door, EnrollmentState
from lms.foundation.kernel.errors import N_, Refused


@dataclass(frozen=True)
class Entrance:
    """A cohort as somebody meets it who wants to get in."""

    door: str
    opens_at: datetime
    closes_at: datetime
    ends_at: datetime
    is_closed: bool
    room: Room
    asks_documents: bool = False
    """Whether its call asks for something, so that one applies instead of only asking."""
    takes_waitlist: bool = False
    """Whether one can ask though all seats are taken."""
    waiting: int = 0
    """How many are on its waiting list: a seat that is free is theirs."""

    share: int | None = None
    """The agreement by which somebody comes, if any."""

    @property
    def is_full(self) -> bool:
        """Whether no seat is left for somebody who comes by this door."""
        return self.room.left_for(self.share) == 0

    @property
    def has_seat_to_give(self) -> bool:
        """Whether somebody who comes now could have a seat at once: one that is kept for them, or
        one that nobody waits for."""
        is_kept = any(each.id == self.share and each.free for each in self.room.shares)
        return not self.is_full and (is_kept or not self.waiting)

    @property
    def puts_on_list(self) -> bool:
        """Whether somebody who comes now waits for a seat. A key is kept for a seat there is."""
        return self.takes_waitlist and self.door != Door.KEY and not self.has_seat_to_give


@dataclass(frozen=True)
class Applicant:
    """Who asks: whether their account is in use, their name confirmed, and how they stand here.

    ``held`` is a seat that they hold in another cohort of the same courses.
    """

    is_active: bool
    name_confirmed: bool
    state: str | None = None
    held: Held | None = None


_ALREADY = {
    EnrollmentState.APPLIED: N_("You have already asked for a seat in %(cohort)s."),
    EnrollmentState.WAITLISTED: N_("You are already on the waiting list of %(cohort)s."),
    EnrollmentState.ENROLLED: N_("You are already enrolled in %(cohort)s."),
    EnrollmentState.DECLINED: N_(
        "Your request for %(cohort)s was declined. Write to the institution about it."
    ),
    EnrollmentState.WITHDRAWN: N_(
        "You withdrew from %(cohort)s. Write to the institution if you want to come back."
    ),
    EnrollmentState.TRANSFERRED: N_(
        "You were transferred from %(cohort)s to another cohort. Write to the institution if you "
        "want to come back."
    ),
    EnrollmentState.COMPLETED: N_("You have already completed %(cohort)s."),
    EnrollmentState.FAILED: N_("You have already taken %(cohort)s."),
}


def ask(
    entrance: Entrance, applicant: Applicant, key: Key | None, now: datetime, today: date
) -> EnrollmentState:
    """An open door or a good key gives a seat at once; by approval, one waits for an answer.
    Where there is a waiting list, an open door puts whoever comes after the last seat on it.

    ``today`` is the day where the institution is: a key holds to the end of its last day there.
    """
    check_hand_in(entrance, applicant, now)
    if entrance.asks_documents:
        raise Refused(
            N_("%(cohort)s asks for documents: begin your application."), cohort=entrance.room.title
        )
    if key is not None or entrance.door == Door.KEY:
        check_key(key, today)
    match Door(entrance.door):
        case Door.OPEN if entrance.puts_on_list:
            return EnrollmentState.WAITLISTED
        case Door.OPEN:
            return EnrollmentState.ENROLLED
        case Door.APPROVAL:
            return EnrollmentState.APPLIED
        case Door.KEY:
            return EnrollmentState.ENROLLED


def check_hand_in(entrance: Entrance, applicant: Applicant, now: datetime) -> None:
    """Somebody can ask now, and has confirmed the name that their documents will bear."""
    refuse_now(entrance, applicant, now)
    if not applicant.name_confirmed:
        raise Refused(N_("Confirm first how your name will appear on your documents."))


def refuse_now(entrance: Entrance, applicant: Applicant, now: datetime) -> None:
    """Say why nobody, or not this person, can ask for a seat at this moment."""
    cohort = entrance.room.title
    if not applicant.is_active:
        raise Refused(N_("Confirm your account before you ask for a seat."))
    if applicant.state is not None:
        raise Refused(_ALREADY[EnrollmentState(applicant.state)], cohort=cohort)
    if applicant.held is not None:
        raise Refused(
            N_(
                "You already have a seat in %(held)s, which teaches the same. To take one in "
                "%(cohort)s instead, ask the institution to withdraw you from %(held)s first."
            ),
            held=applicant.held.cohort,
            cohort=cohort,
        )
    if entrance.is_closed or now >= entrance.ends_at:
        raise Refused(N_("%(cohort)s has ended."), cohort=cohort)
    if now < entrance.opens_at:
        raise Refused(N_("Enrolment in %(cohort)s has not opened yet."), cohort=cohort)
    if now >= entrance.closes_at:
        raise Refused(N_("Enrolment in %(cohort)s has closed."), cohort=cohort)
    if entrance.is_full and not entrance.puts_on_list:
        raise Refused(N_("All seats of %(cohort)s are taken."), cohort=cohort)
