"""A quiz as it lies on its author's bench: its file, its questions, what is wrong with each."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import url_for

from lms.authoring.actions.questions import QUESTIONS
from lms.authoring.formats.keys import keys_of
from lms.authoring.forms.describing import list_of
from lms.authoring.queries.checked import Checked, activity_at
from lms.authoring.queries.drafts import text_at
from lms.authoring.rules.package import CourseText
from lms.authoring.views.editors import EDITORS, Places, Told
from lms.authoring.views.places import Bench, bench
from lms.catalog.rules.nodes import Map, Seq
from lms.catalog.rules.problems import Problem
from lms.catalog.rules.sources import ActivitySource
from lms.foundation.kernel.errors import NotFound
from lms.foundation.web.reading import reading

EDITOR = "authoring.quiz"


@dataclass(frozen=True)
class Quiz:
    """A quiz as it lies on its author's bench."""

    found: Bench
    read: Checked
    course: CourseText
    source: ActivitySource
    text: str
    data: Map

    @property
    def key(self) -> str:
        return str(self.source.data["key"])

    @property
    def title(self) -> str:
        return str(self.data.get("title") or self.key)

    @property
    def questions(self) -> list[Any]:
        return list_of(self.data, QUESTIONS)

    def url(self, endpoint: str = "quiz", **values: Any) -> str:
        """A page of this quiz."""
        return url_for(
            f"authoring.{endpoint}",
            programme=self.found.programme.uid,
            course=self.course.folder,
            key=self.key,
            **values,
        )

    def crumbs(self, *, inside: bool = False) -> list[tuple[str, str]]:
        """The pages above it; from inside, itself too."""
        above = self.found.crumbs(self.course.folder)
        return [*above, (self.title, self.url())] if inside else above

    def told(self, problems: Iterable[Problem], question: str | None = None) -> list[Told]:
        """What is wrong, leading to where it is put right."""
        told = Places(self.found.programme.uid, [self.course]).tell(problems)
        here = self.url("question", question=question) if question else self.url("quiz_settings")
        return [Told(e.what, e.todo, here, e.name, e.line, e.is_error) for e in told]

    def problems_of(self, place: int | None) -> list[Problem]:
        """What is wrong with one question, or (None) with the quiz around its questions."""
        starts = self._starts()
        found = [each for each in self.read.problems if each.path == self.source.path]
        if place is None:
            first = min(starts, default=None)
            last = self._end()
            return [e for e in found if first is None or e.line < first or e.line >= last]
        if place >= len(starts):
            return []
        end = starts[place + 1] if place + 1 < len(starts) else self._end()
        return [each for each in found if starts[place] <= each.line < end]

    def _starts(self) -> list[int]:
        items = self.data.get(QUESTIONS)
        return list(items.lines) if isinstance(items, Seq) else []

    def _end(self) -> int:
        """The line behind the last question."""
        begun = self.data.line_of(QUESTIONS)
        later = [line for line in self.data.lines.values() if line > begun]
        return min(later, default=self.text.count("\n") + 2)


def quiz_at(programme: UUID, course: str, key: str, editor: str = EDITOR) -> Quiz:
    """The quiz, or what else this editor writes, that the address names.

    Raises NotFound; Unreadable when only text can mend it.
    """
    found = bench(programme)
    read = found.checked_course(course)
    text = read.course(course)
    source = activity_at(text, key)
    if EDITORS.get(source.kind) != editor:
        raise NotFound()
    written = text_at(reading(), found.standing, source.path)
    if written is None:
        raise NotFound()
    return Quiz(found, read, text, source, written, keys_of(source.path, written))
