"""Drawing and marking whole attempts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.rules.marking import Slot, draw, mark, open_slots, total, worth
from lms.assessment.types.interface import Score
from lms.foundation.kernel.points import points

pytestmark = pytest.mark.pure

CHOICE = {
    "type": "single_choice",
    "points": 2,
    "options": [{"text": "a", "correct": True}, {"text": "b"}, {"text": "c"}],
}
PAIRS = {
    "type": "matching",
    "points": 1,
    "pairs": [{"left": str(n), "right": str(-n)} for n in range(1, 4)],
}
NUMBER = {"type": "numerical", "points": "0.5", "answer": 3}
SOURCES = [CHOICE, PAIRS, NUMBER]


def slots():
    order, shown, _headings = draw(SOURCES, 1, shuffle_questions=False, shuffle_options=False)
    return [
        Slot(number, SOURCES[n], one, worth(SOURCES[n]))
        for number, (n, one) in enumerate(zip(order, shown, strict=True), 1)
    ]


def test_points_are_added_to_the_millionth():
    answers = {1: 0, 2: [0, 1, 0], 3: {"text": "3", "number": "3"}}
    marked = mark(slots(), answers)
    assert [one.points for one in marked] == [points(2), 666_667, points("0.5")]


def test_what_was_not_answered_earns_nothing_and_is_marked_all_the_same():
    marked = mark(slots(), {1: None})
    assert [one.points for one in marked] == [0, 0, 0]
    assert marked[0].score == Score(0)


def test_before_handing_in_one_sees_what_is_missing():
    assert open_slots(slots(), {1: 0, 2: [0, None, None]}) == ([3], [2])
    assert open_slots(slots(), {}) == ([1, 2, 3], [])


@given(st.integers(0, 2**63 - 1), st.booleans(), st.booleans())
def test_one_seed_is_one_drawing_and_asks_everything_once(seed, questions, options):
    first = draw(SOURCES, seed, shuffle_questions=questions, shuffle_options=options)
    assert first == draw(SOURCES, seed, shuffle_questions=questions, shuffle_options=options)
    order, shown, _headings = first
    assert sorted(order) == [0, 1, 2]
    if not questions:
        assert order == [0, 1, 2]
    for n, one in zip(order, shown, strict=True):
        if SOURCES[n] is CHOICE and not options:
            assert one == {"options": [0, 1, 2]}


def test_drawn_questions_are_some_of_all_each_once():
    for seed in range(20):
        order, shown, _headings = draw(
            SOURCES, seed, shuffle_questions=False, shuffle_options=False, drawn=2
        )
        assert len(order) == len(shown) == len(set(order)) == 2
        assert order == sorted(order)
    every = {
        n
        for seed in range(60)
        for n in draw(SOURCES, seed, shuffle_questions=True, shuffle_options=False, drawn=2)[0]
    }
    assert every == set(range(len(SOURCES)))


def test_different_seeds_give_different_orders():
    orders = {
        tuple(draw(SOURCES, seed, shuffle_questions=True, shuffle_options=True)[0])
        for seed in range(30)
    }
    assert len(orders) == 6


@given(st.integers(1, 12), st.integers(1, 10_000))
def test_all_parts_together_are_the_whole_and_more_parts_never_earn_less(whole, amount):
    earned = [Score(part, whole).of(amount) for part in range(whole + 1)]
    assert earned == sorted(earned)
    assert (earned[0], earned[-1]) == (0, amount)


def test_what_wrong_answers_take_away_is_exact_and_never_makes_less_than_nothing_of_an_attempt():
    penalty = {
        "type": "multiple_choice",
        "scoring": "below_zero",
        "points": 3,
        "options": [{"text": str(n), "correct": n < 3} for n in range(6)],
    }
    slots = [Slot(n, penalty, {}, worth(penalty)) for n in (1, 2)]
    earned = [one.points for one in mark(slots, {1: [0, 1, 2], 2: [3]})]
    assert earned == [points(3), -points(1)]
    assert total(earned) == points(2)
    assert total(one.points for one in mark(slots, {1: [3], 2: [4]})) == 0


def test_two_thirds_of_three_points_are_two():
    assert Score(2, 3).of(points(3)) == points(2)
