"""/gestion/promociones/<cohort>/solicitudes/<application>: read what somebody sent, and answer."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.enrollment.actions import review as actions
from lms.enrollment.forms.applying import Act
from lms.enrollment.forms.deciding import DecideForm
from lms.enrollment.forms.reviewing import TimeForm, fields_of, review_form, usual
from lms.enrollment.models import Application
from lms.enrollment.queries import papers as queries
from lms.enrollment.queries import requests
from lms.enrollment.queries.papers import Sheet
from lms.enrollment.queries.requests import CohortHead, RequestLine
from lms.enrollment.rules import applying
from lms.enrollment.rules.applying import ApplicationState, PaperState
from lms.enrollment.rules.reviewing import WAITING
from lms.enrollment.rules.states import EnrollmentState
from lms.enrollment.rules.words import STATES
from lms.enrollment.scopes import cohort_scope
from lms.enrollment.views.papers import deliver
from lms.foundation.access.permissions import Permission
from lms.foundation.locale.formats import by_the_clocks_of
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import database, reading


@dataclass(frozen=True, slots=True)
class Part:
    """One requirement on the page: what was sent now and before, and what is said of it."""

    sheet: Sheet
    tag: tuple[str, str]
    verdict: Any = None
    words: Any = None


@dataclass(frozen=True, slots=True)
class Read:
    """An application as the page needs it."""

    head: CohortHead
    application: Application
    line: RequestLine
    sheets: list[Sheet]

    @property
    def is_open(self) -> bool:
        """Whether verdicts can be written: it waits for an answer and is not being corrected."""
        handed_in = self.application.state == ApplicationState.HANDED_IN
        return self.waits and handed_in

    @property
    def waits(self) -> bool:
        return self.line.state in WAITING and not self.head.is_over

    @property
    def is_correcting(self) -> bool:
        return self.waits and self.application.state == ApplicationState.CORRECTING


@guard(Permission.ENROLLMENT_DECIDE, scope=cohort_scope, private=True)
def show(cohort: UUID, application: UUID) -> ResponseReturnValue:
    """Every paper with a verdict; keep what was said, or send it back with it."""
    read = _read(cohort, application)
    form = review_form(read.sheets, database().clock(), read.head.zone)
    if request.method == "GET":
        return _page(read, form)
    if not form.sent():
        return _page(read, form), 422
    verdicts = form.verdicts(read.sheets)
    if request.form.get("go") == "back":
        return submit(
            actions.send_back,
            cohort,
            application,
            verdicts,
            form.moment(read.head.zone),
            form=form,
            then=url_for("enrollment.applications", cohort=cohort),
            said=lambda name: _(
                "Sent back to %(name)s, who was told what to correct and until when.", name=name
            ),
            again=lambda: _page(read, form),
        )
    return submit(
        actions.review,
        cohort,
        application,
        verdicts,
        form=form,
        then=_here(cohort, application),
        said=_("Saved. Nobody was told yet."),
        again=lambda: _page(read, form),
    )


@guard(Permission.ENROLLMENT_DECIDE, scope=cohort_scope, private=True)
def give_time(cohort: UUID, application: UUID) -> ResponseReturnValue:
    """Another moment until which it is to be corrected."""
    read, form = _read(cohort, application), TimeForm()
    if not form.sent():
        return _page(read, form), 422
    return submit(
        actions.give_time,
        cohort,
        application,
        form.moment(read.head.zone),
        form=form,
        then=_here(cohort, application),
        said=lambda name: _("%(name)s was told of the new time.", name=name),
        again=lambda: _page(read, form),
    )


@guard(Permission.ENROLLMENT_DECIDE, scope=cohort_scope, private=True)
def call_off(cohort: UUID, application: UUID) -> ResponseReturnValue:
    """It counts as it was handed in."""
    read, form = _read(cohort, application), Act()
    return submit(
        actions.call_off,
        cohort,
        application,
        form=form,
        then=_here(cohort, application),
        said=lambda name: _("%(name)s was told that nothing is to be corrected.", name=name),
        again=lambda: _page(read, form),
    )


@guard(Permission.ENROLLMENT_DECIDE, scope=cohort_scope, private=True)
def paper(cohort: UUID, application: UUID, paper: UUID) -> Response:
    """One file that somebody sent to this cohort."""
    head = requests.head(reading(), cohort, database().clock())
    found = queries.of_cohort(reading(), head.id, application)
    return deliver(queries.paper_of(reading(), found.id, paper))


def _read(cohort: UUID, uid: UUID) -> Read:
    session = reading()
    head = requests.head(session, cohort, database().clock())
    application = queries.of_cohort(session, head.id, uid)
    (line,) = requests.of_application(session, head.id, application.id)
    return Read(head, application, line, queries.sheets(session, application))


def _page(read: Read, form: Any) -> str:
    by_the_clocks_of(read.head.zone)
    now = database().clock()
    correcting = read.is_correcting
    review = None
    if read.is_open:
        review = (
            form if hasattr(form, "verdicts") else review_form(read.sheets, now, read.head.zone)
        )
    time = None
    if correcting:
        time = (
            form
            if isinstance(form, TimeForm)
            else TimeForm(formdata=None, data={"until": usual(now, read.head.zone)})
        )
    return render_template(
        "enrollment/review.html",
        read=read,
        head=read.head,
        line=read.line,
        application=read.application,
        state=_state(read),
        parts=[_part(each, review) for each in read.sheets],
        form=form,
        review=review,
        time=time,
        deciding=DecideForm(formdata=None),
        act=Act(formdata=None),
        now=now,
    )


def _state(read: Read) -> tuple[str, str]:
    if read.line.state == EnrollmentState.APPLIED:
        said, tone = applying.STATES[ApplicationState(read.application.state)]
    else:
        said, tone = STATES[EnrollmentState(read.line.state)]
    return _(said), tone


def _part(sheet: Sheet, form: Any) -> Part:
    if sheet.paper is None:
        said, tone = applying.MISSING if sheet.slot.is_obligatory else applying.OPTIONAL
        return Part(sheet, (_(said), tone))
    said, tone = applying.PAPERS[PaperState(sheet.paper.state)]
    if form is None:
        return Part(sheet, (_(said), tone))
    return Part(sheet, (_(said), tone), *fields_of(form, sheet))


def _here(cohort: UUID, application: UUID) -> str:
    return url_for("enrollment.review", cohort=cohort, application=application)
