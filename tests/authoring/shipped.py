"""The courses that we ship, read once, and what tests ask of their lessons and questions."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from lms.authoring.formats.package import read_package
from lms.authoring.formats.tree import read_folder
from lms.authoring.rules.package import CourseText
from lms.foundation.kernel.shipped import shipped
from tests.authoring.packages import KINDS

WORDS_THAT_MAKE_A_PARAGRAPH = 8
PACKAGES = {
    folder.name: read_package(read_folder(folder), KINDS)
    for folder in sorted(shipped("courses").iterdir())
    if folder.is_dir()
}
_CITED = re.compile(r"\[\[[^\]]*\]\]|\(lesson:[^)]*\)")


def plain(text: str) -> list[str]:
    """The words of a text, without what only joins it to other texts."""
    return re.sub(r"[\W_]+", " ", _CITED.sub("", text)).casefold().split()


@dataclass(frozen=True)
class Lesson:
    path: str
    text: str
    words: int
    outcomes: Sequence[str]
    exercise: int

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


def lessons_of(course: CourseText) -> list[Lesson]:
    return [
        Lesson(
            each.path,
            each.body,
            each.words,
            each.data.get("outcomes", ()),
            each.data["minutes"].get("exercise", 0),
        )
        for each in course.activities()
        if each.kind == "lesson"
    ]


TAUGHT = {where: course for where, course in COURSES.items() if lessons_of(course)}
"""All but the one that is nothing but a final work."""
every_course = pytest.mark.parametrize("course", TAUGHT.values(), ids=TAUGHT)


def questions_of(course: CourseText) -> list[Mapping[str, Any]]:
    quizzes = [each for each in course.activities() if each.kind == "quiz"]
    return [question for quiz in quizzes for question in quiz.data["questions"]]


def choices_of(course: CourseText) -> list[Sequence[Mapping[str, Any]]]:
    kind = "single_choice"
    return [each["options"] for each in questions_of(course) if each["type"] == kind]


def right(options: Sequence[Mapping[str, Any]]) -> int:
    (place,) = (place for place, each in enumerate(options) if each.get("correct"))
    return place
