"""Four eyes before documents are issued: who approves a check list, and who drops out of it."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from enum import StrEnum
from hashlib import sha256

from lms.certificates.rules.status import Word
from lms.foundation.kernel.errors import N_, Refused

LONGEST_REASON = 500
RECOGNISED = "recognised"
"""Stands for the grade of a course that was passed elsewhere."""


class State(StrEnum):
    """How far a check list has come."""

    PREPARED = "prepared"
    APPROVED = "approved"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    ISSUED = "issued"


OPEN = frozenset((State.PREPARED, State.APPROVED))
WORDS = {
    State.PREPARED: Word(N_("To be approved"), "info", "clock"),
    State.APPROVED: Word(N_("List approved"), "good", "circle-check"),
    State.RETURNED: Word(N_("Returned"), "warn", "undo-2"),
    State.WITHDRAWN: Word(N_("List withdrawn"), "", "circle-x"),
    State.ISSUED: Word(N_("List issued"), "good", "badge-check"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """What a check list says of a person, and what must still be so when it is issued.

    ``document`` is shown with figures hidden; ``paper`` tells two of them apart all the same.
    """

    name: str
    document: str
    grade: str
    paper: str = ""


class Apart(StrEnum):
    """Why somebody of an approved list receives nothing by it."""

    HAS = "has"
    GONE = "gone"
    NAME = "name"
    DOCUMENT = "document"
    GRADE = "grade"


APART = {
    Apart.HAS: N_("Has the document already."),
    Apart.GONE: N_("Does not qualify any more."),
    Apart.NAME: N_("The name is another now."),
    Apart.DOCUMENT: N_("The identity document is another now."),
    Apart.GRADE: N_("The grade is another now."),
}


def apart(said: Said, now: Said | None, *, has: bool) -> tuple[Apart, ...]:
    """Whoever is no longer as the list was approved is set apart, with each reason; nothing else
    keeps them back."""
    if has:
        return (Apart.HAS,)
    if now is None:
        return (Apart.GONE,)
    differs = {
        Apart.NAME: said.name != now.name,
        Apart.DOCUMENT: (said.document, said.paper) != (now.document, now.paper),
        Apart.GRADE: said.grade != now.grade,
    }
    return tuple(reason for reason, does in differs.items() if does)


def digest(lines: Iterable[tuple[Said, str, str]]) -> str:
    """The fingerprint of a list, so that paper and screen can be told to be the same one.

    Of each person, in order: what is said, municipality and course.
    """
    found = sha256()
    for said, municipality, course in lines:
        row = "\x1f".join((*astuple(said), municipality, course))
        found.update(f"{row}\x1e".encode())
    return found.hexdigest()


def check_decision(state: str, prepared_by: int | None, decides: int | None) -> None:
    """A list is approved or returned once, and never by whoever prepared it. Raises Refused."""
    if state != State.PREPARED:
        raise Refused(N_("This list was decided already. Look at it again."))
    if decides is None or prepared_by == decides:
        raise Refused(N_("Another person has to look at it: nobody approves their own list."))


def check_issue(state: str) -> None:
    """Only an approved list is issued; one that was interrupted may go on. Raises Refused."""
    if state not in (State.APPROVED, State.ISSUED):
        raise Refused(N_("This list is not approved: nothing can be issued by it."))


def check_withdrawal(state: str) -> None:
    """A list may be taken back until it is issued. Raises Refused."""
    if state not in OPEN:
        raise Refused(N_("This list is closed: there is nothing to withdraw."))


def check_direct(two_persons: bool) -> None:
    """Where the institution asks for two persons, nobody issues without an approved list."""
    if two_persons:
        raise Refused(
            N_("Your institution asks that another person approve the list. Prepare a check list.")
        )
