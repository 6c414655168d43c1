"""Cases: their questions are drawn and shuffled together, and the text goes with each of them."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.rules.cases import check, drawn, together, told_with
from lms.assessment.rules.marking import draw

pytestmark = pytest.mark.pure

CASE = {"key": "rastro", "title": "El contrato del rastro", "text": "Una vecina pide verlo."}


def question(case=""):
    return {"type": "true_false", "points": 1, "answer": True, **({"case": case} if case else {})}


def quiz(*cases, **given):
    named = sorted({case for case in cases if case})
    known = [{**CASE, "key": key} for key in named]
    return {"questions": [question(case) for case in cases], "cases": known, **given}


def messages(source):
    return [problem.message for problem in check(source)]


def test_the_text_is_part_of_each_of_its_questions():
    told = told_with(quiz("rastro", "rastro", ""))
    assert [each.get("case") for each in told] == [CASE, CASE, None]
    assert together(told) == [[0, 1], [2]]


@given(
    st.lists(st.integers(1, 4), min_size=1, max_size=6),
    st.integers(0, 2**32),
    st.integers(1, 12),
    st.booleans(),
)
def test_a_case_is_never_torn_apart(sizes, seed, wanted, shuffle):
    named = [f"c{n}" if size > 1 else "" for n, size in enumerate(sizes) for _ in range(size)]
    sources = told_with(quiz(*named))
    order, _shown, _headings = draw(
        sources, seed, shuffle_questions=shuffle, shuffle_options=False, drawn=wanted
    )
    lots = together(sources)
    assert len(set(order)) == len(order) <= wanted
    assert all(set(lot) <= set(order) or not set(lot) & set(order) for lot in lots)
    places = {n: at for at, n in enumerate(order)}
    for lot in lots:
        if lot[0] in places:
            assert [places[n] for n in lot] == [*range(places[lot[0]], places[lot[0]] + len(lot))]
    if not messages(quiz(*named, draw=wanted)):
        assert len(order) == min(wanted, len(sources))


def test_every_lot_may_be_drawn():
    lots = [[0, 1], [2], [3], [4, 5, 6]]
    dice = [Random(seed) for seed in range(60)]
    every = {n for each in dice for lot in drawn(lots, 3, each) for n in lot}
    assert every == set(range(7))


def test_checks():
    assert messages(quiz("a", "a", "", "b")) == []
    assert "there is no case" in messages({"questions": [question("x")]})[0]
    assert "other questions stand between" in messages(quiz("a", "", "a"))[0]
    assert "no question is asked" in messages({"questions": [question()], "cases": [CASE]})[0]
    assert "tearing a case apart" in messages(quiz("a", "a", "b", "b", draw=3))[0]
    assert messages(quiz("a", "a", "b", "b", "", draw=3)) == []
