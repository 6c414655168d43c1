"""The tree of a grade: categories, what does not count, minimums; exact for any weights."""

import itertools
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.foundation.kernel.points import SCALE, SCALES, divide
from lms.grading.rules.completion import Lack, decide
from lms.grading.rules.grade import Category, Component, arithmetic, grade_of, leaves, rounded

pytestmark = pytest.mark.pure
HUNDRED = SCALES["0-100"]


def one(key: str, per_cent: float | None, weight: int = 100, **more) -> Component:
    ratio = None if per_cent is None else round(per_cent * SCALE / 100)
    more = {"passed": per_cent is not None, "may_retry": False} | more
    return Component(key, key.upper(), weight, ratio, **more)


def group(weight: int, *parts, drop: int = 0, least: int = 0) -> Category:
    return Category("g", "Cuestionarios", weight, parts, drop, least * SCALE // 100)


def lacks(parts, mark: int = 61) -> list[tuple[str, str | None]]:
    found = decide([], parts, scale=HUNDRED, pass_mark=mark * SCALE // 100)
    return [(each.lack.value, each.key) for each in found.reasons]


def test_a_category_is_one_grade_among_others():
    found = arithmetic([group(40, one("a", 80), one("b", 60)), one("c", 90, 60)])
    assert found.ratio == 820_000  # 40 % of 70 and 60 % of 90
    assert [(line.component.key, line.part, line.adds) for line in found.lines] == [
        ("a", 200_000, 160_000), ("b", 200_000, 120_000), ("c", 600_000, 540_000),
    ]  # fmt: skip
    assert [(each.ratio, each.part, each.adds) for each in found.sums] == [
        (700_000, 400_000, 280_000)
    ]


def test_the_lowest_does_not_count():
    found = arithmetic([group(100, one("a", 80), one("b", 30), one("c", 60), drop=1)])
    assert found.ratio == 700_000
    assert [line.component.key for line in found.lines if line.dropped] == ["b"]


def test_empty_is_the_lowest_of_all_and_no_zero():
    zero, empty = one("a", 0), one("b", None)
    found = arithmetic([group(100, zero, empty, one("c", 60), drop=1)])
    assert [line.component.key for line in found.lines if line.dropped] == ["b"]
    assert found.ratio == 300_000
    assert found.reachable == 800_000  # the zero is dropped once the other is 100


def test_one_always_counts():
    assert arithmetic([group(100, one("a", 40), drop=3)]).ratio == 400_000


def test_what_is_needed_knows_what_will_be_dropped():
    parts = [group(100, one("a", 80), one("b", 20), one("c", None), drop=1)]
    assert arithmetic(parts).needed(600_000) == 399_999  # (80 + 40) / 2, the 20 dropped
    assert arithmetic(parts).needed(950_000) is None  # nothing would do


MINIMUMS = {
    "reached by all": ([group(50, one("a", 70), least=60), one("b", 70, 50)], []),
    "a category below its minimum": (
        [group(50, one("a", 50), least=60), one("b", 90, 50)], [("least", "g")],
    ),
    "judged as it is shown": ([group(50, one("a", 59.5), least=60), one("b", 90, 50)], []),
    "attendance without weight, exactly": (
        [one("a", 90), one("asistencia", 74.9, 0, passed=False, may_retry=True, least=750_000)],
        [("least", "asistencia")],
    ),
    "attendance that nobody has written": (
        [one("a", 90), one("s", None, 0, passed=False, waiting=True, least=750_000)],
        [("wait", "s")],
    ),
    "an activity passed, below what the cohort asks": (
        [one("a", 65, least=700_000, may_retry=True)], [("least", "a")],
    ),
    "a quiz that does not count need not be passed": (
        [group(100, one("a", 90), one("b", 90), one("c", 10, passed=False), drop=1)], [],
    ),
    "what is lost already is the one that does not count": (
        [group(100, one("a", 30, passed=False), one("b", None), one("c", None), drop=1)],
        [("take", "b"), ("take", "c")],
    ),
    "two lost and one forgiven": (
        [group(100, one("a", 30, passed=False), one("b", 40, passed=False), one("c", 90), drop=1)],
        [("failed", "b")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", MINIMUMS)
def test_minimums(case):
    parts, expected = MINIMUMS[case]
    assert lacks(parts) == expected


def test_a_minimum_out_of_reach_is_the_end():
    parts = [group(50, one("a", 50), least=60), one("b", 90, 50)]
    assert decide([], parts, scale=HUNDRED, pass_mark=610_000).failed
    assert Lack.LEAST.value == "least"


components = st.builds(
    Component,
    key=st.sampled_from("abcdefgh"),
    title=st.just("T"),
    weight=st.integers(0, SCALE),
    ratio=st.none() | st.integers(0, SCALE),
    passed=st.booleans(),
    may_retry=st.booleans(),
    least=st.sampled_from([0, 600_000]),
)
categories = st.builds(
    Category,
    key=st.sampled_from("xyz"),
    title=st.just("G"),
    weight=st.integers(0, SCALE),
    parts=st.lists(components, max_size=5).map(tuple),
    drop=st.integers(0, 3),
    least=st.sampled_from([0, 600_000]),
)
trees = st.lists(components | categories, max_size=5)


@given(trees)
def test_the_lines_and_the_categories_add_up_to_the_grade(parts):
    found = arithmetic(parts)
    if found.ratio is None:
        return
    lines = len(found.lines) + 1
    assert abs(sum(line.adds for line in found.lines) - found.ratio) <= lines
    assert abs(sum(line.part for line in found.lines) - SCALE) <= lines
    assert 0 <= found.ratio <= found.reachable <= SCALE


@given(categories)
def test_left_out_are_those_without_which_the_grade_is_highest(category):
    counting = [each for each in category.parts if each.counts]
    if not counting or not category.weight:
        return
    stay = max(len(counting) - category.drop, 1)
    best = max(
        Fraction(sum(p.weight * (p.ratio or 0) for p in some), sum(p.weight for p in some))
        for some in itertools.combinations(counting, stay)
    )
    assert grade_of([category]) == rounded(best)


@given(trees, st.data())
def test_a_better_result_never_makes_a_lower_grade(parts, data):
    before = grade_of(parts)
    if before is None:
        return
    at = data.draw(st.integers(0, len(list(leaves(parts))) - 1))
    places = itertools.count()

    def better(part):
        if isinstance(part, Category):
            return replace(part, parts=tuple(better(each) for each in part.parts))
        if next(places) != at:
            return part
        return replace(part, ratio=data.draw(st.integers(part.ratio or 0, SCALE)))

    assert grade_of([better(each) for each in parts]) >= before


@given(st.lists(components, max_size=6))
def test_a_tree_without_categories_is_the_sum_that_it_always_was(parts):
    whole = sum(each.weight for each in parts)
    found = arithmetic(parts)
    if not whole:
        assert found.ratio is None
        return
    assert found.ratio == divide(sum(p.weight * (p.ratio or 0) for p in parts), whole * SCALE)
    counting = [line for line in found.lines if line.component.counts]
    for line in counting:
        own = line.component
        assert line.part == divide(own.weight, whole)
        assert line.adds == divide(own.weight * (own.ratio or 0), whole * SCALE)
        assert line.could_add == divide(own.weight * own.best, whole * SCALE)


@given(trees, st.integers(0, SCALE))
def test_what_is_needed_is_the_least_that_does(parts, mark):
    needed = arithmetic(parts).needed(mark)
    if needed is None:
        return

    def with_(result: int):
        return [_filled(each, result) for each in parts]

    def _filled(part, result):
        if isinstance(part, Category):
            inner = tuple(_filled(each, result) for each in part.parts)
            return Category(part.key, part.title, part.weight, inner, part.drop)
        return Component(part.key, "T", part.weight, result if part.is_open else part.ratio or 0)

    assert arithmetic(with_(needed)).ratio >= mark
    assert needed == 0 or arithmetic(with_(needed - 1)).ratio < mark


@given(trees)
def test_completed_never_failed(parts):
    found = decide([], parts, scale=HUNDRED, pass_mark=610_000)
    assert not (found.completed and found.failed)
    assert found.completed == (not found.reasons)


def test_the_mean_is_exact():
    found = arithmetic([group(1, one("a", 50), one("b", 50), one("c", 0)), one("d", 100, 2)])
    assert abs(found.ratio - (Fraction(SCALE, 9) + Fraction(2 * SCALE, 3))) <= Fraction(1, 2)
    assert [each.key for each in leaves(found.parts)] == ["a", "b", "c", "d"]
