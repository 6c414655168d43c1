"""/promociones/<cohort>/solicitar: ask for a seat."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.catalog.rules import words
from lms.enrollment.actions.apply import begin
from lms.enrollment.actions.ask import Asked, ask
from lms.enrollment.forms.asking import AskByAgreementForm, AskForm, AskWithKeyForm
from lms.enrollment.queries.asking import Asking, asking
from lms.enrollment.queries.calls import requirements, words_of
from lms.enrollment.rules.asking import refuse_now
from lms.enrollment.rules.states import Door, EnrollmentState
from lms.enrollment.rules.words import DOORS
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import Refused
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.markdown import render
from lms.foundation.web.perform import say, submit
from lms.foundation.web.reading import database, reading
from lms.people import invitations


@guard(Permission.COHORT_APPLY)
def ask_for_seat(cohort: UUID) -> ResponseReturnValue:
    page = asking(reading(), cohort, signed_in().person_id, database().clock())
    form = _form(page)
    if page.application is not None:
        # Begun before: it goes on where it was.
        return redirect(url_for("enrollment.application", application=page.application), 303)
    if request.method == "GET":
        if "key" in form:
            form["key"].data = _invited_with(cohort)
        return _opened(page, form)
    if not form.sent():
        return _page(page, form), 422
    if page.entrance.asks_documents:
        return submit(
            begin,
            cohort,
            _typed(form),
            form=form,
            then=lambda uid: url_for("enrollment.application", application=uid),
            again=lambda: _page(page, form),
        )
    return submit(
        ask,
        cohort,
        _typed(form),
        form=form,
        then=lambda asked: _next(page, asked),
        said=lambda asked: _said(page, asked),
        again=lambda: _page(page, form),
    )


def _form(page: Asking) -> AskForm:
    if page.cohort.door == Door.KEY:
        return AskWithKeyForm()
    return AskByAgreementForm() if page.entrance.room.shares else AskForm()


def _typed(form: AskForm) -> str:
    """The key that was typed, where one can be."""
    return form["key"].data or "" if "key" in form else ""


def _opened(page: Asking, form: AskForm) -> ResponseReturnValue:
    try:
        refuse_now(page.entrance, page.applicant, database().clock())
    except Refused as refusal:
        return _page(page, form, say(refusal)), refusal.status
    if not page.applicant.name_confirmed:
        return redirect(url_for("people.name", next=request.full_path.rstrip("?")))
    return _page(page, form)


def _page(page: Asking, form: AskForm, refusal: str = "") -> str:
    return render_template(
        "enrollment/ask.html",
        page=page,
        cohort=page.cohort,
        form=form,
        refusal=refusal,
        mode=_(words.MODES.get(page.cohort.mode, page.cohort.mode)),
        door=_(DOORS[Door(page.cohort.door)]),
        words=render(words_of(reading(), page.cohort.id)).html,
        asked=requirements(reading(), page.cohort.id) if page.entrance.asks_documents else [],
    )


def _invited_with(cohort: UUID) -> str:
    """The key that this person has typed before, if it opens this cohort."""
    key = invitations.typed_before()
    opens = invitations.cohort_of(reading(), key, database().clock()) if key else None
    return key if opens == cohort else ""


def _next(page: Asking, asked: Asked) -> str:
    if asked.state is EnrollmentState.ENROLLED:
        invitations.forget_typed()
        return url_for("desk.home")
    anchor = f"promocion-{page.cohort.uid}"
    return url_for("catalog.programme", slug=page.slug, _anchor=anchor)


def _said(page: Asking, asked: Asked) -> str:
    if asked.state is EnrollmentState.WAITLISTED:
        return str(_("You are on the waiting list of %(cohort)s.", cohort=page.cohort.title))
    said = (
        _("You have a seat in %(cohort)s.", cohort=page.cohort.title)
        if asked.state is EnrollmentState.ENROLLED
        else _("Your request was received. You will be told the answer by mail and under Notices.")
    )
    return str(said)
