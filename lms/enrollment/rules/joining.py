"""What becomes of two places in one cohort when two accounts of one person are joined."""

from dataclasses import dataclass
from enum import StrEnum

from lms.enrollment.rules.states import EnrollmentState
from lms.foundation.kernel.errors import N_

PREPARING = "preparing"
"""An application that was begun and never handed in: not yet a place."""

# Those by which nobody holds a seat or waits in line for one.
_MAY_BE_LEFT = {
    PREPARING,
    EnrollmentState.APPLIED,
    EnrollmentState.DECLINED,
    EnrollmentState.WITHDRAWN,
    EnrollmentState.TRANSFERRED,
}

LEFT = N_(
    "The place of the account that closes in %(cohort)s holds no seat: it stays behind with that"
    " account, and does not count."
)
BOTH = N_(
    "Both accounts have a place in %(cohort)s. Record the withdrawal or the transfer of one of them"
    " first; a document that was issued stays with its place."
)
OTHER_WAY = N_(
    "In %(cohort)s only the account that closes has a seat. Let that account stay, and the place"
    " without a seat is left behind."
)


class Fate(StrEnum):
    """What is to be done with two places in one cohort."""

    LEFT_BEHIND = "left behind"
    OTHER_WAY = "the other way"
    REFUSED = "refused"


@dataclass(frozen=True)
class Place:
    """Where somebody stands in a cohort, and whether a document rests on it."""

    state: str
    has_documents: bool = False

    @property
    def may_be_left(self) -> bool:
        """Whether nothing is lost when it does not count any more."""
        return self.state in _MAY_BE_LEFT and not self.has_documents


def fate(stays: Place, goes: Place) -> Fate:
    """A place without a seat is left behind with the account that closes; two that count do not
    fit in one account."""
    if goes.may_be_left:
        return Fate.LEFT_BEHIND
    return Fate.OTHER_WAY if stays.may_be_left else Fate.REFUSED
