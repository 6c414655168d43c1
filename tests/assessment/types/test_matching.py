"""Matching: each pair counts alike, a shared right side is offered once."""

from random import Random

import pytest

from lms.assessment.types import TYPES
from lms.assessment.types.given import Given
from lms.assessment.types.interface import Drawing, PartResult
from lms.foundation.kernel.points import SCALE

pytestmark = pytest.mark.pure

TYPE = TYPES["matching"]
SOURCE = {
    "pairs": [
        {"left": "Secretaría", "right": "Actas"},
        {"left": "Tesorería", "right": "Pagos"},
        {"left": "Alcaldía", "right": "Actas"},
    ],
    "distractors": ["Catastro"],
}


def test_each_pair_earns_its_share():
    assert TYPE.score(SOURCE, {}, [0, 1, 0]).ratio == SCALE
    assert TYPE.score(SOURCE, {}, [0, 0, 0]).ratio == 666_667
    assert TYPE.score(SOURCE, {}, [2, 2, 2]).ratio == 0


def test_a_shared_right_side_is_offered_once_and_right_twice():
    shown = TYPE.freeze(SOURCE, Drawing(Random(3)))
    row = TYPE.layout(SOURCE, shown, None).rows[0]
    assert sorted(choice.text for choice in row.choices) == ["Actas", "Catastro", "Pagos"]


def test_half_an_answer_is_kept_and_not_complete():
    shown = {"lefts": [0, 1, 2], "rights": [0, 1, 2]}
    answer = TYPE.read(SOURCE, shown, Given.from_json({"pairs": {"0": "0", "1": "", "2": ""}}))
    assert answer == [0, None, None]
    assert not TYPE.complete(SOURCE, answer)
    assert [part.result for part in TYPE.score(SOURCE, shown, answer).parts] == [
        PartResult.RIGHT,
        PartResult.MISSING,
        PartResult.MISSING,
    ]
    assert TYPE.describe(SOURCE, shown, answer)[1] == "Tesorería: —"


def test_right_sides_are_shuffled_even_when_the_quiz_shuffles_nothing():
    orders = {
        tuple(TYPE.freeze(SOURCE, Drawing(Random(seed), shuffle=False))["rights"])
        for seed in range(20)
    }
    assert len(orders) > 1


def test_checks():
    def messages(**source):
        return [problem.message for problem in TYPE.check(source)]

    pairs = [{"left": "a", "right": "1"}, {"left": "A ", "right": "2"}]
    assert "left side repeats" in messages(pairs=pairs)[0]
    pairs = [{"left": "a", "right": "1"}, {"left": "b", "right": "2"}]
    assert "is the right side of a pair" in messages(pairs=pairs, distractors=["2"])[0]
    assert "repeats another" in messages(pairs=pairs, distractors=["3", "3"])[0]
    assert messages(pairs=pairs, distractors=["3"]) == []
