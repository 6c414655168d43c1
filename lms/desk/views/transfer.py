"""/gestion/promociones/<cohort>/personas/<enrollment>/traslado: going on in another cohort."""

from collections.abc import Sequence
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.desk.queries.carrying import carried
from lms.desk.queries.person import person
from lms.enrollment.actions.transfer import Transferred, transfer
from lms.enrollment.forms.leaving import TransferForm
from lms.enrollment.queries.transfers import Option, options
from lms.enrollment.queries.visible import grants_for, visible
from lms.enrollment.rules.departures import CAUSES, Cause
from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.locale.formats import by_the_clocks_of, day
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.foundation.web.attaching import ACCEPTS
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import database, reading
from lms.learning.queries.places import Learner, place_in_cohort


@guard(Permission.ENROLLMENT_DECIDE, cohort_scope)
def show(cohort: UUID, enrollment: UUID) -> str:
    """Where the person could go on, and the form."""
    learner = place_in_cohort(reading(), enrollment, cohort)
    form = TransferForm(formdata=None)
    form.left_on.data = learner.today(database().clock())
    return _html(learner, form, _options(learner))


@guard(Permission.ENROLLMENT_DECIDE, cohort_scope)
def look_over(cohort: UUID, enrollment: UUID) -> ResponseReturnValue:
    """What would be carried over, and what not; nothing is written."""
    learner = place_in_cohort(reading(), enrollment, cohort)
    form, found = TransferForm(), _options(learner)
    form.offer(_choices(found))
    valid = form.sent()
    if "back" in request.form:
        form.forgive()
        return _html(learner, form, found)
    if not valid:
        return _html(learner, form, found), 422
    return _confirm(learner, form, found)


@guard(Permission.ENROLLMENT_DECIDE, cohort_scope)
def do(cohort: UUID, enrollment: UUID) -> ResponseReturnValue:
    """Transfer the person to the cohort that was chosen, if there is a seat yet."""
    learner = place_in_cohort(reading(), enrollment, cohort)
    form, found = TransferForm(), _options(learner)
    form.offer(_choices(found))
    if not form.sent():
        return _html(learner, form, found), 422
    return submit(
        transfer,
        cohort,
        enrollment,
        UUID(form.to.data),
        form.why(),
        form=form,
        then=lambda done: url_for(
            "desk.person", cohort=done.cohort_uid, enrollment=done.enrollment
        ),
        said=_said,
        again=lambda: _html(learner, form, _options(learner)),
    )


def _said(done: Transferred) -> str:
    return _(
        "%(name)s studies in %(cohort)s now and is being told.", name=done.name, cohort=done.cohort
    )


def _options(learner: Learner) -> Sequence[Option]:
    """The cohorts that the registrar decides in too."""
    seen = visible(grants_for(signed_in(), Permission.ENROLLMENT_DECIDE))
    return options(reading(), learner.cohort_id, seen, database().clock())


def _choices(found: Sequence[Option]) -> list[tuple[str, str]]:
    return [(str(each.uid), _label(each)) for each in found if not each.room.is_full]


def _label(each: Option) -> str:
    left = each.room.left
    seats = (
        _("no limit of seats")
        if left is None
        else ngettext("%(num)s seat left", "%(num)s seats left", left)
    )
    return _(
        "%(cohort)s · %(first)s to %(last)s · %(seats)s",
        cohort=each.title,
        first=day(each.starts_at, "short"),
        last=day(each.ends_at, "short"),
        seats=seats,
    )


def _html(learner: Learner, form: TransferForm, found: Sequence[Option]) -> str:
    by_the_clocks_of(learner.zone)
    form.offer(_choices(found))
    return render_template(
        "desk/transfer.html",
        learner=learner,
        person=person(reading(), learner.enrollment_id),
        form=form,
        full=[each.title for each in found if each.room.is_full],
        accepts=ACCEPTS,
    )


def _confirm(learner: Learner, form: TransferForm, found: Sequence[Option]) -> str:
    by_the_clocks_of(learner.zone)
    (to,) = (each for each in found if str(each.uid) == form.to.data)
    session, now = reading(), database().clock()
    return render_template(
        "desk/transfer_confirm.html",
        learner=learner,
        person=person(session, learner.enrollment_id),
        form=form,
        to=to,
        carried=carried(session, learner.enrollment_id, to.id, now),
        exceptions=bool(learner.allowances),
        cause=_(CAUSES[Cause(form.cause.data)]),
    )
