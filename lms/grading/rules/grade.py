"""The grade of a course: a weighted tree of activities, columns and categories, added up exactly.

Everything is whole millionths until it is shown, and fractions until it is added up: it is rounded
once. A country's scale comes in only when a grade is shown. What has no result yet adds nothing,
and the line says how much it could add: empty is not zero, it is still open.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from lms.foundation.kernel.points import SCALE, GradeScale, Ratio


@dataclass(frozen=True, slots=True)
class Component:
    """One graded activity or column and what it gave; ``ratio`` is None while nothing was marked.

    ``least`` is what it asks for by itself, whatever the grade; zero asks nothing.
    """

    key: str
    title: str
    weight: Ratio
    ratio: Ratio | None = None
    passed: bool = False
    may_retry: bool = True
    waiting: bool = False
    least: Ratio = 0

    @property
    def is_final(self) -> bool:
        """Not passed or below what it asks for, and nothing the learner can do changes that."""
        return self.ratio is not None and not self.may_retry and not (self.passed and self.meets)

    @property
    def is_open(self) -> bool:
        """Nothing was marked yet, or it was failed and will be done again."""
        return self.ratio is None or (not self.passed and self.may_retry)

    @property
    def meets(self) -> bool:
        """Whether it reaches what it asks for by itself: judged exactly, not as it is shown."""
        return (self.ratio or 0) >= self.least

    @property
    def counts(self) -> bool:
        """Whether it is part of the grade."""
        return self.weight > 0

    @property
    def best(self) -> Ratio:
        """The most it can still come to."""
        if self.ratio is None or self.may_retry:
            return SCALE
        return self.ratio


@dataclass(frozen=True, slots=True)
class Category:
    """Parts that are one grade among others; the ``drop`` lowest of them do not count.

    What has no result yet adds nothing: it is the first to be left out while it is empty.
    """

    key: str
    title: str
    weight: Ratio
    parts: tuple["Part", ...] = ()
    drop: int = 0
    least: Ratio = 0

    @property
    def counts(self) -> bool:
        return self.weight > 0 and any(each.counts for each in self.parts)


Part = Component | Category
Value = Callable[[Component], int]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the sum: the part of the grade it stands for, what it adds and could add."""

    component: Component
    part: Ratio
    adds: Ratio
    could_add: Ratio
    category: str = ""
    """The key of the category it stands in; empty where it stands by itself."""
    dropped: bool = False
    """One of the lowest of its category, which do not count."""


@dataclass(frozen=True, slots=True)
class Sum:
    """What a category comes to, and what it stands for in the grade."""

    category: Category
    part: Ratio
    ratio: Ratio
    best: Ratio
    adds: Ratio

    def meets(self, scale: GradeScale) -> bool:
        """Whether it reaches what it asks for, as it is shown."""
        return not self.category.least or scale.passed(self.ratio, self.category.least)

    def can_meet(self, scale: GradeScale) -> bool:
        return not self.category.least or scale.passed(self.best, self.category.least)


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
    sums: tuple[Sum, ...] = ()
    parts: tuple[Part, ...] = field(default=(), repr=False)

    def needed(self, pass_mark: Ratio) -> Ratio | None:
        """The least result that would do in everything that is open; None if nothing is open, if
        it is reached already, or if nothing would do."""
        is_open = any(line.component.is_open and line.component.counts for line in self.lines)
        if not is_open or (self.ratio or 0) >= pass_mark or self._if(SCALE) < pass_mark:
            return None
        low, high = 0, SCALE
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if self._if(middle) >= pass_mark else (middle + 1, high)
        return low

    def _if(self, result: Ratio) -> Ratio:
        return rounded(
            _mean(self.parts, 0, lambda each: result if each.is_open else each.ratio or 0)
        )


def arithmetic(parts: Sequence[Part]) -> Arithmetic:
    """Add up the weighted results of what exists; weights of what exists are the whole."""
    whole = tuple(parts)
    if not any(each.counts for each in whole):
        return Arithmetic(tuple(_asking(whole, "")), None, 0, 0, parts=whole)
    lines, sums = _added(whole, 0, Fraction(1), "")
    return Arithmetic(
        lines=tuple(lines),
        ratio=grade_of(whole),
        reachable=rounded(_mean(whole, 0, _best)),
        missing=rounded(
            sum(
                (part for part, each in _shares(whole, Fraction(SCALE)) if each.is_open),
                Fraction(0),
            )
        ),
        sums=tuple(sums),
        parts=whole,
    )


