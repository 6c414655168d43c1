"""A lesson of an open programme: anybody reads it, without an account, and nothing is kept."""

from flask import redirect, render_template
from flask.typing import ResponseReturnValue

from lms.catalog.activity import activity_kinds
from lms.catalog.queries.open_reading import OpenCourse, open_course
from lms.catalog.queries.structure import ActivityStructure
from lms.foundation.locale.formats import kilobytes, minutes_text
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import public
from lms.foundation.web.reading import database, reading_connection
from lms.learning.kind import is_read_here
from lms.learning.queries.outline import page_bytes, sitting
from lms.learning.views.lesson import audio_of, downloads_of
from lms.learning.views.sources import shown, sources_of
from lms.learning.views.texts import lesson_text


@public("an open course is read by whoever comes, without an account")
def show(slug: str, course_key: str, activity_key: str) -> ResponseReturnValue:
    """The lesson; what other kinds show is at their own address."""
    reader = reading_connection()
    found = open_course(reader, slug, course_key)
    course, activity = found.course, found.course.activity(activity_key)
    if not is_read_here(activity):
        return redirect(found.address_of(activity))
    today = database().clock().date()
    text = lesson_text(reader, course, activity, found.page.outline.language)
    sources = sources_of(text.citations, course.facts, today)
    before, after = found.around(activity)
    return render_template(
        "learning/open_lesson.html",
        found=found,
        activity=activity,
        position=_position(found, activity),
        meta_items=[
            ("clock", minutes_text(sitting(activity))),
            ("download", kilobytes(page_bytes(course, activity))),
        ],
        aim=activity.settings.get("aim", ""),
        audio_file=audio_of(course, activity),
        files=downloads_of(course, activity),
        text=text,
        any_expired=sources.any_expired,
        sources=shown(sources, str(course.uid), activity.content_sha256, today),
        before=before,
        after=after,
        sections=_sections(found, activity),
    )


def _position(found: OpenCourse, activity: ActivityStructure) -> str:
    same = [each.key for each in found.course.activities if each.kind == activity.kind]
    return str(
        _("Lesson %(number)s of %(total)s", number=same.index(activity.key) + 1, total=len(same))
    )


def _sections(found: OpenCourse, current: ActivityStructure) -> list[dict[str, object]]:
    """The outline, with everything in it open."""
    kinds = activity_kinds()
    return [
        {
            "title": module.title,
            "items": [
                {
                    "title": each.title,
                    "url": found.address_of(each),
                    "state": "open",
                    "minutes": minutes_text(sitting(each)),
                    "current": each.key == current.key,
                    "icon": "" if is_read_here(each) else kinds[each.kind].icon,
                }
                for each in module.activities
            ],
        }
        for module in found.course.modules
    ]
