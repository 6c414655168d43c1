"""The waiting list of a cohort: how it is kept, and giving it the seats that are free."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.enrollment.actions import waiting as actions
from lms.enrollment.actions.decide import Decided
from lms.enrollment.forms.applying import Act
from lms.enrollment.forms.deciding import DecideForm, chosen
from lms.enrollment.forms.waiting import list_form
from lms.enrollment.queries import calls, requests
from lms.enrollment.queries import waiting as queries
from lms.enrollment.queries.requests import Shown
from lms.enrollment.rules import waiting as rules
from lms.enrollment.rules.waiting import Promotion
from lms.enrollment.scopes import cohort_scope
from lms.enrollment.views.applications import listed
from lms.enrollment.views.call import page_of_call
from lms.enrollment.views.deciding import passed_over, waits_again
from lms.foundation.access.permissions import Permission
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.foundation.web.guard import guard
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import database, reading


@guard(Permission.COHORT_OPEN, scope=cohort_scope)
def keep_list(cohort: UUID) -> ResponseReturnValue:
    """Whether one can ask when all seats are taken, and who gives a free seat."""
    page = calls.call_page(reading(), cohort, database().clock())
    form = list_form(page.kept)
    if not form.sent():
        return page_of_call(page, lists=form), 422
    return submit(
        actions.keep_list,
        cohort,
        takes=form.takes.data,
        promotes=Promotion(form.promotes.data),
        form=form,
        then=url_for("enrollment.call", cohort=cohort),
        said=_kept,
        again=lambda: page_of_call(page, lists=form),
    )


@guard(Permission.ENROLLMENT_DECIDE, scope=cohort_scope)
def promote(cohort: UUID) -> ResponseReturnValue:
    """Who would have the free seats, and who is passed over; then they have them."""
    form = Act()
    if request.method == "GET":
        return _page(cohort, form)
    return submit(
        actions.promote,
        cohort,
        form=form,
        then=url_for("enrollment.applications", cohort=cohort, estado=Shown.WAITLISTED.value),
        said=_promoted,
        again=lambda: _page(cohort, form),
    )


@guard(Permission.ENROLLMENT_DECIDE, scope=cohort_scope)
def put_on_list(cohort: UUID) -> ResponseReturnValue:
    form = DecideForm()
    return submit(
        actions.put_on_list,
        cohort,
        chosen(),
        form=form,
        then=url_for("enrollment.applications", cohort=cohort, estado=Shown.WAITLISTED.value),
        said=_listed,
        again=lambda: listed(cohort, form),
    )


@guard(Permission.ENROLLMENT_DECIDE, scope=cohort_scope)
def take_off_list(cohort: UUID) -> ResponseReturnValue:
    form = DecideForm()
    return submit(
        actions.take_off_list,
        cohort,
        chosen(),
        form=form,
        then=url_for("enrollment.applications", cohort=cohort),
        said=waits_again,
        again=lambda: listed(cohort, form),
    )


def _page(cohort: UUID, form: Act) -> str:
    session, now = reading(), database().clock()
    head = requests.head(session, cohort, now)
    people = queries.on_list(session, head.id)
    found = rules.promote(head.room, queries.plain(session, head.id, people, now))
    return render_template(
        "enrollment/promote.html",
        head=head,
        form=form,
        granted=[each for each in people if each.uid in found.granted],
        passed_over=[each for each in people if each.uid in found.passed_over],
        many=len(people),
    )


def _kept(given: int) -> str:
    if not given:
        return str(_("Saved."))
    said = ngettext(
        "Saved. %(num)s person on the list has a seat now.",
        "Saved. %(num)s people on the list have a seat now.",
        given,
    )
    return str(said)


def _promoted(decided: Decided) -> str:
    said = ngettext(
        "%(num)s person of the list has a seat now and was told.",
        "%(num)s people of the list have a seat now and were told.",
        len(decided.granted),
    )
    return str(said)


def _listed(decided: Decided) -> str:
    names = decided.granted
    said = (
        _("%(name)s is on the waiting list.", name=names[0])
        if len(names) == 1
        else ngettext(
            "%(num)s person is on the waiting list.",
            "%(num)s people are on the waiting list.",
            len(names),
        )
    )
    return " ".join([said, *passed_over(decided)])
