"""Where each thing is written: the page for each file, by what it is.

A kind of activity that has an editor of its own is entered in `EDITORS`; until then its file is
written as text.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import url_for

from lms.authoring.formats.prepared import is_media
from lms.authoring.rules.package import CourseText
from lms.catalog.rules.problems import Problem
from lms.catalog.rules.sources import ActivitySource
from lms.foundation.locale.words import gettext as _

AS_TEXT = "authoring.activity_text"
EDITORS: Mapping[str, str] = {"lesson": "authoring.lesson", "quiz": "authoring.quiz"}
"""By the name of a kind: the endpoint of its editor, which is given programme, course and key."""


@dataclass(frozen=True, slots=True)
class Told:
    """One thing wrong, as a sentence with the way to where it is mended."""

    what: str
    todo: str
    url: str
    name: str
    line: int
    is_error: bool


def editor_of(programme: UUID, course: str, kind: str, key: str) -> str:
    """The page on which an activity is written."""
    endpoint = EDITORS.get(kind, AS_TEXT)
    return url_for(endpoint, programme=programme, course=course, key=key)


def activity_url(programme: UUID, activity: ActivitySource) -> str:
    """The page on which an activity is written, whatever can be read of it."""
    key = activity.data.get("key")
    if key is None:
        return url_for("authoring.text", programme=programme, path=activity.path)
    return editor_of(programme, activity.path.partition("/")[0], activity.kind, key)


class Places:
    """For every file of a programme, the page where it is written."""

    def __init__(self, programme: UUID, courses: Iterable[CourseText]) -> None:
        self._programme = programme
        self._activities = {
            each.path: activity_url(programme, each)
            for course in courses
            for each in course.activities()
        }

    def of(self, path: str) -> str:
        """The page where what is wrong with a file is put right."""
        here = self._programme
        if path in self._activities:
            return self._activities[path]
        parts = path.split("/")
        if is_media(path):
            return url_for("authoring.course", programme=here, course=parts[0])
        match parts:
            case ["programme.yaml"]:
                return url_for("authoring.data", programme=here)
            case [course, "course.yaml"]:
                return url_for("authoring.course_data", programme=here, course=course)
            case [course, module, "module.yaml"]:
                return url_for(
                    "authoring.module_data", programme=here, course=course, module=module
                )
        return url_for("authoring.text", programme=here, path=path)

    def tell(self, problems: Iterable[Problem]) -> list[Told]:
        """Problems in the reader's language, errors first."""
        ordered = sorted(problems, key=lambda each: not each.is_error)
        return [
            Told(
                what=_(each.message) % each.params,
                todo=_(each.remedy) % each.params,
                url=self.of(each.path),
                name=each.path.rpartition("/")[2],
                line=max(each.line, 1),
                is_error=each.is_error,
            )
            for each in ordered
        ]
