"""Ordering and classification: what earns what, and what is kept of half an answer."""

from random import Random

import pytest

from lms.assessment.types import TYPES
from lms.assessment.types.given import Given
from lms.assessment.types.interface import Drawing, PartResult
from lms.foundation.kernel.errors import Invalid
from lms.foundation.kernel.points import SCALE

pytestmark = pytest.mark.pure

ORDERING, CLASSIFICATION = TYPES["ordering"], TYPES["classification"]
GROUPS = {
    "groups": [
        {"name": "Ingresos", "items": ["IUSI", "Arbitrios"]},
        {"name": "Gastos", "items": ["Planilla"]},
        {"name": "Ninguno", "items": []},
    ]
}


def steps(scoring, count=4):
    return {"items": ["Recibir", "Sellar", "Trasladar", "Responder"][:count], "scoring": scoring}


@pytest.mark.parametrize(
    ("scoring", "places", "ratio"),
    [
        ("all_or_nothing", [0, 1, 2, 3], SCALE),
        ("all_or_nothing", [0, 1, 3, 2], 0),
        ("places", [0, 1, 3, 2], SCALE // 2),
        ("places", [3, 0, 1, 2], 0),
        ("places", [0, 0, 0, 0], SCALE // 4),
        ("neighbours", [3, 0, 1, 2], 666_667),
        ("neighbours", [3, 2, 1, 0], 0),
        ("neighbours", [0, 1, None, 3], 333_333),
        ("neighbours", [0, 1, 2, 3], SCALE),
    ],
)
def test_what_an_order_earns(scoring, places, ratio):
    assert ORDERING.score(steps(scoring), {}, places).ratio == ratio


def test_an_order_is_never_shown_as_it_is_right():
    for seed in range(30):
        for count in (2, 3):
            source = steps("places", count)
            assert ORDERING.freeze(source, Drawing(Random(seed)))["lefts"] != list(range(count))


def test_two_in_one_place_are_kept_and_not_complete():
    source, shown = steps("places"), {"lefts": [2, 0, 3, 1]}
    given = Given.from_json({"pairs": {"0": "1", "1": "1", "2": "", "3": "0"}})
    answer = ORDERING.read(source, shown, given)
    assert answer == [1, 0, 1, None]
    assert not ORDERING.complete(source, answer)
    assert not ORDERING.complete(source, [1, 0, 1, 3])
    assert ORDERING.complete(source, [1, 0, 2, 3])
    assert ORDERING.describe(source, shown, answer) == (
        "1. Sellar", "2. Recibir", "2. Trasladar", "—. Responder",
    )  # fmt: skip


def test_a_review_stands_in_the_order_that_was_given():
    source, shown = steps("neighbours"), {"lefts": [2, 0, 3, 1]}
    answer = [3, 0, 1, None]
    found = ORDERING.review(source, shown, answer, ORDERING.score(source, shown, answer))
    assert [(row.picked, row.text, row.result) for row in found.rows] == [
        ("1", "Sellar", PartResult.WRONG),
        ("2", "Trasladar", PartResult.RIGHT),
        ("4", "Recibir", None),
        ("", "Responder", PartResult.MISSING),
    ]
    assert found.right[0] == "1. Recibir"


def test_each_one_in_its_group_earns_its_share():
    assert CLASSIFICATION.score(GROUPS, {}, [0, 0, 1]).ratio == SCALE
    assert CLASSIFICATION.score(GROUPS, {}, [0, 2, 0]).ratio == 333_333
    assert CLASSIFICATION.describe(GROUPS, {}, [0, None, 2]) == (
        "IUSI: Ingresos", "Arbitrios: —", "Planilla: Ninguno",
    )  # fmt: skip


def test_a_group_that_is_not_there_is_refused():
    shown = CLASSIFICATION.freeze(GROUPS, Drawing(Random(1)))
    for pairs in ({"0": "3"}, {"3": "0"}):
        with pytest.raises(Invalid):
            CLASSIFICATION.read(GROUPS, shown, Given.from_json({"pairs": pairs}))


def test_checks():
    def messages(type_, **source):
        return [problem.message for problem in type_.check(source)]

    assert "repeats another" in messages(ORDERING, items=["uno", "Uno"])[0]
    again = [{"name": "a", "items": ["x", "X"]}, {"name": "A", "items": []}]
    found = messages(CLASSIFICATION, groups=again)
    assert [each[:10] for each in found] == ["this group", "this stand"]
    empty = [{"name": "a", "items": ["x"]}, {"name": "b", "items": []}]
    assert "too little" in messages(CLASSIFICATION, groups=empty)[0]
    assert messages(CLASSIFICATION, **GROUPS) == []
