"""Where each thing is written: the page for each file, by what it is.

A kind of activity that has an editor of its own is entered in `EDITORS`; until then its file is
written as text.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import url_for

from lms.authoring.formats.prepared import is_media
from lms.authoring.rules.labels import named
from lms.authoring.rules.mending import by_form
from lms.authoring.rules.package import CourseText
from lms.catalog.rules.problems import Problem
from lms.catalog.rules.sources import ActivitySource
from lms.foundation.locale.words import gettext as _

AS_TEXT = "authoring.activity_text"
EDITORS: Mapping[str, str] = {
    "lesson": "authoring.lesson",
    "quiz": "authoring.quiz",
    "assignment": "authoring.assignment",
}
"""By the name of a kind: the endpoint of its editor, which is given programme, course and key."""


@dataclass(frozen=True, slots=True)
class Told:
    """One thing wrong, as a sentence with the way to where it is mended."""

    what: str
    todo: str
    url: str
    name: str
    """The page where it is mended; of what is written as text, the file and the line."""
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

    def __init__(self, programme: UUID, courses: Collection[CourseText]) -> None:
        self._programme = programme
        self._activities = {
            each.path: activity_url(programme, each)
            for course in courses
            for each in course.activities()
        }
        self._titles = {
            each.path: str(each.data["title"])
            for course in courses
            for each in course.activities()
            if each.kind in EDITORS and {"key", "title"} <= each.data.keys()
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
        """Problems in the reader's language, errors first, in the words of the forms."""
        ordered = sorted(problems, key=lambda each: not each.is_error)
        return [self._told(each, self._form_of(each.path)) for each in ordered]

    def tell_as_text(self, problems: Iterable[Problem]) -> list[Told]:
        """The same to whoever has the file before their eyes: its lines and its keys."""
        return [self._told(each, "") for each in sorted(problems, key=lambda p: not p.is_error)]

    def _told(self, found: Problem, form: str) -> Told:
        """What is wrong, named by the form on which it is mended, or by file and line."""
        line, params = max(found.line, 1), dict(found.params)
        if form:
            found = by_form(found)
            if label := named(found.path, str(params.get("key"))):
                params["key"] = _(label)
        return Told(
            what=_(found.message) % params,
            todo=_(found.remedy) % params,
            url=self.of(found.path),
            name=form or f"{found.path.rpartition('/')[2]}:{line}",
            line=line,
            is_error=found.is_error,
        )

    def _form_of(self, path: str) -> str:
        """What the page is called on which a file is written by form; empty if there is none."""
        if path in self._titles:
            return self._titles[path]
        match path.split("/"):
            case ["programme.yaml"]:
                return _("Data of the programme")
            case [_course, "course.yaml"]:
                return _("Data of the course")
            case [_course, _module, "module.yaml"]:
                return _("Data of the module")
        return ""
