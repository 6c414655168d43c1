"""Pages that a browser may keep: asked for again, they cost a line when nothing has changed.

The tag is made from what the page would say, never from its HTML, whose form tokens are masked
anew each time. It holds the session and every version that the page's own forms change, so a kept
form is never sent a second time as if it were new.
"""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from flask import Response, g, make_response, request, session
from flask_babel import get_locale

from lms.foundation.web.assets import asset
from lms.foundation.web.identity import signed_in
from lms.learning.queries.outline import CourseOutline


def fresh(render: Callable[[], str], *says: Any) -> Response:
    """The page, or only that it has not changed."""
    if "_flashes" in session:
        # It tells of something that has just been done; nothing of that is kept.
        response = make_response(render())
        response.headers["Cache-Control"] = "no-store"
        return response
    tag = _tag(says)
    if request.if_none_match.contains_weak(tag):
        response = Response(status=304)
    else:
        response = make_response(render())
    response.set_etag(tag, weak=True)
    return response


def standing_of(found: CourseOutline) -> str:
    """How everything in a course stands, in a word for the tag: what is on record, what is open.

    Letters: p for open, v for over, o for locked. The rest of what an outline says follows from
    these and from the version of the course.
    """
    marks = ".".join(item.mark or "" for item in found.items)
    return f"{found.course.uid} {marks} {''.join(i.standing.access[1] for i in found.items)}"


def _tag(says: tuple[Any, ...]) -> str:
    identity = signed_in()
    around = (
        identity.session_id,
        identity.unread,
        identity.zone,
        identity.short_name,
        identity.grants,
        identity.seen_by,
        str(get_locale()),
        g.get("cabildo_site_version"),
        asset("css"),
        asset("page"),
        asset("sprite"),
    )
    return sha256(repr((around, says)).encode()).hexdigest()[:32]
