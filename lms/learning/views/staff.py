"""/gestion/promociones/<cohort>/anuncios: write to everybody in a cohort."""

from uuid import UUID

from flask import Response, make_response, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.foundation.web.guard import guard
from lms.foundation.web.pagination import page_of
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import reading
from lms.learning.actions import announcements as actions
from lms.learning.forms import Act, AnnouncementForm
from lms.learning.queries.announcements import announcements, cohort_line
from lms.learning.views.texts import note_text


@guard(Permission.ANNOUNCEMENT_WRITE, cohort_scope)
def show(cohort: UUID) -> ResponseReturnValue:
    """The form, and what was announced before."""
    return _page(cohort, AnnouncementForm())


@guard(Permission.ANNOUNCEMENT_WRITE, cohort_scope)
def preview(cohort: UUID) -> ResponseReturnValue:
    """How the message will look; nothing is written."""
    form = AnnouncementForm()
    if not form.sent():
        return _page(cohort, form), 422
    return _page(cohort, form, preview=True)


@guard(Permission.ANNOUNCEMENT_WRITE, cohort_scope)
def publish(cohort: UUID) -> ResponseReturnValue:
    """Announce it: on the site at once, by mail as fast as letters leave."""
    form = AnnouncementForm()
    if not form.sent():
        return _page(cohort, form), 422
    people = cohort_line(reading(), cohort).people
    return submit(
        actions.publish,
        cohort,
        form.title.data,
        form.body.data,
        form=form,
        then=url_for("learning.staff_announce", cohort=cohort),
        said=ngettext(
            "Published. %(num)s person is being told.",
            "Published. %(num)s people are being told.",
            people,
        ),
        again=lambda: _html(cohort, form),
    )


@guard(Permission.ANNOUNCEMENT_WRITE, cohort_scope)
def withdraw(cohort: UUID, announcement: UUID) -> ResponseReturnValue:
    """Take an announcement off the site."""
    return submit(
        actions.withdraw,
        cohort,
        announcement,
        form=Act(),
        then=url_for("learning.staff_announce", cohort=cohort),
        said=_("The announcement is no longer shown. Letters already sent stay sent."),
    )


def _page(cohort: UUID, form: AnnouncementForm, *, preview: bool = False) -> Response:
    return make_response(_html(cohort, form, preview=preview))


def _html(cohort: UUID, form: AnnouncementForm, *, preview: bool = False) -> str:
    session = reading()
    line = cohort_line(session, cohort)
    page = announcements(session, line.id, page_of())
    return render_template(
        "learning/announce.html",
        form=form,
        act_form=Act(formdata=None),
        cohort=line,
        preview=note_text(form.body.data or "", 0).html if preview else None,
        page=page,
        bodies=[note_text(each.body, number).html for number, each in enumerate(page.items, 1)],
        page_url=lambda n: url_for("learning.staff_announce", cohort=cohort, pagina=n),
    )
