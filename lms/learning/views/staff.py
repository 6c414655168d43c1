"""/gestion/promociones/<cohort>/anuncios: write to everybody in a cohort, now or later."""

from uuid import UUID

from flask import Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.enrollment.forms.moments import shown
from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.locale.formats import by_the_clocks_of
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.foundation.web.guard import guard
from lms.foundation.web.pagination import page_of
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import database, reading
from lms.learning.actions import announcements as actions
from lms.learning.forms import Act, AnnouncementForm
from lms.learning.queries.announcements import (
    CohortLine,
    announcements,
    cohort_line,
    one_waiting,
    waiting,
)
from lms.learning.views.texts import note_text

NOW, LATER = "now", "later"
"""What the two buttons of the form send."""


@guard(Permission.ANNOUNCEMENT_WRITE, cohort_scope)
def show(cohort: UUID) -> ResponseReturnValue:
    """The form, what waits for its moment, and what was announced before."""
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
    """Announce it: on the site at once or at its moment, by mail as fast as letters leave."""
    form = AnnouncementForm()
    if not form.sent() or not _as_pressed(form):
        return _page(cohort, form), 422
    line = cohort_line(reading(), cohort)
    at = form.moment(line.zone)
    return submit(
        actions.publish,
        cohort,
        form.title.data,
        form.body.data,
        at,
        form=form,
        then=url_for("learning.staff_announce", cohort=cohort),
        said=_told(line) if at is None else _("It waits. You can change it until then."),
        again=lambda: _html(cohort, form),
    )


@guard(Permission.ANNOUNCEMENT_WRITE, cohort_scope)
def edit(cohort: UUID, announcement: UUID) -> ResponseReturnValue:
    """One that waits, in the form."""
    session, now = reading(), database().clock()
    line = cohort_line(session, cohort)
    found = one_waiting(session, line.id, announcement, now)
    moment = shown(found.published_at, line.zone)
    written = {"title": found.title, "body": found.body, "at": moment}
    return make_response(_html(cohort, AnnouncementForm(data=written), waits=announcement))


@guard(Permission.ANNOUNCEMENT_WRITE, cohort_scope)
def change(cohort: UUID, announcement: UUID) -> ResponseReturnValue:
    """What waits is written anew; without a moment it is published now."""
    form = AnnouncementForm()
    if not form.sent() or not _as_pressed(form):
        return make_response(_html(cohort, form, waits=announcement)), 422
    line = cohort_line(reading(), cohort)
    at = form.moment(line.zone)
    return submit(
        actions.change,
        cohort,
        announcement,
        form.title.data,
        form.body.data,
        at,
        form=form,
        then=url_for("learning.staff_announce", cohort=cohort),
        said=_told(line) if at is None else _("It waits. You can change it until then."),
        again=lambda: _html(cohort, form, waits=announcement),
    )


@guard(Permission.ANNOUNCEMENT_WRITE, cohort_scope)
def withdraw(cohort: UUID, announcement: UUID) -> ResponseReturnValue:
    """Take an announcement off the site, or one that waits off the plan."""
    return submit(
        actions.withdraw,
        cohort,
        announcement,
        form=Act(),
        then=url_for("learning.staff_announce", cohort=cohort),
        said=_("The announcement is no longer shown. Letters already sent stay sent."),
    )


def _as_pressed(form: AnnouncementForm) -> bool:
    """Whether the moment fits the button: nothing goes out now that was meant for another day."""
    pressed, at = request.form.get("go"), form.at.data
    if pressed == NOW and at is not None:
        wrong = _("A day stands here. To publish at once, empty this field; else press “Schedule”.")
    elif pressed == LATER and at is None:
        wrong = _("Write the day and the hour from which it is to be read.")
    else:
        return True
    form.at.errors = [wrong]
    return False


def _told(line: CohortLine) -> str:
    return ngettext(
        "Published. %(num)s person is being told.",
        "Published. %(num)s people are being told.",
        line.people,
    )


def _page(cohort: UUID, form: AnnouncementForm, *, preview: bool = False) -> Response:
    return make_response(_html(cohort, form, preview=preview))


def _html(
    cohort: UUID, form: AnnouncementForm, *, preview: bool = False, waits: UUID | None = None
) -> str:
    session, now = reading(), database().clock()
    line = cohort_line(session, cohort)
    by_the_clocks_of(line.zone)
    page = announcements(session, line.id, page_of(), now)
    planned = waiting(session, line.id, now)
    at = form.moment(line.zone) if not form.at.errors else None
    return render_template(
        "learning/announce.html",
        form=form,
        act_form=Act(formdata=None),
        cohort=line,
        waits=waits,
        preview=note_text(form.body.data or "", 0).html if preview else None,
        preview_at=at,
        planned=planned,
        planned_bodies=[note_text(each.body, -n).html for n, each in enumerate(planned, 1)],
        page=page,
        bodies=[note_text(each.body, number).html for number, each in enumerate(page.items, 1)],
        page_url=lambda n: url_for("learning.staff_announce", cohort=cohort, pagina=n),
    )
