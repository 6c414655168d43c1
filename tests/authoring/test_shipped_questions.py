"""The questions that we ship measure what is taught, and nothing in their shape gives them away.

The thresholds are a little wider than what an author aims at, so that one more question needs no
new arithmetic. They bound from both sides: an answer that is *never* the longest of its options
gives itself away as much as one that always is.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import combinations

import pytest

from lms.authoring.rules.package import CourseText
from tests.authoring.shipped import (
    TAUGHT,
    choices_of,
    every_course,
    lessons_of,
    plain,
    questions_of,
    right,
)

pytestmark = pytest.mark.pure

QUESTIONS_OF_AN_OUTCOME = 3
MOST_AT_ONE_PLACE, FEWEST_AT_ONE_PLACE = 1 / 3, 1 / 8
MOST_AT_AN_END, FEWEST_AT_AN_END = 0.4, 0.1
"""Shares of the questions whose right answer is the longest, or the shortest, of its options."""
SINGLE = "single_choice"
MOST_ALIKE = 0.6
"""Of all the words of two questions, the share that they have in common."""
MOST_OF_ONE_PATTERN = 0.75
BANK = 20
"""Questions that a module has at least to draw from."""


@every_course
def test_every_outcome_is_taught_and_measured(course: CourseText) -> None:
    taught = {outcome for lesson in lessons_of(course) for outcome in lesson.outcomes}
    measured = Counter(each["outcome"] for each in questions_of(course))
    assert taught == course.outcomes
    thin = {each for each in course.outcomes if measured[each] < QUESTIONS_OF_AN_OUTCOME}
    assert thin == set()


@every_course
def test_every_question_says_what_it_measures_and_rests_on(course: CourseText) -> None:
    bare = [
        each["key"]
        for each in questions_of(course)
        if not (each.get("outcome") and each.get("difficulty") and each.get("facts"))
    ]
    assert bare == []


@every_course
def test_right_answers_stand_at_every_place_alike(course: CourseText) -> None:
    choices = choices_of(course)
    places = Counter(right(options) for options in choices)
    assert {len(options) for options in choices} == {4}
    assert max(places.values()) <= MOST_AT_ONE_PLACE * len(choices), places
    assert min(places[place] for place in range(4)) >= FEWEST_AT_ONE_PLACE * len(choices), places


@every_course
@pytest.mark.parametrize("end", [max, min], ids=["longest", "shortest"])
def test_the_length_of_an_option_says_nothing(
    course: CourseText, end: Callable[[Sequence[int]], int]
) -> None:
    pairs = [
        ([len(str(each["text"])) for each in options], right(options))
        for options in choices_of(course)
    ]
    there = sum(lengths[place] == end(lengths) for lengths, place in pairs)
    assert FEWEST_AT_AN_END * len(pairs) <= there <= MOST_AT_AN_END * len(pairs)


@every_course
@pytest.mark.parametrize("end", [max, min], ids=["longest", "shortest"])
def test_neither_does_it_in_any_one_quiz(
    course: CourseText, end: Callable[[Sequence[int]], int]
) -> None:
    """Questions are drawn out of one quiz: what is balanced in the course may lean in a module."""
    for quiz in [each for each in course.activities() if each.kind == "quiz"]:
        options = [each["options"] for each in quiz.data["questions"] if each["type"] == SINGLE]
        lengths = [[len(str(option["text"])) for option in each] for each in options]
        there = sum(
            sizes[right(each)] == end(sizes) for sizes, each in zip(lengths, options, strict=True)
        )
        fewest, most = FEWEST_AT_AN_END * len(options), MOST_AT_AN_END * len(options)
        assert fewest <= there <= most, quiz.path


def test_who_marks_always_as_many_options_is_not_always_right() -> None:
    patterns = Counter(
        (len(each["options"]), sum(bool(option.get("correct")) for option in each["options"]))
        for course in TAUGHT.values()
        for each in questions_of(course)
        if each["type"] == "multiple_choice"
    )
    assert max(patterns.values()) <= MOST_OF_ONE_PATTERN * patterns.total(), patterns


def test_statements_are_as_often_true_as_false() -> None:
    """Whoever always answers “false” gets half of them, in each course and in all."""
    everywhere: list[bool] = []
    for where, course in TAUGHT.items():
        answers = [each["answer"] for each in questions_of(course) if each["type"] == "true_false"]
        assert len(set(answers)) == 2, where
        everywhere += answers
    assert 0.4 * len(everywhere) <= sum(everywhere) <= 0.6 * len(everywhere)


def test_no_two_questions_are_the_same_or_nearly_so() -> None:
    asked = [
        (f"{where}: {each['key']}", set(plain(str(each["stem"]))))
        for where, course in TAUGHT.items()
        for each in questions_of(course)
    ]
    alike = [
        (one, other)
        for (one, words), (other, others) in combinations(asked, 2)
        if len(words & others) > MOST_ALIKE * len(words | others)
    ]
    assert alike == []


@every_course
def test_no_two_options_of_a_question_are_the_same(course: CourseText) -> None:
    for options in choices_of(course):
        texts = [str(each["text"]) for each in options]
        assert len(set(texts)) == len(texts), texts


@every_course
def test_whoever_answers_is_told_why(course: CourseText) -> None:
    silent = []
    for each in questions_of(course):
        options = [option.get("feedback") for option in each.get("options", ())]
        said = [each.get("feedback"), *options]
        if each["type"] == "true_false":
            said += [each.get("feedback_true"), each.get("feedback_false")]
        if not all(said):
            silent.append(each["key"])
        assert len(set(options)) == len(options), each["key"]
    assert silent == []


@every_course
def test_nothing_doubtful_is_asked(course: CourseText) -> None:
    asked = {key for each in questions_of(course) for key in each["facts"]}
    assert {key for key in asked if course.facts[key].doubtful} == set()


@every_course
def test_every_module_is_examined_out_of_a_bank(course: CourseText) -> None:
    for module in course.modules:
        quizzes = [each.data for each in module.activities if each.kind == "quiz"]
        assert quizzes, module.folder
        for quiz in quizzes:
            assert len(quiz["questions"]) >= BANK, module.folder
            assert 0 < quiz.get("draw", 0) < len(quiz["questions"]), module.folder
