"""/gestion/promociones/<cohort>/cupos: which seats are everybody's, and which are kept for whom."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.enrollment.actions import quotas as actions
from lms.enrollment.forms.applying import Act
from lms.enrollment.forms.quotas import QuotaForm, quota_form
from lms.enrollment.queries import calls
from lms.enrollment.queries import quotas as queries
from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import NotFound
from lms.foundation.locale.formats import by_the_clocks_of
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import database, reading


@guard(Permission.COHORT_OPEN, scope=cohort_scope)
def show(cohort: UUID) -> ResponseReturnValue:
    """The seats by door, and the form that keeps more of them."""
    form = QuotaForm()
    if request.method == "GET":
        return _page(cohort, form)
    if not form.sent():
        return _page(cohort, form), 422
    return submit(
        actions.keep_seats,
        cohort,
        form.plan(_zone(cohort)),
        form=form,
        then=url_for("enrollment.quotas", cohort=cohort),
        said=lambda name: _(
            "Seats are kept for “%(name)s”. Now make a key for them under Invitation keys.",
            name=name,
        ),
        again=lambda: _page(cohort, form),
    )


@guard(Permission.COHORT_OPEN, scope=cohort_scope)
def change(cohort: UUID, quota: UUID) -> ResponseReturnValue:
    """More seats or fewer, or until another moment."""
    found = calls.cohort_of(reading(), cohort)
    lines = queries.lines(reading(), found.id, database().clock())
    line = next((each for each in lines if each.uid == quota), None)
    if line is None:
        raise NotFound()
    zone = found.policy["zone"]
    form = quota_form(line, zone)
    if request.method == "GET":
        return _page(cohort, form, line)
    if not form.sent():
        return _page(cohort, form, line), 422
    return submit(
        actions.keep_otherwise,
        cohort,
        quota,
        form.plan(zone),
        form=form,
        then=url_for("enrollment.quotas", cohort=cohort),
        said=lambda name: _("“%(name)s” was changed.", name=name),
        again=lambda: _page(cohort, form, line),
    )


@guard(Permission.COHORT_OPEN, scope=cohort_scope)
def let_fall(cohort: UUID, quota: UUID) -> ResponseReturnValue:
    """What is left of them is everybody's from now on."""
    return submit(
        actions.let_fall,
        cohort,
        quota,
        form=Act(),
        then=url_for("enrollment.quotas", cohort=cohort),
        said=lambda name: _("What was left for “%(name)s” is everybody's now.", name=name),
    )


def _zone(uid: UUID) -> str:
    return str(calls.cohort_of(reading(), uid).policy["zone"])


def _page(uid: UUID, form: QuotaForm, line: queries.Line | None = None) -> str:
    cohort = calls.cohort_of(reading(), uid)
    by_the_clocks_of(cohort.policy["zone"])
    now = database().clock()
    return render_template(
        "enrollment/quotas.html",
        cohort=cohort,
        room=queries.room_of(reading(), cohort, now),
        lines=queries.lines(reading(), cohort.id, now),
        form=form,
        line=line,
        is_over=cohort.closed_at is not None or cohort.ends_at <= now,
        act=Act(formdata=None),
    )
