"""The kinds of activity, and the means to break a package in one place."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from lms.assessment.kind import QuizKind
from lms.catalog.rules.problems import Problem
from lms.learning.kind import LessonKind

TODAY = date(2026, 11, 21)
PROGRAMME = "programme.yaml"
COURSE = "primer-curso/course.yaml"
FACTS = "primer-curso/facts.yaml"
MODULE = "primer-curso/01-primer-modulo/module.yaml"
LESSON = "primer-curso/01-primer-modulo/01-recibir-una-peticion.md"
QUIZ = "primer-curso/01-primer-modulo/02-evaluacion-final.quiz.yaml"

Files = Mapping[str, bytes]
Checker = Callable[[Files], list[Problem]]


KINDS: Mapping[str, Any] = {"lesson": LessonKind(), "quiz": QuizKind()}


def broken(files: Files, path: str, old: str, new: str) -> dict[str, bytes]:
    """The package with one place of one file replaced."""
    text = files[path].decode()
    assert text.count(old) >= 1, f"{old!r} is not in {path}"
    return {**files, path: text.replace(old, new, 1).encode()}


def line_with(files: Files, path: str, marker: str) -> int:
    """The line of a file on which a text first stands."""
    return files[path].decode().split(marker)[0].count("\n") + 1
