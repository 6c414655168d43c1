"""Item analysis against figures worked out by hand and by formulas written in another way."""

from fractions import Fraction
from math import isclose, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.rules.analysis import SMALL, Advice, Entry, analyse, correlation, extremes
from lms.assessment.rules.responses import Given, responses

# Ten people, four questions, right or wrong. Worked out by hand (beside each figure below).
TABLE = [
    "1111", "1110", "1110", "1101", "1100", "1100", "1010", "1000", "0100", "0000",
]  # fmt: skip


def entries(table=TABLE, out_of=1_000_000):
    return [
        Entry(person, question, int(mark) * out_of, out_of, 30.0 + question)
        for person, row in enumerate(table, 1)
        for question, mark in enumerate(row)
    ]


def test_facility_is_the_mean_part_earned():
    # Column sums of the table: 8, 7, 4, 2 of 10.
    assert [one.facility for one in analyse(entries()).questions] == [0.8, 0.7, 0.4, 0.2]


def test_kr20_worked_out_by_hand():
    # Totals 4 3 3 3 2 2 2 1 1 0: mean 2.1, squares sum 57, variance 5.7 − 4.41 = 1.29.
    # Sum of p·q: .16 + .21 + .24 + .16 = .77. KR-20 = 4/3 · (1 − .77/1.29) = 0.5375
    found = analyse(entries())
    assert found.reliability.is_kr20
    assert isclose(found.reliability.alpha, 4 / 3 * (1 - 0.77 / 1.29))
    assert round(found.reliability.alpha, 4) == 0.5375
    # Error: deviation of the marks (sqrt(1.29)/4) by sqrt(1 − 0.5375).
    assert isclose(found.reliability.error, sqrt(1.29) / 4 * sqrt(1 - found.reliability.alpha))
    assert (found.attempts, round(found.mean, 4), found.median) == (10, 0.525, 0.5)


def test_point_biserial_worked_out_by_hand():
    # First question: the eight who had it right have 2.25... of the other three on average
    # (rests 3 2 2 2 1 1 1 0 = 12/8 = 1.5), the two who had not 1 and 0 = 0.5.
    # Rests of all: 3 2 2 2 1 1 1 0 1 0: mean 1.3, variance 2.5 − 1.69 = 0.81.
    # r = (1.5 − 0.5) / 0.9 · sqrt(0.8 · 0.2)
    found = analyse(entries()).questions[0]
    assert isclose(found.discrimination, 1.0 / 0.9 * sqrt(0.16))


def test_upper_and_lower_are_27_per_cent_each():
    # 27 % of ten are three: persons 1 2 3 and 8 9 10.
    found = analyse(entries()).questions
    assert [(one.upper, one.lower) for one in found] == [
        (1.0, pytest.approx(1 / 3)),
        (1.0, pytest.approx(1 / 3)),
        (1.0, 0.0),
        (pytest.approx(1 / 3), 0.0),
    ]
    assert found[2].spread == 1.0


def test_few_have_no_extremes():
    assert extremes(dict.fromkeys(range(7), 0.5)) == (frozenset(), frozenset())
    assert analyse(entries(TABLE[:5])).questions[0].spread is None


def test_what_never_varies_tells_nothing():
    found = analyse(entries(["11", "11", "10"]))
    assert found.questions[0].discrimination is None
    alike = analyse(entries(["11", "11", "11"]))
    assert alike.reliability is None
    assert alike.same_for_all


def test_different_questions_have_no_alpha():
    found = analyse([*entries(["10", "11"]), Entry(3, 0, 0, 1), Entry(3, 7, 1, 1)])
    assert not found.same_for_all
    assert found.reliability is None
    assert [one.given for one in found.questions] == [3, 2, 1]