def grade_of(parts: Sequence[Part]) -> Ratio | None:
    """The grade alone, for whoever adds up many people."""
    return rounded(_mean(parts, 0, _now)) if any(each.counts for each in parts) else None


def leaves(parts: Iterable[Part]) -> Iterator[Component]:
    """Every activity and column of a tree, in order."""
    for each in parts:
        if isinstance(each, Category):
            yield from leaves(each.parts)
        else:
            yield each


def reached(found: Arithmetic, scale: GradeScale, pass_mark: Ratio) -> bool:
    """Whether the grade as it is shown meets the pass mark; a course without grade asks none."""
    return found.ratio is None or scale.passed(found.ratio, pass_mark)


def rounded(value: Fraction) -> Ratio:
    """A fraction of millionths as whole ones, half up."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def _now(each: Component) -> int:
    return each.ratio or 0


def _best(each: Component) -> int:
    return each.best


def _worth(part: Part, value: Value) -> Fraction:
    if isinstance(part, Component):
        return Fraction(value(part))
    return _mean(part.parts, part.drop, value)


def _kept(parts: Sequence[Part], drop: int, value: Value) -> list[tuple[Part, Fraction]]:
    """What counts of these, with what each is worth: all but ``drop``, of which one stays.

    Left out are those without which the grade is highest. Where all weigh the same these are the
    lowest; where they do not, a better result would otherwise make for a lower grade. Found by
    Dinkelbach's method: what lies furthest above the grade stays, until the grade stands still.
    """
    found = [(each, _worth(each, value)) for each in parts if each.counts]
    stay = max(len(found) - drop, 1)
    if stay >= len(found):
        return found
    kept, grade = found, _weighed(found)
    while True:
        above = sorted(
            range(len(found)),
            key=lambda at: (
                -found[at][0].weight * (found[at][1] - grade),
                _is_empty(found[at][0]),
                at,
            ),
        )[:stay]
        kept = [found[at] for at in sorted(above)]
        if _weighed(kept) == grade:
            return kept
        grade = _weighed(kept)


def _weighed(parts: Sequence[tuple[Part, Fraction]]) -> Fraction:
    return Fraction(
        sum(each.weight * worth for each, worth in parts), sum(each.weight for each, _ in parts)
    )


def _is_empty(part: Part) -> bool:
    return isinstance(part, Component) and part.ratio is None


def _mean(parts: Sequence[Part], drop: int, value: Value) -> Fraction:
    kept = _kept(parts, drop, value)
    return _weighed(kept) if kept else Fraction(0)


def _shares(parts: Sequence[Part], share: Fraction) -> Iterator[tuple[Fraction, Component]]:
    """Each activity with its share of the whole as if nothing were dropped."""
    whole = sum(each.weight for each in parts if each.counts)
    for each in parts:
        if each.counts:
            own = share * each.weight / whole
            if isinstance(each, Category):
                yield from _shares(each.parts, own)
            else:
                yield own, each


def _added(
    parts: Sequence[Part], drop: int, share: Fraction, category: str
) -> tuple[list[Line], list[Sum]]:
    """The lines of these parts, which together are ``share`` of the grade, and their categories."""
    kept = {id(each) for each, _value in _kept(parts, drop, _now)}
    whole = sum(each.weight for each in parts if id(each) in kept)
    lines: list[Line] = []
    sums: list[Sum] = []
    for each in parts:
        if not each.counts:
            lines += _asking((each,), category)
            continue
        dropped = id(each) not in kept
        own = share * each.weight / (whole or each.weight)
        if isinstance(each, Category):
            inner, below = _added(each.parts, each.drop, Fraction(0) if dropped else own, each.key)
            worth = _worth(each, _now)
            sums.append(
                Sum(
                    each,
                    rounded(own * SCALE),
                    rounded(worth),
                    rounded(_worth(each, _best)),
                    0 if dropped else rounded(own * worth),
                )
            )
            lines += inner
            sums += below
        else:
            lines.append(
                Line(
                    each,
                    part=0 if dropped else rounded(own * SCALE),
                    adds=0 if dropped else rounded(own * (each.ratio or 0)),
                    could_add=rounded(own * each.best),
                    category=category,
                    dropped=dropped,
                )
            )
    return lines, sums


def _asking(parts: Iterable[Part], category: str) -> Iterator[Line]:
    """What is no part of the grade and still asks for something, such as attendance."""
    for each in leaves(parts):
        if each.least and not each.counts:
            yield Line(each, 0, 0, 0, category)
