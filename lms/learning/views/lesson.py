"""A lesson: read it, mark it as seen and go on, come back to where one stopped."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import redirect, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from lms.catalog.queries.structure import ActivityStructure, CourseStructure, ModuleStructure
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import NotFound
from lms.foundation.locale.formats import kilobytes, minutes_text
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.reading import database, reading_connection
from lms.learning.forms import Act
from lms.learning.kind import address_of, is_read_here
from lms.learning.queries.outline import (
    CourseOutline,
    Item,
    course_named,
    outline,
    page_bytes,
)
from lms.learning.queries.places import Learner, marks_of, own_place
from lms.learning.rules.places import lesson_path, place_name
from lms.learning.views.freshness import fresh, standing_of
from lms.learning.views.outlines import module_path, parts_of, reason, sections
from lms.learning.views.sources import Sources, shown, sources_of
from lms.learning.views.texts import RENDERER, lesson_text, media_view

KINDS_SHOWN = {
    "text/csv": "CSV",
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX",
}


@dataclass(frozen=True)
class Place:
    """A course as it stands for the person of this request."""

    learner: Learner
    outline: CourseOutline
    now: datetime

    @property
    def course(self) -> CourseStructure:
        return self.outline.course

    def module_of(self, activity: ActivityStructure) -> tuple[int, ModuleStructure]:
        """The module an activity stands in, with its number."""
        for number, module in enumerate(self.course.modules, 1):
            if module.key == activity.module_key:
                return number, module
        raise NotFound()


def place_of(enrollment: UUID, course_key: str) -> Place:
    """One's own course, in two statements."""
    reader, now = reading_connection(), database().clock()
    learner = own_place(reader, enrollment, signed_in().person_id)
    course = course_named(reader, learner, course_key)
    marks = marks_of(reader, learner.enrollment_id)
    return Place(learner, outline(course, marks, learner.days, now), now)


@guard(Permission.COURSE_TAKE)
def show(enrollment: UUID, course_key: str, activity_key: str) -> ResponseReturnValue:
    """The lesson; what other kinds show is at their own address, what is locked says why."""
    found = place_of(enrollment, course_key)
    item = found.outline.item(activity_key)
    if not is_read_here(item.activity):
        return redirect(address_of(enrollment, course_key, item.activity))
    if not item.standing.is_readable:
        return _locked(found, item), 409
    facts_day = found.now.date()
    return fresh(
        lambda: _lesson(found, item),
        RENDERER,
        found.learner,
        standing_of(found.outline),
        item.activity.content_sha256,
        str(found.course.uid),
        facts_day,
    )


@dataclass(frozen=True)
class LessonPage:
    """What the page of a lesson says besides its text."""

    position: str
    module: str
    url: str
    place: str
    minutes: tuple[int, int]
    size: str
    audio: dict[str, Any] | None
    downloads: list[tuple[str, str, str, str]]
    before: tuple[str, str] | None
    after: tuple[str, str] | None
    beside: list[dict[str, str]]
    why_over: str
    back_to: str
    sources: Sources


def _lesson(found: Place, item: Item) -> str:
    learner, course, activity = found.learner, found.course, item.activity
    text = lesson_text(reading_connection(), course, activity, learner.language)
    uid = learner.enrollment_uid
    at, count = found.outline.position(item.key)
    number, module = found.module_of(activity)
    before, after = found.outline.around(item.key)
    is_last = module.activities[-1].key == item.key
    reading = int(activity.settings.get("reading") or activity.minutes)
    page = LessonPage(
        position=_("Lesson %(number)s of %(total)s", number=at, total=count),
        module=_("Module %(number)s: %(title)s", number=number, title=module.title),
        url=lesson_path(uid, course.key, item.key),
        place=place_name(course.key, item.key),
        minutes=(reading, activity.minutes - reading),
        size=kilobytes(page_bytes(course, activity)),
        audio=audio_of(course, activity),
        downloads=downloads_of(course, activity),
        before=_link(uid, course.key, before),
        after=_link(uid, course.key, after),
        beside=_beside(uid, course.key, module) if is_last else [],
        why_over=reason(item.standing),
        back_to=_block(learner, course, item),
        sources=sources_of(text.citations, course.facts, found.now.date()),
    )
    return render_template(
        "learning/lesson.html",
        form=Act(),
        page=page,
        text=text,
        sources=shown(page.sources, str(course.uid), activity.content_sha256, found.now.date()),
        item=item,
        course=course,
        learner=learner,
        aim=activity.settings.get("aim", ""),
        page_meta=_meta(page, item),
        found=found.outline,
        outline_note=_(
            "%(done)s of %(total)s done", done=found.outline.done, total=found.outline.total
        ),
        sections=sections(uid, found.outline, current=item.key),
    )


def _meta(page: LessonPage, item: Item) -> list[tuple[str, str]]:
    reading, exercise = page.minutes
    found = [("clock", minutes_text(reading))]
    if exercise:
        found = [
            ("clock", _("%(minutes)s of reading", minutes=minutes_text(reading))),
            ("pencil", _("%(minutes)s of exercise", minutes=minutes_text(exercise))),
        ]
    found.append(("download", page.size))
    if item.is_done:
        found.append(("circle-check", _("Seen")))
    return found


def _locked(found: Place, item: Item) -> str:
    following = found.outline.next_item
    uid, key = found.learner.enrollment_uid, found.course.key
    return render_template(
        "learning/locked.html",
        learner=found.learner,
        course=found.course,
        item=item,
        why=reason(item.standing),
        following=_link(uid, key, following),
    )


def _link(uid: UUID, course_key: str, item: Item | None) -> tuple[str, str] | None:
    if item is None or not item.standing.is_readable:
        return None
    return item.activity.title, address_of(uid, course_key, item.activity)


def _beside(uid: UUID, course_key: str, module: ModuleStructure) -> list[dict[str, str]]:
    """What the module has besides its activities, offered at the end of its last lesson."""
    address = module_path(uid, course_key, module.key)
    return [
        {
            "title": part.title,
            "url": f"{address}#{part.name}",
            "icon": part.icon,
        }
        for part in parts_of(module)
    ]


def _block(learner: Learner, course: CourseStructure, item: Item) -> str:
    """Where in this lesson the learner stopped, on whatever device."""
    here = learner.last_place == place_name(course.key, item.key)
    return learner.last_block or "" if here else ""


def audio_of(course: CourseStructure, activity: ActivityStructure) -> dict[str, Any] | None:
    """The lesson to listen to, if it can be."""
    found = activity.settings.get("audio")
    file = media_view(course, found["file"]) if found else None
    if not found or file is None:
        return None
    return {
        "url": file.url,
        "title": found["title"],
        "size": kilobytes(file.size),
        "transcript": _paragraphs(found.get("transcript") or ""),
    }


def _paragraphs(text: str) -> Markup:
    return Markup().join(
        Markup("<p>{}</p>").format(part.strip()) for part in text.split("\n\n") if part.strip()
    )


def downloads_of(
    course: CourseStructure, activity: ActivityStructure
) -> list[tuple[str, str, str, str]]:
    """The files that a lesson gives to take along: title, address, kind, size."""
    found = []
    for each in activity.settings.get("downloads") or ():
        file = media_view(course, each["file"])
        if file is not None:
            ending = each["file"].rpartition(".")[2].upper()
            kind = KINDS_SHOWN.get(file.media_type, ending)
            found.append((each["title"], file.url, kind, kilobytes(file.size)))
    return found
