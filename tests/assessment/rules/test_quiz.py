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
