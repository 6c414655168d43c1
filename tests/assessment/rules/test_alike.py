"""Which questions ask the same."""

import pytest

from lms.assessment.rules.alike import alike

pytestmark = pytest.mark.pure
ONE = {"key": "a", "type": "single_choice", "points": 1, "stem": "¿Quién firma?",
       "options": [{"text": "El alcalde", "correct": True}, {"text": "Nadie"}]}  # fmt: skip


@pytest.mark.parametrize(
    "other",
    [
        {"key": "b", "points": 3, "feedback": "Sí.", "category": "Leyes", "tags": ["x"]},
        {"stem": "  **quien   FIRMA**"},
        {"options": [{"text": "nadie", "feedback": "No."}, {"text": "el alcalde"}]},
    ],
)
def test_layout_order_and_what_stands_beside_make_no_difference(other):
    assert alike(ONE) == alike(ONE | other)


@pytest.mark.parametrize(
    "other",
    [
        {"stem": "¿Quién no firma?"},
        {"options": [{"text": "El síndico"}, {"text": "Nadie"}]},
        {"type": "multiple_choice"},
    ],
)
def test_another_question_or_other_answers_do(other):
    assert alike(ONE) != alike(ONE | other)
