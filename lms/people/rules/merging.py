"""When two accounts may become one, which of them stays, and when they may be parted again."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from lms.foundation.kernel.errors import N_, Refused

SHORTEST, LONGEST = 3, 500
# More rows than a person ever has; who has more is no duplicate but a list.
MOST = 5_000

SAME = N_("That is the same account.")
OWN = N_("You cannot join your own account: ask somebody else of the help desk.")
CLOSED = N_("One of the accounts is closed.")
NOT_CONFIRMED = N_(
    "The account that stays is not confirmed yet. Confirm it first, or let the other one stay."
)
NOT_ENTERED = N_("The account that stays was never entered. Let the one in use stay.")
TOO_MUCH = N_("The account that closes holds too much to be joined in one go.")
REASON = N_("Write the reason in 3 to 500 characters: it stays in the records.")
UNDONE = N_("These accounts were parted already.")
JOINED_AGAIN = N_("The account that stayed was joined into another one since. Part those first.")
NOTHING_LEFT = N_(
    "All that the other account was known by was taken away since: nobody could enter it. The"
    " accounts stay joined."
)
ELSEWHERE = N_(
    "Something of both accounts at an institution that you do not help does not fit together. Ask"
    " somebody who looks after all institutions."
)

_RANK = {"active": 2, "invited": 1, "pending": 0}


@dataclass(frozen=True)
class Remark:
    """What is said of something that does not go along, or not back, and whose business it is."""

    message: str
    params: dict[str, Any] = field(default_factory=dict)
    institution_id: int | None = None


@dataclass(frozen=True)
class Fitting:
    """Which rows of the one who goes stay behind, what is said of them, what forbids joining."""

    left: frozenset[int] = frozenset()
    said: tuple[Remark, ...] = ()
    clashes: tuple[Remark, ...] = ()


ALL_FITS = Fitting()


@dataclass(frozen=True)
class Side:
    """One of two accounts: its state, and whether it is that of who joins them."""

    id: int
    state: str
    is_own: bool = False


def check(stays: Side, goes: Side) -> None:
    """Two accounts in use may be joined by somebody else; the one people enter stays."""
    if stays.id == goes.id:
        raise Refused(SAME)
    if stays.is_own or goes.is_own:
        raise Refused(OWN)
    if stays.state not in _RANK or goes.state not in _RANK:
        raise Refused(CLOSED)
    if stays.state == "pending":
        raise Refused(NOT_CONFIRMED)
    if _RANK[stays.state] < _RANK[goes.state]:
        raise Refused(NOT_ENTERED)


def is_better(state: str, other: str) -> bool:
    """Whether an account of this state should stay rather than one of the other."""
    return _RANK.get(state, -1) > _RANK.get(other, -1)


def check_reason(reason: str) -> None:
    """A reason is said in words, neither none nor a story."""
    if not SHORTEST <= len(reason) <= LONGEST:
        raise Refused(REASON)


def check_size(rows: int) -> None:
    """What goes along is written down row by row, so it has an end."""
    if rows > MOST:
        raise Refused(TOO_MUCH)


def check_part(*, is_undone: bool, stays_state: str, identifiers_left: int) -> None:
    """Accounts are parted once, the last that were joined first, and both can be entered."""
    if is_undone:
        raise Refused(UNDONE)
    if stays_state == "merged":
        raise Refused(JOINED_AGAIN)
    if not identifiers_left:
        raise Refused(NOTHING_LEFT)


def gone_since(known: dict[str, str], still: Sequence[int]) -> list[str]:
    """What the other account was known by and does not get back, for it was taken away since."""
    return [shown for key, shown in known.items() if int(key) not in still]
