"""How a question's points came about: by which rule, and what became of each part."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from lms.assessment.rules.tries import Counted
from lms.assessment.types.interface import PartResult, Score
from lms.foundation.kernel.points import Points, Ratio


class How(StrEnum):
    """The rule that gave a question its points."""

    UNGRADED = "ungraded"
    EMPTY = "empty"
    ALL = "all"
    NOTHING = "nothing"
    PART = "part"
    TRIED = "tried"
    """Tries had failed before it."""
    TAKEN = "taken"
    """Wrong choices took points away."""
    ABANDONED = "abandoned"
    """It was not handed in before its time was over."""
    RECORDED = "recorded"
    """The points on record are others than the answer alone earns."""


@dataclass(frozen=True)
class Reckoning:
    """The arithmetic of one question: ``part`` of ``whole`` of its points."""

    how: How
    part: int = 0
    whole: int = 1
    right: int = 0
    wrong: int = 0
    parts: int = 0
    failed: int = 0
    penalty: Ratio = 0


def reckon(
    found: Counted,
    *,
    graded: bool,
    answered: bool,
    earned: Points,
    out_of: Points,
    abandoned: bool = False,
) -> Reckoning:
    """What is told of a question that earned ``earned`` of ``out_of``."""
    if not graded:
        return Reckoning(How.UNGRADED)
    if abandoned:
        return Reckoning(How.ABANDONED)
    score = found.score
    return Reckoning(
        _how(found, answered, earned, out_of),
        score.part,
        score.whole,
        right=_count(score, (PartResult.RIGHT,)),
        wrong=_count(score, (PartResult.WRONG,)),
        parts=len(score.parts),
        failed=found.failed,
        penalty=found.penalty,
    )


def _how(found: Counted, answered: bool, earned: Points, out_of: Points) -> How:
    score = found.score
    if earned != found.earns.of(out_of):
        return How.RECORDED
    if not answered:
        return How.EMPTY
    if found.failed and found.penalty and score.part > 0:
        return How.TRIED
    if score.right:
        return How.ALL
    if score.part < 0:
        return How.TAKEN
    return How.PART if score.part else How.NOTHING


def _count(score: Score, results: Collection[PartResult]) -> int:
    return sum(part.result in results for part in score.parts)
