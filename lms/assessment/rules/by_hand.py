"""Marking by hand: what a person may give, and what happens when another already gave something."""

from dataclasses import dataclass
from decimal import Decimal

from lms.assessment.types.numerical.figures import read_number
from lms.foundation.kernel.errors import N_, Conflict, Invalid
from lms.foundation.kernel.points import Points, points, written

LONGEST_COMMENT = 4_000
LONGEST_REASON = 500
LONGEST_PHRASE = 500
FINEST = Decimal("0.01")


@dataclass(frozen=True)
class Given:
    """What somebody gives an answer: points, a comment to the learner; why, if a mark changes."""

    points: Points
    comment: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Stands:
    """What an answer was given last, and how often it was marked."""

    edition: int = 0
    points: Points = 0
    comment: str = ""


def read_points(typed: str, worth: Points) -> Points:
    """The points that somebody wrote: from none to all of the question, to a hundredth."""
    if not typed.strip():
        said = N_("Write how many points it earns.")
        raise Invalid(said, fields={"points": said})
    try:
        number = read_number(typed)
    except Invalid as unread:
        raise Invalid(unread.message, fields={"points": unread.message}, **unread.params) from None
    if number < 0 or points(number) > worth:
        said = N_("Give from 0 to %(most)s points.")
        raise Invalid(said, fields={"points": said}, most=written(worth))
    if number != number.quantize(FINEST):
        said = N_("Give at most two decimals.")
        raise Invalid(said, fields={"points": said})
    return points(number)


def changes(given: Given, stands: Stands, seen: int) -> bool:
    """Whether this marking says something new.

    Whoever marks has seen what was given before, ``seen`` times: nobody overwrites what they have
    not read. A mark that stands is changed for a reason.
    """
    if seen != stands.edition:
        raise Conflict(
            N_(
                "Somebody else marked this work meanwhile. What they gave stands above your own: "
                "nothing of either is lost. Save again only if yours should replace it."
            )
        )
    if stands.edition and (given.points, given.comment) == (stands.points, stands.comment):
        return False
    if stands.edition and not given.reason:
        said = N_("Write why the mark changes.")
        raise Invalid(said, fields={"reason": said})
    return True