def test_points_in_part_are_alpha_and_not_kr20():
    found = analyse([Entry(p, q, earned, 2) for p, q, earned in (
        (1, 0, 2), (1, 1, 1), (2, 0, 1), (2, 1, 1), (3, 0, 0), (3, 1, 0),
    )])  # fmt: skip
    assert not found.reliability.is_kr20
    # Variances 2/3 and 2/9, of totals 3 2 0: 14/9. alpha = 2 · (1 − (8/9)/(14/9)) = 6/7
    assert isclose(found.reliability.alpha, 6 / 7)


@pytest.mark.parametrize(
    ("right", "rest", "advice"),
    [
        ([0] * 20 + [1] * 20, [1] * 20 + [0] * 20, Advice.KEY),
        ([1] * 4 + [0] * 36, [1] * 20 + [0] * 20, Advice.HARD),
        ([1] * 39 + [0], [1] * 20 + [0] * 20, Advice.EASY),
        ([1, 0] * 20, [1] * 20 + [0] * 20, Advice.WEAK),
        ([1] * 20 + [0] * 20, [1] * 20 + [0] * 20, None),
    ],
)
def test_what_to_look_at(right, rest, advice):
    table = [f"{a}{b}" for a, b in zip(right, rest, strict=True)]
    assert analyse(entries(table)).questions[0].advice is advice
    assert analyse(entries(table[: SMALL - 1])).questions[0].advice is None


@given(st.lists(st.lists(st.integers(0, 5), min_size=3, max_size=3), min_size=2, max_size=40))
def test_alpha_as_exact_fractions_say(table):
    found = analyse([
        Entry(person, question, earned, 5)
        for person, row in enumerate(table)
        for question, earned in enumerate(row)
    ])  # fmt: skip

    def variance(values):
        mean = Fraction(sum(values), len(values))
        return sum((value - mean) ** 2 for value in values) / len(values)

    whole = variance([sum(row) for row in table])
    if whole == 0:
        assert found.reliability is None
        return
    parts = sum(variance(column) for column in zip(*table, strict=True))
    assert found.reliability.alpha == pytest.approx(float(Fraction(3, 2) * (1 - parts / whole)))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=50))
def test_correlation_is_between_minus_one_and_one_and_the_same_both_ways(pairs):
    xs, ys = zip(*pairs, strict=True)
    found = correlation(xs, ys)
    assert found == correlation(ys, xs) or found == pytest.approx(correlation(ys, xs))
    assert found is None or -1.0000001 <= found <= 1.0000001


def test_each_wrong_answer_has_its_line_also_one_nobody_took():
    given_ = [Given(n, ("Diez",), True, 1 - n / 20) for n in range(6)]
    given_ += [Given(10 + n, ("Veinte",), False, 0.2) for n in range(3)]
    given_ += [Given(20, (), False, 0.1)]
    found = responses(given_, ("Diez", "Veinte", "Treinta"), ("Diez",))
    assert [(one.text, one.is_right, one.count, one.share) for one in found] == [
        ("Diez", True, 6, 0.6), ("Veinte", False, 3, 0.3), ("Treinta", False, 0, 0.0),
        ("", False, 1, 0.1),
    ]  # fmt: skip
    assert (found[0].upper, found[0].lower, found[1].lower, found[3].lower) == (3, 0, 2, 1)


def test_a_wrong_answer_of_the_best_stands_out():
    given_ = [Given(n, ("A",), False, 0.9) for n in range(4)]
    given_ += [Given(10 + n, ("B",), True, 0.3) for n in range(6)]
    assert [one.misleads for one in responses(given_, ("A", "B"), ("B",))] == [True, False]


def test_what_was_written_freely_is_listed_by_number():
    given_ = [Given(1, ("bono",), True, 1.0), Given(2, ("beca",), False, 0.5),
              Given(3, ("beca",), False, 0.5)]  # fmt: skip
    found = responses(given_, (), ("el bono",))
    assert [(one.text, one.count, one.is_right) for one in found] == [
        ("beca", 2, False), ("bono", 1, True),
    ]  # fmt: skip
