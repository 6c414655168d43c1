"""The kinds of activity as tests need them, and the means to break a package in one place."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from lms.assessment.types import TYPES
from lms.catalog.rules import lesson
from lms.catalog.rules.problems import Problem
from lms.catalog.rules.shapes import (
    Choice,
    Flag,
    Key,
    ListOf,
    Markdown,
    Number,
    Object,
    Ref,
    Tagged,
    Text,
    Whole,
    may,
    need,
)

TODAY = date(2026, 11, 21)
COURSE = "primer-curso/course.yaml"
FACTS = "primer-curso/facts.yaml"
MODULE = "primer-curso/01-primer-modulo/module.yaml"
LESSON = "primer-curso/01-primer-modulo/01-recibir-una-peticion.md"
QUIZ = "primer-curso/01-primer-modulo/02-evaluacion-final.quiz.yaml"

Files = Mapping[str, bytes]
Checker = Callable[[Files], list[Problem]]


class Lesson:
    name, suffix, shape, graded = "lesson", ".md", lesson.SHAPE, False

    def check(self, source: Any, course: Any) -> list[Problem]:
        return lesson.check(source)


QUESTION = (
    need("key", Key(), ""),
    need("type", Choice(tuple(TYPES)), ""),
    need("points", Number(least=0), ""),
    need("stem", Markdown(), ""),
    may("outcome", Ref("outcome"), ""),
    may("difficulty", Whole(least=1, most=3), ""),
    may("facts", ListOf(item=Ref("fact")), ""),
    may("feedback", Markdown(), ""),
)
QUIZ_SHAPE = Object(
    (
        need("key", Key(), ""),
        need("title", Text(), ""),
        may("intro", Markdown(), ""),
        need("minutes", Object((need("assessment", Whole(least=1), ""),)), ""),
        may("time_limit", Whole(least=1), "", nullable=True),
        may("attempts", Whole(least=1), "", nullable=True),
        may("counts", Choice(("best", "last", "first", "average")), ""),
        need("pass", Number(least=0, most=100), ""),
        may("shuffle_questions", Flag(), ""),
        may("shuffle_options", Flag(), ""),
        need(
            "questions",
            ListOf(
                item=Tagged("type", QUESTION, {name: each.FIELDS for name, each in TYPES.items()}),
                least=1,
                most=600,
                unique="key",
            ),
            "",
        ),
    )
)


class Quiz:
    name, suffix, shape, graded = "quiz", ".quiz.yaml", QUIZ_SHAPE, True

    def check(self, source: Any, course: Any) -> list[Problem]:
        questions = source.data.get("questions", ())
        return [found for each in questions for found in TYPES[each["type"]].check(each)]


KINDS: Mapping[str, Any] = {"lesson": Lesson(), "quiz": Quiz()}


def broken(files: Files, path: str, old: str, new: str) -> dict[str, bytes]:
    """The package with one place of one file replaced."""
    text = files[path].decode()
    assert text.count(old) >= 1, f"{old!r} is not in {path}"
    return {**files, path: text.replace(old, new, 1).encode()}


def line_with(files: Files, path: str, marker: str) -> int:
    """The line of a file on which a text first stands."""
    return files[path].decode().split(marker)[0].count("\n") + 1
