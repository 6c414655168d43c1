"""/gestion/promociones/<cohort>/personas/<enrollment>/reincorporar: a withdrawal or a
transfer does not hold any more."""

from uuid import UUID

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.desk.queries.person import person
from lms.enrollment.actions.transfer import undo
from lms.enrollment.actions.withdraw import take_back as take_back_now
from lms.enrollment.forms.leaving import TakeBackForm
from lms.enrollment.queries import requests
from lms.enrollment.queries.departures import Left, departures_of, document_of
from lms.enrollment.queries.doubles import doubts_about
from lms.enrollment.scopes import cohort_scope
from lms.enrollment.views.dates import said
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import NotFound
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.papers import deliver
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import database, reading
from lms.learning.queries.places import place_in_cohort


@guard(Permission.ENROLLMENT_DECIDE, cohort_scope)
def take_back(cohort: UUID, enrollment: UUID) -> ResponseReturnValue:
    """Whether there is a seat, and why: then they are back, with all they had done."""
    form = TakeBackForm()
    left = _standing(cohort, enrollment)
    if not form.is_submitted():
        return _html(cohort, enrollment, form, left)
    if not form.sent():
        return _html(cohort, enrollment, form, left), 422
    return submit(
        take_back_now if left.to_enrollment is None else undo,
        cohort,
        enrollment,
        form.reason.data,
        form=form,
        then=url_for("desk.person", cohort=cohort, enrollment=enrollment),
        said=lambda name: _("%(name)s has a seat again and is being told.", name=name),
        again=lambda: _html(cohort, enrollment, form, left),
    )


@guard(Permission.ENROLLMENT_DECIDE, cohort_scope)
def document(cohort: UUID, departure: UUID) -> Response:
    """The document that shows why somebody left."""
    return deliver(*document_of(reading(), cohort, departure))


def _standing(cohort: UUID, enrollment: UUID) -> Left:
    """How the person left, if they have not come back."""
    learner = place_in_cohort(reading(), enrollment, cohort)
    for each in departures_of(reading(), learner.enrollment_id):
        if each.holds:
            return each
    raise NotFound()


def _html(cohort: UUID, enrollment: UUID, form: TakeBackForm, left: Left) -> str:
    session, now = reading(), database().clock()
    learner = place_in_cohort(session, enrollment, cohort)
    # A transfer that is undone leaves no seat elsewhere.
    people = [] if left.to_enrollment else [learner.person_id]
    doubts = doubts_about(session, learner.cohort_id, people, now)
    return render_template(
        "desk/readmit.html",
        form=form,
        learner=learner,
        person=person(session, learner.enrollment_id),
        left=left,
        head=requests.head(session, cohort, now),
        doubts=said(doubts.get(learner.person_id, ())),
    )
