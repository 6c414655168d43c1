"""The arithmetic of the grade: worked examples, and what must hold for any weights."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.foundation.kernel.points import SCALE, SCALES
from lms.grading.rules.grade import Component, arithmetic, reached

pytestmark = pytest.mark.pure

HUNDRED, TWENTY, TEN = SCALES["0-100"], SCALES["0-20"], SCALES["0-10"]


def part(weight: int, per_cent: str | None, **more: object) -> Component:
    ratio = None if per_cent is None else int(Decimal(per_cent) * SCALE / 100)
    return Component("k", "T", weight * SCALE // 100, ratio, **more)  # type: ignore[arg-type]


def test_two_halves():
    found = arithmetic([part(50, "80"), part(50, "64")])
    assert found.ratio == 720_000
    assert [line.adds for line in found.lines] == [400_000, 320_000]
    assert HUNDRED.grade(found.ratio) == 72


def test_what_is_missing_adds_nothing_yet_and_says_what_it_could():
    found = arithmetic([part(40, "80", passed=True), part(60, None)])
    assert found.ratio == 320_000
    assert found.missing == 600_000
    assert found.lines[1].could_add == 600_000
    assert found.reachable == SCALE  # the first may be tried again
    assert found.needed(610_000) == 483_333  # (61 - 32) / 60


def test_nothing_is_needed_once_the_mark_is_reached_or_nothing_is_missing():
    assert arithmetic([part(70, "90"), part(30, None)]).needed(610_000) is None
    assert arithmetic([part(100, "20", may_retry=False)]).needed(610_000) is None


def test_what_was_failed_and_can_be_done_again_is_still_open():
    """Failed with 38, another attempt left, and the other quiz not taken: 61 in both will do."""
    found = arithmetic([part(50, "38"), part(50, None)])
    assert found.ratio == 190_000
    assert found.needed(610_000) == 610_000


def test_weights_count_over_what_exists():
    """A course that lost an activity is graded by what is left of it."""
    found = arithmetic([part(50, "90"), part(0, "10")])
    assert found.ratio == 900_000
    assert len(found.lines) == 1
    assert found.lines[0].part == SCALE


def test_a_course_without_weights_has_no_grade():
    found = arithmetic([part(0, "40")])
    assert found.ratio is None
    assert reached(found, HUNDRED, 610_000)


@pytest.mark.parametrize(
    ("scale", "per_cent", "shown", "passes"),
    [
        (HUNDRED, "60.4", "60", False),
        (HUNDRED, "60.5", "61", True),
        (HUNDRED, "61", "61", True),
        (TWENTY, "52.4", "10", False),
        (TWENTY, "52.5", "11", True),
        (TEN, "60.4", "6.0", False),
        (TEN, "60.5", "6.1", True),
    ],
)
def test_passing_is_decided_on_the_grade_as_it_is_shown(scale, per_cent, shown, passes):
    mark = 550_000 if scale is TWENTY else 610_000
    found = arithmetic([part(100, per_cent)])
    assert str(scale.grade(found.ratio)) == shown
    assert reached(found, scale, mark) is passes


components = st.lists(
    st.builds(
        Component,
        key=st.sampled_from("abcdefgh"),
        title=st.just("T"),
        weight=st.integers(0, SCALE),
        ratio=st.none() | st.integers(0, SCALE),
        passed=st.booleans(),
        may_retry=st.booleans(),
    ),
    max_size=8,
)


@given(components)
def test_the_grade_is_the_exact_mean_rounded_once(parts):
    found = arithmetic(parts)
    whole = sum(each.weight for each in parts)
    if not whole:
        assert found.ratio is None
        return
    exact = Fraction(sum(each.weight * (each.ratio or 0) for each in parts), whole)
    assert abs(found.ratio - exact) <= Fraction(1, 2)
    assert 0 <= found.ratio <= found.reachable <= SCALE


@given(components, st.randoms())
def test_the_order_of_activities_changes_nothing(parts, dice):
    other = parts.copy()
    dice.shuffle(other)
    one, two = arithmetic(parts), arithmetic(other)
    assert (one.ratio, one.reachable, one.missing) == (two.ratio, two.reachable, two.missing)


@given(components)
def test_the_lines_add_up_to_the_grade(parts):
    found = arithmetic(parts)
    if found.ratio is not None:
        assert abs(sum(line.adds for line in found.lines) - found.ratio) <= len(found.lines)
        assert abs(sum(line.part for line in found.lines) - SCALE) <= len(found.lines)


@given(components, st.integers(0, SCALE))
def test_reaching_what_is_needed_reaches_the_mark(parts, mark):
    found = arithmetic(parts)
    needed = found.needed(mark)
    if needed is None or needed > SCALE:
        return
    done = [
        Component(each.key, each.title, each.weight, needed if each.is_open else each.ratio)
        for each in parts
    ]
    # The need is told to the millionth; half a millionth of each part may be lost.
    assert arithmetic(done).ratio >= mark - 1
