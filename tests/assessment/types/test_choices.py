"""Single choice, multiple choice and true/false: what earns what."""

from random import Random

import pytest

from lms.assessment.types import TYPES
from lms.assessment.types.given import Given
from lms.assessment.types.interface import Drawing, PartResult
from lms.foundation.kernel.errors import Invalid
from lms.foundation.kernel.points import SCALE

pytestmark = pytest.mark.pure

SINGLE = {
    "type": "single_choice",
    "options": [
        {"text": "A", "correct": True, "feedback": "bien"},
        {"text": "B", "feedback": "no"},
    ],
}


def multiple(scoring):
    """Two of five options are right: 0 and 1."""
    return {
        "type": "multiple_choice",
        "scoring": scoring,
        "options": [{"text": "ABCDE"[n], "correct": n < 2} for n in range(5)],
    }


@pytest.mark.parametrize(
    ("scoring", "marked", "ratio"),
    [
        ("partial", [0, 1], SCALE),
        ("partial", [0], SCALE // 2),
        ("partial", [0, 2], 0),
        ("partial", [0, 1, 2], SCALE // 2),
        ("partial", [2, 3, 4], 0),
        ("partial", [0, 1, 2, 3, 4], 0),
        ("right_only", [0, 1], SCALE),
        ("right_only", [0], SCALE // 2),
        ("right_only", [0, 2], SCALE // 2),
        ("right_only", [2, 3], 0),
        ("right_only", [0, 1, 2], 0),
        ("below_zero", [0, 1], SCALE),
        ("below_zero", [0, 2], 0),
        ("below_zero", [2], -SCALE // 2),
        ("below_zero", [2, 3, 4], -SCALE),
        ("below_zero", [0, 2, 3, 4], -SCALE),
        ("all_or_nothing", [0, 1], SCALE),
        ("all_or_nothing", [0], 0),
        ("all_or_nothing", [0, 1, 2], 0),
    ],
)
def test_multiple_choice_scoring(scoring, marked, ratio):
    assert TYPES["multiple_choice"].score(multiple(scoring), {}, marked).ratio == ratio


def test_three_right_options_share_the_points_to_the_millionth():
    source = {
        "type": "multiple_choice",
        "scoring": "partial",
        "options": [{"text": str(n), "correct": n < 3} for n in range(4)],
    }
    assert TYPES["multiple_choice"].score(source, {}, [0, 1]).ratio == 666_667


def test_parts_say_what_was_right_wrong_and_missing():
    parts = TYPES["multiple_choice"].score(multiple("partial"), {}, [0, 2]).parts
    assert {part.key: part.result for part in parts} == {
        "0": PartResult.RIGHT,
        "1": PartResult.MISSING,
        "2": PartResult.WRONG,
    }


def test_how_it_is_marked_is_said_before_answering():
    type_ = TYPES["multiple_choice"]
    partial, whole = multiple("partial"), multiple("all_or_nothing")
    shown = type_.freeze(partial, Drawing(Random(1)))
    assert "takes the same share away" in type_.layout(partial, shown, None).hint
    assert "only with all the right options" in type_.layout(whole, shown, None).hint


def test_the_page_never_gives_away_the_authors_order():
    """Values are places on the page: its first option is 0, whatever the author wrote first."""
    type_ = TYPES["single_choice"]
    shown = {"options": [1, 0]}
    assert [(row.value, row.text) for row in type_.layout(SINGLE, shown, None).rows] == [
        ("0", "B"),
        ("1", "A"),
    ]
    assert type_.read(SINGLE, shown, Given.from_json({"choice": "1"})) == 0


def test_the_chosen_option_earns_its_feedback_and_a_review_holds_them_all():
    type_ = TYPES["single_choice"]
    score = type_.score(SINGLE, {}, 1)
    assert score.feedback == ("options.1.feedback",)
    rows = type_.review(SINGLE, {"options": [0, 1]}, 1, score).rows
    assert [row.feedback for row in rows] == ["bien", "no"]


@pytest.mark.parametrize("value", ["2", "-1", "x", "¹", "99999999999999999999"])
def test_an_option_that_was_not_offered_is_refused(value):
    with pytest.raises(Invalid, match="not one of the options"):
        TYPES["single_choice"].read(SINGLE, {"options": [0, 1]}, Given.from_json({"choice": value}))


def test_two_answers_to_a_single_choice_are_refused():
    with pytest.raises(Invalid, match="only one"):
        TYPES["single_choice"].read(
            SINGLE, {"options": [0, 1]}, Given.from_json({"choices": ["0", "1"]})
        )


@pytest.mark.parametrize(
    ("right", "answer", "ratio"), [(True, True, SCALE), (True, False, 0), (False, False, SCALE)]
)
def test_true_or_false(right, answer, ratio):
    source = {"answer": right, "feedback_true": "Sí", "feedback_false": "No"}
    score = TYPES["true_false"].score(source, {}, answer)
    assert score.ratio == ratio
    assert score.feedback == (f"feedback_{str(answer).lower()}",)


def messages(kind, **source):
    return [problem.message for problem in TYPES[kind].check(source)]


def test_checks_of_single_choice():
    assert messages("single_choice", options=[{"text": "a"}, {"text": "b"}]) == [
        "no option is right"
    ]
    assert messages(
        "single_choice", options=[{"text": "a", "correct": True}, {"text": "b", "correct": True}]
    ) == ["a second option is right"]
    assert (
        "repeats another"
        in messages("single_choice", options=[{"text": "Añó", "correct": True}, {"text": "ano "}])[
            0
        ]
    )
    assert messages("single_choice", options=SINGLE["options"]) == []


def test_an_option_of_several_paragraphs_is_looked_at_again():
    options = [{"text": "a\n\nb", "correct": True}, {"text": "c"}]
    assert "several paragraphs" in messages("single_choice", options=options)[0]


def test_checks_of_multiple_choice():
    assert messages("multiple_choice", options=[{"text": "a"}, {"text": "b"}]) == [
        "no option is right"
    ]
    assert messages(
        "multiple_choice", options=[{"text": "a", "correct": True}, {"text": "b", "correct": True}]
    ) == ["every option is right"]
