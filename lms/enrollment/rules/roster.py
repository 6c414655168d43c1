"""What becomes of each row of a list: told before anything is done, decided again when it is."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from lms.enrollment.rules.states import SEATED, EnrollmentState
from lms.foundation.kernel.errors import N_

LARGEST = 1_000
CARRY_OUT = "enrollment.carry_out"
"""The background work that does what a list says."""


class Outcome(StrEnum):
    """What will happen, or has happened, to a row."""

    INVITE = "invite"
    """An account is made, and its owner is invited."""
    ENROLL = "enroll"
    """Somebody who has an account is enrolled."""
    ADMIT = "admit"
    """Somebody who had asked for a seat gets it."""
    ALREADY = "already"
    REPEATED = "repeated"
    """The same person stands in an earlier row."""
    NO_SEAT = "no_seat"
    REFUSED = "refused"
    DROPPED = "dropped"
    """Somebody took the row out of the list."""


DOES = (Outcome.INVITE, Outcome.ENROLL, Outcome.ADMIT)
"""What does something when the list is confirmed."""
TO_MEND = (Outcome.REFUSED,)
"""What waits for somebody to correct it."""
WORDS = {
    Outcome.INVITE: (N_("Will be invited"), "info"),
    Outcome.ENROLL: (N_("Will be enrolled"), "info"),
    Outcome.ADMIT: (N_("Asked for a seat: will be admitted"), "info"),
    Outcome.ALREADY: (N_("Is enrolled already"), ""),
    Outcome.REPEATED: (N_("Repeated row"), ""),
    Outcome.NO_SEAT: (N_("No seat left"), "warn"),
    Outcome.REFUSED: (N_("To be corrected"), "bad"),
    Outcome.DROPPED: (N_("Taken out"), ""),
}
DONE_WORDS = {
    Outcome.INVITE: (N_("Invited and enrolled"), "good"),
    Outcome.ENROLL: (N_("Enrolled"), "good"),
    Outcome.ADMIT: (N_("Admitted"), "good"),
}

_STANDS = {
    EnrollmentState.WITHDRAWN: N_(
        "This person withdrew from the cohort. Undo the withdrawal on their page."
    ),
    EnrollmentState.TRANSFERRED: N_(
        "This person was transferred from the cohort to another. Undo the transfer on their page,"
        " or transfer them back."
    ),
}


@dataclass(frozen=True)
class Found:
    """Whoever the identifiers of a row belong to, and how they stand in the cohort."""

    is_closed: bool = False
    state: str | None = None
    is_someone: bool = True


NOBODY = Found(is_someone=False)


@dataclass(frozen=True)
class Verdict:
    """What becomes of somebody, and why not, if not."""

    outcome: Outcome
    reason: str = ""


def decide(found: Found) -> Verdict:
    """What becomes of a person of whom nothing is wrong, as long as there are seats."""
    if not found.is_someone:
        return Verdict(Outcome.INVITE)
    if found.is_closed:
        return Verdict(Outcome.REFUSED, N_("The account of this person is closed."))
    if found.state is None:
        return Verdict(Outcome.ENROLL)
    state = EnrollmentState(found.state)
    if state in SEATED:
        return Verdict(Outcome.ALREADY)
    if state in _STANDS:
        return Verdict(Outcome.REFUSED, _STANDS[state])
    return Verdict(Outcome.ADMIT)


def seated(outcomes: list[Outcome], left: int | None) -> list[Outcome]:
    """The same, while seats remain: they go to the first rows of the list."""
    if left is None:
        return outcomes
    found = []
    for outcome in outcomes:
        if outcome in DOES:
            if left <= 0:
                outcome = Outcome.NO_SEAT
            left -= 1
        found.append(outcome)
    return found


def counted(outcomes: Collection[str]) -> dict[Outcome, int]:
    """How many rows come to each outcome."""
    return {each: sum(outcome == each for outcome in outcomes) for each in Outcome}
