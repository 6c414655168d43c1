"""The grade of a course: each graded activity by its weight, added up line by line.

Everything is whole millionths until it is shown; a country's scale comes in only then. What has no
result yet adds nothing, and the line says how much it could add.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lms.foundation.kernel.points import SCALE, GradeScale, Ratio, divide


@dataclass(frozen=True, slots=True)
class Component:
    """One graded activity and what it gave; ``ratio`` is None while nothing was marked."""

    key: str
    title: str
    weight: Ratio
    ratio: Ratio | None = None
    passed: bool = False
    may_retry: bool = True
    waiting: bool = False

    @property
    def is_final(self) -> bool:
        """Not passed, and nothing the learner can do will change that."""
        return self.ratio is not None and not self.passed and not self.may_retry

    @property
    def is_open(self) -> bool:
        """Nothing was marked yet, or it was failed and will be done again."""
        return self.ratio is None or (not self.passed and self.may_retry)

    @property
    def best(self) -> Ratio:
        """The most it can still come to."""
        if self.ratio is None or self.may_retry:
            return SCALE
        return self.ratio


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the sum: the part of the grade it stands for, what it adds and could add."""

    component: Component
    part: Ratio
    adds: Ratio
    could_add: Ratio


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """The whole sum, as it is shown to the learner."""

    lines: tuple[Line, ...]
    ratio: Ratio | None
    """The grade with what there is; None when nothing of the course is graded."""
    reachable: Ratio
    """The grade if everything still open went perfectly."""
    missing: Ratio
    """The part of the grade that is still open."""
    sure: Ratio
    """What stands whatever comes: the results of all that is not open."""

    def needed(self, pass_mark: Ratio) -> Ratio | None:
        """The result that would do, on average, in what is missing; None if nothing is missing
        or it is reached already."""
        if not self.missing or (self.ratio or 0) >= pass_mark:
            return None
        return divide(max(0, pass_mark - self.sure), self.missing)


def arithmetic(components: Sequence[Component]) -> Arithmetic:
    """Add up the weighted results of what exists; weights of what exists are the whole."""
    weighted = [each for each in components if each.weight > 0]
    whole = sum(each.weight for each in weighted)
    if not whole:
        return Arithmetic((), None, 0, 0, 0)
    return Arithmetic(
        lines=tuple(_line(each, whole) for each in weighted),
        ratio=divide(sum(each.weight * (each.ratio or 0) for each in weighted), whole * SCALE),
        reachable=divide(sum(each.weight * each.best for each in weighted), whole * SCALE),
        missing=divide(sum(each.weight for each in weighted if each.is_open), whole),
        sure=divide(
            sum(each.weight * (each.ratio or 0) for each in weighted if not each.is_open),
            whole * SCALE,
        ),
    )


def _line(each: Component, whole: int) -> Line:
    return Line(
        component=each,
        part=divide(each.weight, whole),
        adds=divide(each.weight * (each.ratio or 0), whole * SCALE),
        could_add=divide(each.weight * each.best, whole * SCALE),
    )


def reached(found: Arithmetic, scale: GradeScale, pass_mark: Ratio) -> bool:
    """Whether the grade as it is shown meets the pass mark; a course without grade asks none."""
    return found.ratio is None or scale.passed(found.ratio, pass_mark)
