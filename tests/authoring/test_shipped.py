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
BANK = 20
"""Questions that a module has at least to draw from."""
HOURS = {
    # hours of the programme; of each course its modules, each with its lessons
    "gestion-municipal-y-transparencia": (120, [[4, 4], [4, 4], [4, 4], [4, 4]]),
    "candidatos-y-autoridades-electas": (40, [[4, 4, 4, 4]]),
    "presupuesto-participativo": (8, [[5]]),
    "centros-poblados": (8, [[5]]),
    "formacion-municipalista": (20, [[4, 4]]),
    "pedir-informacion-publica": (1, [[3]]),
    "pedir-informacion-publica-peru": (1, [[3]]),
    "pedir-informacion-publica-mexico": (1, [[3]]),
}
WORKSHOPS = ("presupuesto-participativo", "centros-poblados")
PARTS = {
    "example with figures": re.compile(r"^::: example (?:(?!^:::$).)*?\d", re.M | re.S),
    "exercise": re.compile(r"^::: exercise ", re.M),
    "remember": re.compile(r"^::: remember ", re.M),
    "table or figure": re.compile(r"^(?:Table: |!\[)", re.M),
    "source": re.compile(r"\[\[[a-z0-9-]+\]\]"),
}
MONEY = re.compile(r"(?:Q|S/ ?|\$ ?)\d[\d,]*")
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


def test_each_programme_has_the_hours_and_the_lessons_it_announces() -> None:
    built = {}
    for name, read in PACKAGES.items():
        courses = read.package.courses
        assert read.package.data
        folders = [
            [sum(each.kind == "lesson" for each in module.activities) for module in course.modules]
            for key in read.package.data["courses"]
            for course in [courses[key]]
        ]
        built[name] = (read.package.data["hours"], folders)
    assert built == HOURS


def test_the_diploma_asks_for_a_final_work_marked_by_a_rubric() -> None:
    diplomas = [read.package.data for read in PACKAGES.values() if read.package.data]
    works = [each["final_work"] for each in diplomas if each["kind"] == "diploma"]
    assert works
    for work in works:
        worth = [
            int(cells) for cells in re.findall(r"^\|[^|]+\| (\d+) \|", work["description"], re.M)
        ]
        assert len(worth) >= 4
        assert sum(worth) == 100


@every_course
def test_every_module_is_examined_out_of_a_bank(course: CourseText) -> None:
    for module in course.modules:
        quizzes = [each.data for each in module.activities if each.kind == "quiz"]
        assert quizzes, module.folder
        for quiz in quizzes:
            assert len(quiz["questions"]) >= BANK, module.folder
            assert 0 < quiz.get("draw", 0) < len(quiz["questions"]), module.folder


@every_course
def test_every_lesson_has_the_parts_that_a_reader_counts_on(course: CourseText) -> None:
    """An example with figures, a table or a figure, an exercise, what to remember, sources."""
    wanting = {
        lesson.path: missing
        for lesson in lessons_of(course)
        if (missing := {part for part, found in PARTS.items() if not found.search(lesson.text)})
    }
    assert wanting == {}


@every_course
def test_every_lesson_tells_what_reading_and_doing_it_takes(course: CourseText) -> None:
    for each in course.activities():
        if each.kind == "lesson":
            assert min(each.data["minutes"]["reading"], each.data["minutes"]["exercise"]) > 0


@every_course
def test_no_jurist_is_said_to_have_accepted_what_none_has(course: CourseText) -> None:
    assert course.data["legal_review"]["state"] == "pending"
    assert [key for key, fact in course.facts.items() if fact.verified_on] == []


@every_course
def test_amounts_that_change_stand_in_the_facts_alone(course: CourseText) -> None:
    """A limit that is raised is mended in one place: neither lessons nor questions repeat it."""
    limits = {
        amount
        for fact in course.facts.values()
        if fact.expires
        for amount in MONEY.findall(fact.text)
    }
    repeated = {
        (lesson.path, amount)
        for lesson in lessons_of(course)
        for amount in MONEY.findall(lesson.text)
        if amount in limits
    }
    assert repeated == set()


def test_courses_agree_on_what_is_doubtful() -> None:
    said: dict[tuple[str, str], set[bool]] = {}
    for course in COURSES.values():
        for key, fact in course.facts.items():
            said.setdefault((key, fact.source), set()).add(fact.doubtful)
    assert [key for key, doubts in said.items() if len(doubts) > 1] == []


@pytest.mark.parametrize("name", WORKSHOPS)
def test_a_workshop_has_a_guide_and_templates_for_who_holds_it(name: str) -> None:
    (course,) = PACKAGES[name].package.courses.values()
    guide = next(each for each in course.activities() if each.kind == "lesson")
    assert guide.data["title"].startswith("Guía para quien facilita")
    assert len(guide.data["downloads"]) >= 2


def test_open_courses_have_no_forum_and_an_examination_of_oneself() -> None:
    opened = {where: course for where, course in COURSES.items() if where not in with_a_cohort()}
    assert len(opened) == 3
    for course in opened.values():
        assert [module.folder for module in course.modules if "forum" in module.data] == []
        assert [each.kind for each in course.activities()].count("quiz") == 1
