"""An application: what of it is missing, who may change what, when it can be handed in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from lms.enrollment.rules.states import EnrollmentState
from lms.foundation.kernel.errors import N_, Invalid, Refused


class ApplicationState(StrEnum):
    """How far an application has come; what was decided on it is the enrollment's to say."""

    PREPARING = "preparing"
    HANDED_IN = "handed_in"
    CORRECTING = "correcting"


class PaperState(StrEnum):
    """What was said of something that was sent."""

    SENT = "sent"
    ACCEPTED = "accepted"
    OBSERVED = "observed"


STATES = {
    ApplicationState.PREPARING: (N_("Being prepared, not handed in"), "warn"),
    ApplicationState.HANDED_IN: (N_("Application handed in"), "info"),
    ApplicationState.CORRECTING: (N_("Sent back to be corrected"), "warn"),
}
PAPERS = {
    PaperState.SENT: (N_("Received"), "info"),
    PaperState.ACCEPTED: (N_("Accepted"), "good"),
    PaperState.OBSERVED: (N_("To be corrected"), "warn"),
}
KEPT = (N_("Kept"), "good")
MISSING = (N_("Still missing"), "warn")
OPTIONAL = (N_("Optional"), "")


@dataclass(frozen=True, slots=True)
class Slot:
    """One requirement with what was last sent for it: in which turn, and what was said of it."""

    requirement: UUID
    name: str
    is_obligatory: bool
    state: str | None = None
    turn: int = 0

    @property
    def is_missing(self) -> bool:
        """Whether it stands in the way of handing in."""
        if self.state is None:
            return self.is_obligatory
        return self.state == PaperState.OBSERVED


def missing(slots: Iterable[Slot]) -> list[str]:
    """The names of what stands in the way of handing in, in the order of the call."""
    return [each.name for each in slots if each.is_missing]


def is_open(state: str, turn: int, slot: Slot) -> bool:
    """While it is prepared everything can be put in; in a correction only what was observed."""
    match ApplicationState(state):
        case ApplicationState.PREPARING:
            return True
        case ApplicationState.CORRECTING:
            return slot.state == PaperState.OBSERVED or (
                slot.state is not None and slot.turn == turn
            )
        case ApplicationState.HANDED_IN:
            return False


def put(state: str, turn: int, slot: Slot) -> None:
    """Refuse what would change something that was handed in and not observed."""
    if not is_open(state, turn, slot):
        if state == ApplicationState.CORRECTING:
            raise Refused(N_("Only what was observed can be sent again."))
        raise Refused(
            N_("Your application has been handed in: it can only be changed if it is sent back.")
        )


def take_out(state: str) -> None:
    """Only what has never been handed in is thrown away."""
    if state != ApplicationState.PREPARING:
        raise Refused(N_("What was handed in once stays with your application."))


def hand_in(state: str, slots: Sequence[Slot]) -> None:
    """Nothing obligatory is missing, and everything that was observed has been sent again."""
    if state == ApplicationState.HANDED_IN:
        raise Refused(N_("Your application has been handed in already."))
    lacking = missing(slots)
    if lacking:
        raise Refused(N_("Still missing: %(names)s."), names=", ".join(lacking))


def still_waits(enrollment: str | None) -> None:
    """A correction is taken until the request is decided, late or not: whoever decides sees it."""
    if enrollment not in (EnrollmentState.APPLIED, EnrollmentState.WAITLISTED):
        raise Refused(N_("Your request has been decided: nothing can be corrected any more."))


def check_answer(text: str, longest: int) -> None:
    """An answer says something, on a page at most."""
    if not text:
        said = N_("Write your answer.")
    elif len(text) > longest:
        said = N_("Write at most 2,000 characters.")
    else:
        return
    raise Invalid(said, fields={"answer": said})
