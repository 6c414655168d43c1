"""What the check of a quiz says beyond the shape of its file."""

import pytest

from lms.assessment.rules.quiz import SHAPE, check
from lms.assessment.types import TYPES

pytestmark = pytest.mark.pure


def question(key, **more):
    return {
        "key": key,
        "type": "true_false",
        "points": 1,
        "stem": f"¿{key}?",
        "answer": True,
    } | more


def quiz(*questions, **more):
    return {"minutes": {"assessment": 40}, "pass": 61, "questions": list(questions)} | more


def test_a_sound_quiz_has_no_problems():
    assert check(quiz(question("a"), question("b"), time_limit=40)) == []
    assert check(quiz(question("a"), time_limit=None)) == []


def test_every_problem_is_found_in_one_run():
    options = [{"text": "x"}, {"text": "y"}]
    found = check(
        quiz(
            question("a", points=0),
            question("b", points=0, stem="¿A?"),
            question("c", points=0, type="single_choice", options=options),
            time_limit=10,
        )
    )
    assert [one.message for one in found] == [
        "the time allowed is shorter than the minutes credited",
        "no question is worth any points",
        "another question of this quiz asks the same",
        "no option is right",
    ]
    assert [one.is_error for one in found] == [False, True, False, True]


def test_the_shape_knows_every_type():
    questions = next(field for field in SHAPE.fields if field.name == "questions")
    assert questions.shape.item.variants.keys() == TYPES.keys()


@pytest.mark.parametrize(
    ("points", "draw", "said"),
    [
        ((1, 1, 1), 2, None),
        ((1, 1, 1), 3, None),
        ((1, 1, 1), 4, "%(drawn)s questions are drawn, and there are only %(count)s"),
        ((1, 2, 1), 2, "questions are drawn that are not worth the same"),
        ((1, 2, 1), None, None),
    ],
)
def test_what_is_drawn_is_there_and_worth_the_same(points, draw, said):
    asked = [question(f"q{n}", points=each) for n, each in enumerate(points)]
    found = check(quiz(*asked, **({"draw": draw} if draw else {})))
    assert [each.message for each in found] == ([said] if said else [])


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"grace": 5}, "without a time limit there is nothing for these minutes to follow"),
        ({"grace": 5, "time_limit": 40}, None),
        ({"wait": 60}, "with a single attempt there is nothing to wait for"),
        ({"wait": 60, "attempts": None}, None),
        ({"wait": 60, "attempts": 2}, None),
    ],
)
def test_what_has_no_use_is_told(more, said):
    found = check(quiz(question("a"), **more))
    assert [(each.message, each.is_error) for each in found] == ([(said, False)] if said else [])
