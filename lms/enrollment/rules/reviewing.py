"""Reading an application: each paper accepted or observed, and sent back with time to correct."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from lms.enrollment.rules.applying import ApplicationState, PaperState
from lms.enrollment.rules.states import EnrollmentState
from lms.foundation.kernel.errors import N_, Invalid, Refused

SHORTEST_WORDS = 3
LONGEST_WORDS = 500
USUAL_DAYS = 7
SHORTEST_TIME = timedelta(hours=1)

WAITING = (EnrollmentState.APPLIED, EnrollmentState.WAITLISTED)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of one paper: accepted, or observed with the words that its person reads."""

    paper: UUID
    state: str
    words: str = ""
    field: str = ""
    """Where the words were written, so that a refusal stands beside them."""


def refuse_decided(enrollment: str) -> None:
    """What was decided is not read over again: the decision is taken back first."""
    if enrollment not in WAITING:
        raise Refused(N_("The request was decided meanwhile: take that back first."))


def check(state: str, verdicts: Iterable[Verdict]) -> None:
    """An observation says what is wrong, for its person reads it and sends that paper again."""
    if state == ApplicationState.CORRECTING:
        raise Refused(
            N_("It was sent back and is being corrected. Take that back to read it over again.")
        )
    wrong = {}
    for each in verdicts:
        short = not SHORTEST_WORDS <= len(each.words) <= LONGEST_WORDS
        if each.state == PaperState.OBSERVED and short:
            wrong[each.field] = N_("Say what is to be corrected, in up to 500 characters.")
    if wrong:
        raise Invalid(next(iter(wrong.values())), fields=wrong)


def send_back(states: Iterable[str], until: datetime | None, now: datetime) -> datetime:
    """Something was observed, and there is time to correct it."""
    if PaperState.OBSERVED not in list(states):
        raise Refused(N_("Nothing was observed: say first what is to be corrected."))
    return deadline(until, now)


def deadline(until: datetime | None, now: datetime) -> datetime:
    """The moment until which something is to be corrected lies ahead."""
    if until is None or until < now + SHORTEST_TIME:
        said = N_("Choose a day and an hour that are still to come.")
        raise Invalid(said, fields={"until": said})
    return until


def correcting(state: str) -> None:
    """Only what was sent back and not handed in again can be given more time or be taken back."""
    if state != ApplicationState.CORRECTING:
        raise Refused(N_("It has been handed in again meanwhile."))
