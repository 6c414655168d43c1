"""Going through a course: to an activity by its uid, seen and on, one's place kept."""

from typing import Any
from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import NotFound
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.perform import perform_small, submit
from lms.foundation.web.reading import reading_connection
from lms.learning.actions import lessons
from lms.learning.actions.lessons import Onward
from lms.learning.forms import Act
from lms.learning.kind import address_of
from lms.learning.queries.outline import courses_of
from lms.learning.queries.places import own_place
from lms.learning.rules.places import lesson_path


@guard(Permission.COURSE_TAKE)
def launch(enrollment: UUID, activity: UUID) -> ResponseReturnValue:
    """From an activity's uid to its address by name."""
    reader = reading_connection()
    learner = own_place(reader, enrollment, signed_in().person_id)
    for course in courses_of(reader, learner):
        for each in course.activities:
            if each.uid == activity:
                return redirect(address_of(enrollment, course.key, each))
    raise NotFound()


@guard(Permission.COURSE_TAKE)
def mark(enrollment: UUID, course_key: str, activity_key: str) -> ResponseReturnValue:
    """Seen: on to what comes next."""
    return submit(
        lessons.mark_seen,
        enrollment,
        course_key,
        activity_key,
        form=Act(),
        then=lambda onward: _onward(enrollment, onward),
    )


@guard(Permission.COURSE_TAKE)
def unmark(enrollment: UUID, course_key: str, activity_key: str) -> ResponseReturnValue:
    """Not seen after all: the lesson stays open."""
    return submit(
        lessons.unmark,
        enrollment,
        course_key,
        activity_key,
        form=Act(),
        then=lesson_path(enrollment, course_key, activity_key),
        said=_("The lesson is no longer marked as seen."),
    )


@guard(Permission.COURSE_TAKE)
def place(enrollment: UUID, course_key: str, activity_key: str) -> ResponseReturnValue:
    """Where the reader stopped, sent by the page's own script when it is left."""
    body: Any = request.get_json(silent=True)
    block = body.get("block") if isinstance(body, dict) else None
    perform_small(
        lessons.keep_place, enrollment, course_key, activity_key, str(block) if block else ""
    )
    return "", 204


def _onward(enrollment: UUID, onward: Onward) -> str:
    if onward.next_key is None:
        return url_for("desk.missing", enrollment=enrollment)
    return lesson_path(enrollment, onward.course_key, onward.next_key)
