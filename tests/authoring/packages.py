"""The kinds of activity, and the means to break a package in one place."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from lms.assessment.kind import QuizKind
from lms.assignments.kind import AssignmentKind
from lms.authoring.queries.sources import version_of
from lms.catalog.models import Programme
from lms.catalog.rules.problems import Problem
from lms.foundation.db.work import Work
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


KINDS: Mapping[str, Any] = {
    "lesson": LessonKind(),
    "quiz": QuizKind(),
    "assignment": AssignmentKind(),
}


def broken(files: Files, path: str, old: str, new: str) -> dict[str, bytes]:
    """The package with one place of one file replaced."""
    text = files[path].decode()
    assert text.count(old) >= 1, f"{old!r} is not in {path}"
    return {**files, path: text.replace(old, new, 1).encode()}


def line_with(files: Files, path: str, marker: str) -> int:
    """The line of a file on which a text first stands."""
    return files[path].decode().split(marker)[0].count("\n") + 1


def came_from_the_editor(work: Work, key: str) -> None:
    """Make the latest version of a programme one that came from no package."""
    programme = work.session.scalars(select(Programme).where(Programme.key == key)).one()
    version = version_of(work.session, programme.id)
    assert version is not None
    version.detail = {name: each for name, each in version.detail.items() if name != "origin"}
