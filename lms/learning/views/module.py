"""A module's own page: its outcome, its activities, its practice and its question to discuss."""

from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from lms.catalog.queries.structure import CourseStructure, ModuleStructure
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import NotFound
from lms.foundation.web.guard import guard
from lms.foundation.web.markdown import Rendered
from lms.learning.views.freshness import fresh, standing_of
from lms.learning.views.lesson import Place, place_of
from lms.learning.views.outlines import is_open, parts_of, reason, sections
from lms.learning.views.texts import RENDERER, module_text


@guard(Permission.COURSE_TAKE)
def show(enrollment: UUID, course_key: str, module_key: str) -> ResponseReturnValue:
    """What a module asks besides its lessons; it opens with its first activity."""
    found = place_of(enrollment, course_key)
    number, module = _named(found.course, module_key)
    if not is_open(found.outline, module):
        items = found.outline.in_module(module)
        page = render_template(
            "learning/locked.html",
            learner=found.learner,
            course=found.course,
            item=None,
            title=module.title,
            why=reason(items[0].standing),
            following=None,
        )
        return page, 409
    return fresh(
        lambda: _page(found, number, module),
        RENDERER,
        found.learner,
        standing_of(found.outline),
        str(module.uid),
    )


def _page(found: Place, number: int, module: ModuleStructure) -> str:
    return render_template(
        "learning/module.html",
        learner=found.learner,
        course=found.course,
        number=number,
        unit=module,
        parts={part.name: part for part in parts_of(module)},
        practice=_text(found, module, "practice", "text"),
        answer=_text(found, module, "practice", "model_answer"),
        forum=_text(found, module, "forum", "question"),
        sections=[
            each
            for each in sections(found.learner.enrollment_uid, found.outline, weights=True)
            if each.module_key == module.key
        ],
        outline=found.outline,
    )


def _text(found: Place, module: ModuleStructure, part: str, name: str) -> Rendered | None:
    text = (module.detail.get(part) or {}).get(name)
    if not text:
        return None
    place = f"{part}-{name}".replace("_", "-")
    return module_text(found.course, module.key, place, text, found.learner.language)


def _named(course: CourseStructure, key: str) -> tuple[int, ModuleStructure]:
    for number, module in enumerate(course.modules, 1):
        if module.key == key:
            return number, module
    raise NotFound()
