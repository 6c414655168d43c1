"""/gestion/promociones/<cohort>/mensaje: write to a list of people, after seeing who they are."""

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from lms.desk.queries.people import ids
from lms.desk.queries.reached import reached
from lms.desk.rules.seen import fingerprint, refuse_another
from lms.desk.views.listing import Listing, listing, words_of
from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import Refused
from lms.foundation.locale.words import ngettext
from lms.foundation.web.guard import guard
from lms.foundation.web.pagination import page_of
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import reading
from lms.learning.actions.messages import send
from lms.learning.forms import MessageForm
from lms.learning.queries.messages import messages
from lms.learning.views.texts import note_text


@guard(Permission.ANNOUNCEMENT_WRITE, cohort_scope)
def show(cohort: UUID) -> ResponseReturnValue:
    """Who would get it, and the form."""
    return _html(listing(cohort), MessageForm(formdata=None))


@guard(Permission.ANNOUNCEMENT_WRITE, cohort_scope)
def preview(cohort: UUID) -> ResponseReturnValue:
    """How the message will look, and to whom it goes; nothing is written."""
    form = MessageForm()
    valid = form.sent()
    return _html(listing(cohort), form, preview=valid), 200 if valid else 422


@guard(Permission.ANNOUNCEMENT_WRITE, cohort_scope)
def write(cohort: UUID) -> ResponseReturnValue:
    """Send it to the people that were in view; if they are others now, look again."""
    form, found = MessageForm(), listing(cohort)
    if not form.sent():
        return _html(found, form), 422
    readers = ids(reading(), found.wanted)
    try:
        refuse_another(form.seen.data or "", readers)
    except Refused as refusal:
        form.refuse(refusal)
        return _html(found, form), refusal.status
    return submit(
        send,
        cohort,
        readers,
        form.title.data,
        form.body.data,
        form=form,
        then=url_for("desk.cohort", cohort=cohort, **found.parts()),
        said=ngettext(
            "Sent. %(num)s person is being told.",
            "Sent. %(num)s people are being told.",
            len(readers),
        ),
        again=lambda: _html(found, form),
    )


def _html(found: Listing, form: MessageForm, *, preview: bool = False) -> str:
    session, cohort = reading(), found.head.uid
    form.seen.data = fingerprint(ids(session, found.wanted))
    sent = messages(session, found.head.id, page_of())
    return render_template(
        "desk/message.html",
        form=form,
        found=found,
        narrowed=words_of(found),
        reached=reached(session, found.wanted),
        preview=note_text(form.body.data or "", 0).html if preview else None,
        sent=sent,
        bodies=[note_text(each.body, number).html for number, each in enumerate(sent.items, 1)],
        page_url=lambda n: url_for("desk.message", cohort=cohort, pagina=n, **found.parts()),
    )
