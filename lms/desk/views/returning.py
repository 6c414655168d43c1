"""/gestion/promociones/<cohort>/personas/<enrollment>/reincorporar: a withdrawal is taken back."""

from typing import IO
from uuid import UUID

from flask import Response, current_app, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from lms.desk.queries.person import person
from lms.enrollment.actions.withdraw import take_back as take_back_now
from lms.enrollment.forms.leaving import TakeBackForm
from lms.enrollment.queries import requests
from lms.enrollment.queries.departures import departures_of, document_of
from lms.enrollment.queries.doubles import doubts_about
from lms.enrollment.scopes import cohort_scope
from lms.enrollment.views.dates import said
from lms.foundation.access.permissions import Permission
from lms.foundation.files.store import Store
from lms.foundation.kernel.errors import NotFound
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import database, reading
from lms.learning.queries.places import place_in_cohort


@guard(Permission.ENROLLMENT_DECIDE, cohort_scope)
def take_back(cohort: UUID, enrollment: UUID) -> ResponseReturnValue:
    """Whether there is a seat, and why: then they are back, with all they had done."""
    form = TakeBackForm()
    if not form.is_submitted():
        return _html(cohort, enrollment, form)
    if not form.sent():
        return _html(cohort, enrollment, form), 422
    return submit(
        take_back_now,
        cohort,
        enrollment,
        form.reason.data,
        form=form,
        then=url_for("desk.person", cohort=cohort, enrollment=enrollment),
        said=lambda name: _("%(name)s has a seat again and is being told.", name=name),
        again=lambda: _html(cohort, enrollment, form),
    )


@guard(Permission.ENROLLMENT_DECIDE, cohort_scope)
def document(cohort: UUID, departure: UUID) -> Response:
    """The document that shows why somebody left."""
    digest, media_type, name = document_of(reading(), cohort, departure)
    store: Store = current_app.extensions["cabildo.files"]
    source: IO[bytes] = store.open(digest)
    response = send_file(
        source, mimetype=media_type, download_name=name or "documento", etag=digest
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _html(cohort: UUID, enrollment: UUID, form: TakeBackForm) -> str:
    session, now = reading(), database().clock()
    learner = place_in_cohort(session, enrollment, cohort)
    standing = [each for each in departures_of(session, learner.enrollment_id) if each.holds]
    if not standing:
        raise NotFound()
    doubts = doubts_about(session, learner.cohort_id, [learner.person_id], now)
    return render_template(
        "desk/readmit.html",
        form=form,
        learner=learner,
        person=person(session, learner.enrollment_id),
        left=standing[0],
        head=requests.head(session, cohort, now),
        doubts=said(doubts.get(learner.person_id, ())),
    )
