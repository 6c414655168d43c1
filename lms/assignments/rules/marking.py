"""Marking a work: what a person may give, and what happens when another already gave something."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from lms.assessment.rules.by_hand import read_points
from lms.assignments.rules.assignment import Settings
from lms.assignments.rules.rubric import Criterion, Judged, earned
from lms.foundation.kernel.errors import N_, Conflict, Invalid
from lms.foundation.kernel.points import Points

LONGEST_COMMENT = 10_000
LONGEST_OF_CRITERION = 2_000
LONGEST_REASON = 500


@dataclass(frozen=True)
class Given:
    """What somebody gives a work: each criterion, or points where there are none; a comment. With a
    day it is sent back to be corrected until then, and has no mark."""

    judged: Mapping[str, Judged] = field(default_factory=dict)
    points: Points | None = None
    comment: str = ""
    reason: str = ""
    correct_by: datetime | None = None

    @property
    def is_return(self) -> bool:
        return self.correct_by is not None

    @property
    def earned(self) -> Points:
        """What the work earned, before what lateness costs."""
        return self.points if self.points is not None else earned(self.judged)


@dataclass(frozen=True)
class Stands:
    """What a work was given last, and how often something was given."""

    edition: int = 0
    given: Given = field(default_factory=Given)


def judge(criterion: Criterion, level: str, typed: str, comment: str) -> Judged | None:
    """What a form says of one criterion: a level by its place, or points; None while neither is
    chosen. Raises Invalid where the points cannot be."""
    if criterion.levels:
        if not (level.isascii() and level.isdigit() and int(level) < len(criterion.levels)):
            return None
        return Judged(criterion.levels[int(level)].points, int(level), comment)
    if not typed.strip():
        return None
    return Judged(read_points(typed, criterion.most), None, comment)


def whole(given: Given, settings: Settings) -> None:
    """A mark says something of every criterion; what is sent back says why."""
    if given.is_return:
        said_of_any = any(each.comment for each in given.judged.values())
        if not (given.comment or said_of_any):
            said = N_("Write what is to be corrected.")
            raise Invalid(said, fields={"comment": said})
        return
    missing = [each.key for each in settings.criteria if each.key not in given.judged]
    if missing:
        raise Invalid(N_("Something is missing: give every criterion its level or points."))
    if not settings.criteria and given.points is None:
        said = N_("Write how many points it earns.")
        raise Invalid(said, fields={"points": said})


def day_fits(correct_by: datetime, now: datetime, ends: datetime) -> None:
    """What is sent back is due in the future and before the cohort ends."""
    said = ""
    if correct_by <= now:
        said = N_("That moment has passed already.")
    elif correct_by > ends:
        said = N_("The cohort ends before that.")
    if said:
        raise Invalid(said, fields={"correct_by": said})


def changes(given: Given, stands: Stands, seen: int) -> bool:
    """Whether this marking says something new.

    Whoever marks has seen what was given before, ``seen`` times: nobody overwrites what they have
    not read. A mark that stands is changed for a reason; what was sent back is not yet a mark.
    """
    if seen != stands.edition:
        raise Conflict(
            N_(
                "Somebody else marked this work meanwhile. What they gave stands above your own: "
                "nothing of either is lost. Save again only if yours should replace it."
            )
        )
    if not stands.edition:
        return True
    if _same(given, stands.given):
        return False
    if not stands.given.is_return and not given.reason:
        said = N_("Write why the mark changes.")
        raise Invalid(said, fields={"reason": said})
    return True


def _same(one: Given, other: Given) -> bool:
    return (one.judged, one.points, one.comment, one.correct_by) == (
        other.judged,
        other.points,
        other.comment,
        other.correct_by,
    )
