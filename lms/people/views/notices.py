"""What I was told, the newest first."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from lms.foundation.access.permissions import Permission
from lms.foundation.mail.letters import notice_text
from lms.foundation.web.forms import Form
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.pagination import page_of
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import reading
from lms.people.actions.notices import mark_all_read
from lms.people.queries import notices as queries
from lms.people.views.door import blueprint


@blueprint.get("/avisos")
@guard(Permission.NOTICE_READ)
def notices() -> str:
    identity = signed_in()
    page = queries.notices(reading(), identity.person_id, page_of())
    return render_template(
        "people/notices.html",
        page=page,
        notices=[(notice, notice_text(notice)) for notice in page.items],
        unread=identity.unread,
        blank=lambda: Form(formdata=None),
        page_url=lambda number: url_for("people.notices", pagina=number),
    )


@blueprint.post("/avisos/leidos")
@guard(Permission.NOTICE_READ)
def mark_read() -> ResponseReturnValue:
    return submit(mark_all_read, signed_in().person_id, form=Form(), then=url_for("people.notices"))
