"""/aula/<enrollment>/anuncios: what the cohort was told."""

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from lms.foundation.access.permissions import Permission
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.pagination import page_of
from lms.foundation.web.reading import database, reading
from lms.learning.queries.announcements import announcements
from lms.learning.queries.places import own_place
from lms.learning.views.texts import note_text


@guard(Permission.COURSE_TAKE)
def show(enrollment: UUID) -> ResponseReturnValue:
    """The announcements of one's own cohort, the newest first."""
    session = reading()
    learner = own_place(session, enrollment, signed_in().person_id)
    page = announcements(session, learner.cohort_id, page_of(), database().clock())
    return render_template(
        "learning/announcements.html",
        learner=learner,
        page=page,
        bodies=[note_text(each.body, number).html for number, each in enumerate(page.items, 1)],
        page_url=lambda n: url_for("learning.announcements", enrollment=enrollment, pagina=n),
    )
