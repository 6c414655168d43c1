"""/solicitudes/<application>: prepare an application, file by file, and hand it in."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.enrollment.actions import apply as actions
from lms.enrollment.forms.applying import Act, PaperForm, paper_form
from lms.enrollment.queries import papers as queries
from lms.enrollment.queries.asking import Asking, asking
from lms.enrollment.queries.calls import words_of
from lms.enrollment.queries.papers import Sheet
from lms.enrollment.rules import applying as rules
from lms.enrollment.rules.applying import ApplicationState, PaperState
from lms.enrollment.rules.asking import refuse_now
from lms.enrollment.rules.states import EnrollmentState
from lms.enrollment.rules.words import STATES
from lms.enrollment.views.papers import deliver
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import Invalid, Refused
from lms.foundation.locale.formats import by_the_clocks_of
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.markdown import render
from lms.foundation.web.perform import say, submit
from lms.foundation.web.reading import database, reading


@dataclass(frozen=True, slots=True)
class Part:
    """One requirement on the page: what was sent, and the form if something can be sent."""

    sheet: Sheet
    tag: tuple[str, str]
    form: Any
    can_go: bool
    """Whether what was sent can be taken out again."""


@dataclass(frozen=True, slots=True)
class Mine:
    """Somebody's own application, as its pages need it."""

    application: Any
    asking: Asking
    sheets: list[Sheet]
    late: str = ""
    """Why nothing can be put in or handed in now."""

    @property
    def is_open(self) -> bool:
        return self.application.state != ApplicationState.HANDED_IN and not self.late


@guard(Permission.COHORT_APPLY, private=True)
def show(application: UUID) -> ResponseReturnValue:
    """What is asked for, what was sent, what is missing."""
    return _page(_mine(application))


@guard(Permission.COHORT_APPLY, private=True)
def put(application: UUID, requirement: UUID) -> ResponseReturnValue:
    """A file or an answer for one requirement."""
    mine = _mine(application)
    asked = queries.sheet_of(mine.sheets, requirement).requirement
    form = paper_form(asked)
    if not form.sent():
        return _page(mine, form, requirement), 422
    then = url_for("enrollment.application", application=application, _anchor=f"r{asked.position}")
    action: Any
    given: tuple[Any, ...]
    if isinstance(form, PaperForm):
        try:
            given = form.kept(asked), form.filename
        except Invalid as refusal:
            form.file.errors = [*form.file.errors, say(refusal)]
            return _page(mine, form, requirement), refusal.status
        action = actions.put_file
    else:
        action, given = actions.put_answer, ((form.answer.data or "").strip(),)
    return submit(
        action,
        application,
        requirement,
        *given,
        form=form,
        then=then,
        said=lambda name: _("“%(name)s” is kept. It is not handed in yet.", name=name),
        again=lambda: _page(mine, form, requirement),
    )


@guard(Permission.COHORT_APPLY, private=True)
def take_out(application: UUID, requirement: UUID) -> ResponseReturnValue:
    """What was put in by mistake."""
    return submit(
        actions.take_out,
        application,
        requirement,
        form=Act(),
        then=url_for("enrollment.application", application=application),
        said=lambda name: _("“%(name)s” was taken out.", name=name),
    )


@guard(Permission.COHORT_APPLY, private=True)
def hand_in(application: UUID) -> ResponseReturnValue:
    """Everything at once, to whoever decides."""
    mine, form = _mine(application), Act()
    if not mine.asking.applicant.name_confirmed:
        here = url_for("enrollment.application", application=application)
        return redirect(url_for("people.name", next=here), 303)
    return submit(
        actions.hand_in,
        application,
        form=form,
        then=url_for("enrollment.application", application=application),
        said=_("Handed in. You will be told the answer by mail and under Notices."),
        again=lambda: _page(mine, form),
    )


@guard(Permission.COHORT_APPLY, private=True)
def own_paper(application: UUID, paper: UUID) -> Response:
    """One of one's own files."""
    found = queries.own(reading(), application, signed_in().person_id)
    return deliver(queries.paper_of(reading(), found.id, paper))


def _mine(uid: UUID) -> Mine:
    person, session, now = signed_in().person_id, reading(), database().clock()
    application = queries.own(session, uid, person)
    found = asking(session, application.cohort.uid, person, now)
    late = ""
    try:
        if application.state == ApplicationState.PREPARING:
            refuse_now(found.entrance, found.applicant, now)
        elif application.state == ApplicationState.CORRECTING:
            rules.still_waits(found.applicant.state)
    except Refused as refusal:
        late = say(refusal)
    return Mine(application, found, queries.sheets(session, application), late)


def _page(mine: Mine, form: Any = None, requirement: UUID | None = None) -> str:
    application, found = mine.application, mine.asking
    by_the_clocks_of(found.cohort.policy["zone"])
    return render_template(
        "enrollment/application.html",
        mine=mine,
        application=application,
        cohort=found.cohort,
        page=found,
        words=render(words_of(reading(), found.cohort.id)).html,
        state=_state(mine),
        parts=[_part(mine, each, form, requirement) for each in mine.sheets],
        missing=rules.missing(each.slot for each in mine.sheets),
        form=form,
        act=Act(formdata=None),
        now=database().clock(),
    )


def _state(mine: Mine) -> tuple[str, str]:
    """Where the application stands: what was decided, if it was."""
    decided = mine.asking.applicant.state
    if decided not in (None, EnrollmentState.APPLIED):
        said, tone = STATES[EnrollmentState(str(decided))]
    else:
        said, tone = rules.STATES[ApplicationState(mine.application.state)]
    return _(said), tone


def _part(mine: Mine, sheet: Sheet, form: Any, requirement: UUID | None) -> Part:
    slot, application = sheet.slot, mine.application
    if sheet.paper is not None:
        said, tone = rules.PAPERS[PaperState(sheet.paper.state)]
        if application.state == ApplicationState.PREPARING:
            said, tone = rules.KEPT
    else:
        said, tone = rules.MISSING if slot.is_obligatory else rules.OPTIONAL
    opens = mine.is_open and rules.is_open(application.state, application.turn, slot)
    own = form
    if opens and sheet.requirement.uid != requirement:
        own = paper_form(
            sheet.requirement, sheet.paper.answer if sheet.paper else "", formdata=None
        )
    return Part(
        sheet,
        (_(said), tone),
        own if opens else None,
        opens and application.state == ApplicationState.PREPARING and sheet.paper is not None,
    )
