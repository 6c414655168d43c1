"""Checking answers while an attempt runs: what counts, what it costs, and what is not done."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.rules.adjusting import Change, Correction, Line, Worth, settle
from lms.assessment.rules.marking import Slot, mark
from lms.assessment.rules.review import Explained, Item, Moment, Shown, shown_during
from lms.assessment.rules.tries import (
    NOT_CHECKED,
    NOT_TRIED,
    Check,
    Checking,
    Tried,
    Verdict,
    check,
    checkable,
    counted,
    receive,
)
from lms.assessment.types.interface import Score
from lms.foundation.kernel.errors import Conflict, Invalid, Refused
from lms.foundation.kernel.points import SCALE, points

pytestmark = pytest.mark.pure

CHOICE = {
    "type": "single_choice",
    "points": 2,
    "stem": "¿Cuántos días?",
    "options": [{"text": "Diez", "correct": True}, {"text": "Veinte"}, {"text": "Treinta"}],
}
ESSAY = {"type": "essay", "points": 2, "stem": "Explique."}
SCALE_ = {"type": "scale", "points": 0, "stem": "¿Le sirvió?", "steps": ["No", "Sí"]}
PAIRS = {
    "type": "matching",
    "points": 2,
    "stem": "Relacione.",
    "pairs": [{"left": "a", "right": "1"}, {"left": "b", "right": "2"}],
}
QUARTER = points("0.25")


def rate(answer):
    """0 is right, 1 half right, anything else wrong."""
    return {0: Score(1), 1: Score(1, 2), -1: Score(-1, 2)}.get(answer, Score(0))


@pytest.mark.parametrize(
    ("tried", "held", "failed", "earned"),
    [
        ((), 0, 0, "1"),
        ((), 2, 0, "0"),
        ((0,), 0, 0, "1"),
        ((2, 0), 0, 1, "0.75"),
        ((2, 3, 0), 0, 2, "0.5"),
        ((2,), 0, 1, "0.75"),  # changed and handed in without checking it again
        ((1,), 1, 0, "0.5"),  # nothing failed before what stands
        ((2, 1), 1, 1, "0.375"),
        ((2, 3, 4, 5, 6, 0), 0, 5, "0"),  # never below nothing
        ((2, -1), -1, 1, "-0.5"),  # what is below zero is not made smaller by failing
        ((2, 2), None, 2, "0"),
    ],
)
def test_the_points_are_the_score_less_what_failed(tried, held, failed, earned):
    found = counted(rate, held, Tried(tried, QUARTER))
    assert found.failed == failed
    assert found.earns.of(points(1)) == points(earned)


@given(
    st.lists(st.integers(1, 9), max_size=10),
    st.integers(0, SCALE),
    st.integers(0, 1_000 * SCALE),
)
def test_a_right_answer_is_worth_exactly_its_part(wrong, penalty, worth):
    found = counted(rate, 0, Tried((*[n + 1 for n in wrong], 0), penalty))
    exact = Fraction(worth) * max(Fraction(0), 1 - Fraction(penalty, SCALE) * len(wrong))
    assert abs(found.earns.of(worth) - exact) <= Fraction(1, 2)
    assert counted(rate, 0, NOT_TRIED).earns.of(worth) == worth


@given(st.lists(st.integers(2, 9), max_size=9), st.integers(0, SCALE))
def test_another_failed_try_never_earns_more(wrong, penalty):
    fewer = counted(rate, 0, Tried((*wrong, 0), penalty)).earns.of(SCALE)
    assert counted(rate, 0, Tried((*wrong, 7, 0), penalty)).earns.of(SCALE) <= fewer


@pytest.mark.parametrize(
    ("written", "checking"),
    [
        ({}, NOT_CHECKED),
        ({"behaviour": "deferred", "tries": 5}, NOT_CHECKED),
        ({"behaviour": "immediate", "penalty": 1}, Checking(1, 0)),
        ({"behaviour": "tries"}, Checking(3, QUARTER)),
        ({"behaviour": "tries", "tries": 5, "penalty": 0}, Checking(5, 0)),
        ({"behaviour": "tries", "penalty": Decimal("0.1")}, Checking(3, points("0.1"))),
    ],
)
def test_what_an_author_writes(written, checking):
    assert Checking.of(written) == checking


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ({}, 0),
        ({"behaviour": "tries", "tries": 3, "penalty": 0.25}, 0),
        ({"tries": 3, "penalty": 0.25}, 2),
        ({"behaviour": "immediate", "tries": 3}, 1),
        ({"behaviour": "tries", "tries": 5, "penalty": 0.25}, 1),
        ({"behaviour": "tries", "tries": 6}, 1),
        ({"review": {"during": ["marks"]}}, 1),
        ({"behaviour": "immediate", "review": {"during": ["marks"]}}, 0),
    ],
)
def test_what_has_no_use_is_told(written, told):
    found = check(written)
    assert [each.is_error for each in found] == [False] * told


def asked(known=(), held=0, seen=None, settled=False, checking=Checking(3, QUARTER), of=CHOICE):
    return receive(
        Check(1, "here", len(known) if seen is None else seen),
        of,
        held,
        known,
        checking,
        settled=settled,
    )


@pytest.mark.parametrize(
    ("given_", "verdict"),
    [
        ({}, Verdict.KEEP),
        ({"known": [("one", 1)]}, Verdict.KEEP),
        ({"known": [("one", 1), ("here", 0)], "settled": True}, Verdict.REPEAT),
        ({"known": [("one", 0)]}, Verdict.SAME),
        ({"known": [("one", 1)], "seen": 0}, Verdict.MEANWHILE),
        ({"settled": True}, Verdict.MEANWHILE),
    ],
)
def test_what_becomes_of_a_check(given_, verdict):
    assert asked(**given_) is verdict


@pytest.mark.parametrize(
    ("given_", "error"),
    [
        ({"known": [("here", 1)]}, Conflict),
        ({"checking": NOT_CHECKED}, Refused),
        ({"of": ESSAY, "held": "texto"}, Refused),
        ({"of": SCALE_, "held": 1}, Refused),
        ({"held": None}, Invalid),
        ({"of": PAIRS, "held": [0, None]}, Invalid),
    ],
)
def test_what_cannot_be_checked(given_, error):
    with pytest.raises(error):
        asked(**given_)


def test_only_what_a_rule_can_mark_is_checked():
    assert [checkable(each) for each in (CHOICE, PAIRS, ESSAY, SCALE_)] == [
        True,
        True,
        False,
        False,
    ]


def test_the_right_answer_waits_until_the_answer_stands():
    everything = {Moment.DURING: frozenset(Item)}
    for matrix in ({}, everything):
        for practice in (True, False):
            open_ = shown_during(matrix, settled=False, practice=practice)
            assert open_ == Shown(right=False, feedback=Explained.EARNED)
    assert shown_during({}, settled=True, practice=True) == Shown(right=True, feedback="all")
    assert shown_during({}, settled=True, practice=False) == Shown(
        right=False, feedback=Explained.EARNED
    )
    assert shown_during(everything, settled=True, practice=False).right
    nothing = shown_during({Moment.DURING: frozenset()}, settled=True, practice=True)
    assert (nothing.right, nothing.marks, nothing.feedback) == (False, False, Explained.NONE)


class TestCorrected:
    """The right answer is changed afterwards: the tries are counted anew."""

    SHOWN = {"options": [0, 1, 2]}

    def settled(self, tried, held, change=Change.KEY, **data):
        slot = Slot(1, CHOICE, self.SHOWN, points(2))
        marked = mark([slot], {1: held}, {1: Tried(tried, QUARTER)})[0]
        line = Line(1, 7, CHOICE, self.SHOWN, held, points(2), marked.points, Tried(tried, QUARTER))
        correction = Correction(7, change, data, keeps=False)
        return marked.points, settle(Worth(0, 0), [line], [correction])[1].points

    @pytest.mark.parametrize(
        ("tried", "held", "before", "after"),
        [
            ((1, 0), 0, "1.5", "2"),  # the first try was right after all
            ((2, 1, 0), 0, "1", "1.5"),
            ((0,), 0, "2", "0"),
            ((2, 0), 1, "1.5", "1"),  # not checked, and right by the new key after two tries
        ],
    )
    def test_the_first_try_that_is_right_by_the_new_key_counts(self, tried, held, before, after):
        assert self.settled(tried, held, answer=1) == (points(before), points(after))

    def test_accepting_another_answer_counts_the_try_that_gave_it(self):
        assert self.settled((1, 0), 0, Change.ACCEPT, answers=[1]) == (points("1.5"), points(2))
        assert self.settled((2, 1), 1, Change.ACCEPT, answers=[1]) == (0, points("1.5"))

    def test_accepting_never_takes_away(self):
        assert self.settled((0,), 0, Change.ACCEPT, answers=[1]) == (points(2), points(2))

    def test_points_for_all_are_all_points(self):
        assert self.settled((2, 1), 1, Change.CREDIT) == (0, points(2))
