"""/gestion/promociones/<cohort>/retiros: withdrawing one person or several, looked over first."""

from collections.abc import Sequence
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.desk.queries.leaving import page, these
from lms.desk.rules.standings import Stand
from lms.desk.views.listing import Listing, listing, words_of
from lms.enrollment.actions.withdraw import Withdrawn, withdraw
from lms.enrollment.forms.deciding import chosen
from lms.enrollment.forms.leaving import WithdrawForm
from lms.enrollment.rules.departures import CAUSES, LEAVABLE, Cause
from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import N_
from lms.foundation.locale.formats import by_the_clocks_of
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.foundation.web.attaching import ACCEPTS
from lms.foundation.web.guard import guard
from lms.foundation.web.pagination import page_of
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import reading

CHOOSE = N_("Choose at least one person.")


@guard(Permission.ENROLLMENT_DECIDE, cohort_scope)
def show(cohort: UUID) -> str:
    """Whom to choose from, and the form; one person who was come for is chosen already."""
    found = listing(cohort)
    form = WithdrawForm(formdata=None)
    form.left_on.data = found.today
    return _html(found, form, [])


@guard(Permission.ENROLLMENT_DECIDE, cohort_scope)
def look_over(cohort: UUID) -> ResponseReturnValue:
    """Who would be withdrawn, how many, and what it means; nothing is written."""
    found, form, who = listing(cohort), WithdrawForm(), chosen()
    valid = form.sent()
    if "back" in request.form:
        form.forgive()
        return _html(found, form, who)
    if not who:
        form.form_errors.append(_(CHOOSE))
    if not valid or not who:
        return _html(found, form, who), 422
    return _confirm(found, form, who)


@guard(Permission.ENROLLMENT_DECIDE, cohort_scope)
def do(cohort: UUID) -> ResponseReturnValue:
    """Withdraw those who were in view."""
    found, form, who = listing(cohort), WithdrawForm(), chosen()
    if not form.sent() or not who:
        return _html(found, form, who), 422
    return submit(
        withdraw,
        cohort,
        who,
        form.why(),
        form=form,
        then=_after(cohort, who),
        said=_said,
        again=lambda: _html(found, form, who),
    )


def _after(cohort: UUID, who: Sequence[UUID]) -> str:
    if len(who) == 1:
        return url_for("desk.person", cohort=cohort, enrollment=who[0])
    return url_for("desk.cohort", cohort=cohort, ver=Stand.WITHDRAWN.value)


def _said(done: Withdrawn) -> str:
    told = ngettext(
        "%(num)s person was withdrawn and is being told.",
        "%(num)s people were withdrawn and are being told.",
        len(done.left),
    )
    if done.stayed:
        told += " " + _("Left as they were: %(names)s.", names=", ".join(done.stayed))
    return told


def _html(found: Listing, form: WithdrawForm, ticked: Sequence[UUID]) -> str:
    by_the_clocks_of(found.head.zone)
    people = page(reading(), found.wanted, page_of())
    if found.asked.person:
        ticked = [each.uid for each in people.items]
    return render_template(
        "desk/withdraw.html",
        found=found,
        form=form,
        people=people,
        ticked=ticked,
        alone=bool(found.asked.person),
        total=len(found.course.activities),
        narrowed=words_of(found),
        accepts=ACCEPTS,
        page_url=lambda n: url_for(
            "desk.withdrawals", cohort=found.head.uid, pagina=n, **found.parts()
        ),
    )


def _confirm(found: Listing, form: WithdrawForm, who: Sequence[UUID]) -> ResponseReturnValue:
    by_the_clocks_of(found.head.zone)
    people = these(reading(), found.wanted, who)
    leaving = [each for each in people if each.state in LEAVABLE]
    if not leaving:
        form.form_errors.append(_("None of these people still studies in the cohort."))
        return _html(found, form, who), 409
    return render_template(
        "desk/withdraw_confirm.html",
        found=found,
        form=form,
        leaving=leaving,
        staying=[each for each in people if each.state not in LEAVABLE],
        running=sum(each.running for each in leaving),
        cause=_(CAUSES[Cause(form.cause.data)]),
        total=len(found.course.activities),
    )
