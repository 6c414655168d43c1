"""Writing a file as text: whatever it is, until its kind has an editor, and afterwards too."""

from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from lms.authoring import scopes
from lms.authoring.forms.text import TextForm
from lms.authoring.rules.publication import PROGRAMME, part_of
from lms.authoring.views.places import bench
from lms.authoring.views.saving import answer, text_page
from lms.authoring.views.writing import Writing, place_of
from lms.foundation.access.permissions import Permission
from lms.foundation.web.guard import guard


@guard(Permission.COURSE_WRITE, scope=scopes.course)
def activity(programme: UUID, course: str, key: str) -> ResponseReturnValue:
    """The file of an activity, wherever it stands in its course by now."""
    found = bench(programme)
    path, title = place_of(found, course, key)
    here = url_for("authoring.activity_text", programme=programme, course=course, key=key)
    back = url_for("authoring.course", programme=programme, course=course)
    return _answer(Writing(found, path, title, here, f"{back}#{path}", key))


@guard(Permission.COURSE_WRITE, scope=scopes.file)
def file(programme: UUID, path: str) -> ResponseReturnValue:
    """Any other text file of the programme."""
    found, part = bench(programme), part_of(path)
    here = url_for("authoring.text", programme=programme, path=path)
    back = url_for("authoring.programme", programme=programme)
    if part != PROGRAMME:
        back = url_for("authoring.course", programme=programme, course=part)
    return _answer(Writing(found, path, path, here, back))


def _answer(writing: Writing) -> ResponseReturnValue:
    return answer(writing, TextForm(), text_page)
