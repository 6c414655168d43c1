"""Every course that we ship in full teaches what it measures, and its questions give nothing away.

The thresholds are a little wider than what an author aims at, so that one more question needs no
new arithmetic.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from lms.authoring.formats.package import read_package
from lms.authoring.formats.tree import read_folder
from lms.authoring.rules.check import check
from lms.authoring.rules.package import CourseText
from lms.foundation.kernel.shipped import shipped
from tests.authoring.packages import KINDS, TODAY

pytestmark = pytest.mark.pure

LESSON_WORDS = range(700, 1501)
QUESTIONS_OF_AN_OUTCOME = 3
MOST_AT_ONE_PLACE = 0.4
MOST_LONGEST = 0.4
WORDS_THAT_MAKE_A_PARAGRAPH = 8
FEWEST_TO_COUNT = 8
PACKAGES = {
    folder.name: read_package(read_folder(folder), KINDS)
    for folder in sorted(shipped("courses").iterdir())
    if folder.is_dir()
}


@dataclass(frozen=True)
class Lesson:
    path: str
    text: str
    words: int
    outcomes: Sequence[str]

    @property
    def paragraphs(self) -> Iterator[str]:
        for each in re.split(r"\n\s*\n", self.text):
            said = re.sub(r"[\W_]+", " ", each).casefold().strip()
            if len(said.split()) >= WORDS_THAT_MAKE_A_PARAGRAPH:
                yield said


def written() -> dict[str, CourseText]:
    return {
        f"{name}/{folder}": course
        for name, read in PACKAGES.items()
        for folder, course in read.package.courses.items()
        if course.data["state"] == "written"
    }


COURSES = written()
every_course = pytest.mark.parametrize("course", COURSES.values(), ids=COURSES)


def lessons_of(course: CourseText) -> list[Lesson]:
    return [
        Lesson(each.path, each.body, each.words, each.data.get("outcomes", ()))
        for each in course.activities()
        if each.kind == "lesson"
    ]


def questions_of(course: CourseText) -> list[Mapping[str, Any]]:
    quizzes = [each for each in course.activities() if each.kind == "quiz"]
    return [question for quiz in quizzes for question in quiz.data["questions"]]


def choices_of(course: CourseText) -> list[Sequence[Mapping[str, Any]]]:
    kind = "single_choice"
    return [each["options"] for each in questions_of(course) if each["type"] == kind]


def right(options: Sequence[Mapping[str, Any]]) -> int:
    (place,) = (place for place, each in enumerate(options) if each.get("correct"))
    return place


def test_there_is_something_to_prove() -> None:
    assert len(COURSES) >= 1


@pytest.mark.parametrize("name", PACKAGES)
def test_the_check_finds_nothing(name: str) -> None:
    read = PACKAGES[name]
    assert [*read.problems, *check(read.package, KINDS, TODAY)] == []


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
    assert max(places.values()) <= max(2, MOST_AT_ONE_PLACE * len(choices)), places
    most = max(len(options) for options in choices)
    assert len(choices) < FEWEST_TO_COUNT or set(places) == set(range(most))


@every_course
def test_the_right_answer_is_not_the_longest_one(course: CourseText) -> None:
    choices = [[len(str(each["text"])) for each in options] for options in choices_of(course)]
    places = [right(options) for options in choices_of(course)]
    pairs = list(zip(choices, places, strict=True))
    longest = sum(lengths[place] == max(lengths) for lengths, place in pairs)
    shortest = sum(lengths[place] == min(lengths) for lengths, place in pairs)
    assert longest <= MOST_LONGEST * len(pairs), f"{longest} of {len(pairs)} are the longest"
    assert shortest <= MOST_LONGEST * len(pairs), f"{shortest} of {len(pairs)} are the shortest"


@every_course
def test_statements_are_as_often_false_as_true(course: CourseText) -> None:
    answers = [each["answer"] for each in questions_of(course) if each["type"] == "true_false"]
    assert len(answers) < FEWEST_TO_COUNT or 0 < sum(answers) < len(answers)


@every_course
def test_no_two_questions_are_the_same(course: CourseText) -> None:
    stems = Counter(" ".join(str(each["stem"]).split()) for each in questions_of(course))
    assert [stem for stem, times in stems.items() if times > 1] == []
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
def test_lessons_are_neither_thin_nor_endless(course: CourseText) -> None:
    odd = {each.path: each.words for each in lessons_of(course) if each.words not in LESSON_WORDS}
    assert odd == {}


def test_no_paragraph_stands_in_two_lessons() -> None:
    where: dict[str, set[str]] = {}
    for course in COURSES.values():
        for lesson in lessons_of(course):
            for each in lesson.paragraphs:
                where.setdefault(each, set()).add(lesson.path)
    assert {text: paths for text, paths in where.items() if len(paths) > 1} == {}


def with_a_cohort() -> dict[str, CourseText]:
    """All but open courses: who reads those alone has nobody to talk to and hands nothing in."""
    kinds = {name: read.package.data for name, read in PACKAGES.items()}
    return {
        where: course
        for where, course in COURSES.items()
        if (programme := kinds[where.partition("/")[0]]) and programme["kind"] != "open"
    }


@pytest.mark.parametrize("course", with_a_cohort().values(), ids=with_a_cohort())
def test_every_module_ends_with_work_and_talk(course: CourseText) -> None:
    for module in course.modules:
        assert module.data["practice"].get("model_answer"), module.folder
        assert module.data["forum"].get("question"), module.folder
