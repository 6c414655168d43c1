"""/gestion/promociones/<cohort>/constancias/listas: lists that a second person approves."""

from uuid import UUID

from flask import Response, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.certificates.actions import checklists as actions
from lms.certificates.formats import pdf
from lms.certificates.forms import ApproveForm, GiveBackForm, ListForm, ReviewForm
from lms.certificates.models import CheckList
from lms.certificates.queries import checklists as queries
from lms.certificates.queries import desk
from lms.certificates.queries.books import last_number
from lms.certificates.queries.draw_up import sample as draw_sample
from lms.certificates.queries.office import office
from lms.certificates.queries.prepare import ByList, by_list
from lms.certificates.rules.checking import APART, OPEN, RECOGNISED, WORDS, State, check_issue
from lms.certificates.rules.numbers import printed
from lms.certificates.rules.paper import signers
from lms.certificates.views.staff import prepared_for, refused_page, said_of
from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.access.policy import allows
from lms.foundation.kernel.errors import N_, Invalid, Refused
from lms.foundation.keys.keyring import Keyring
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import current_identity, signed_in
from lms.foundation.web.pagination import Page, page_of
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import database, reading, reading_connection
from lms.people.views.proof import unproved

APPROVE, ISSUE = Permission.CREDENTIAL_APPROVE, Permission.CREDENTIAL_ISSUE
PICTURE_DOTS = 72


@guard(APPROVE, scope=cohort_scope)
def index(cohort: UUID) -> str:
    """All lists of a cohort, the newest first."""
    head = desk.head(reading_connection(), cohort)
    number = page_of()
    found = queries.all_of(reading(), head.id, number)
    return render_template(
        "certificates/checklists.html",
        head=head,
        page=Page(found, number, queries.PAGE_SIZE, queries.count_of(reading(), head.id)),
        page_url=lambda n: url_for("certificates.checklists", cohort=cohort, pagina=n),
        words=WORDS,
        issues=_issues(cohort),
    )


@guard(ISSUE, scope=cohort_scope)
def lay(cohort: UUID) -> ResponseReturnValue:
    """The list as it was looked over is frozen and waits for another person."""
    form = ListForm()
    if not form.sent():
        raise Invalid(N_("Go back to the list and confirm again what to issue."))
    everybody = request.form.get("which") != "chosen"
    return submit(
        actions.lay,
        prepared_for(cohort, everybody),
        form=form,
        then=lambda made: url_for("certificates.checklist", cohort=cohort, checklist=made),
        said=_("The check list is prepared. Print it, or wait for its approval."),
        again=lambda: refused_page(cohort, form),
        confirmed=form.confirmed.data,
    )


@guard(APPROVE, scope=cohort_scope)
def show(cohort: UUID, checklist: UUID) -> str:
    return _show(cohort, checklist, ReviewForm())


@guard(APPROVE, scope=cohort_scope)
def sheet(cohort: UUID, checklist: UUID) -> str:
    """The whole list to be printed, with room to tick and to sign."""
    found = queries.find(reading(), cohort, checklist)
    return render_template(
        "certificates/checklist_sheet.html",
        head=desk.head(reading_connection(), cohort),
        found=found,
        house=office(reading(), cohort),
        lines=queries.lines(reading(), found.id),
        who=queries.names_of(reading(), found),
        word=WORDS[State(found.state)],
        recognised=RECOGNISED,
    )


@guard(APPROVE, scope=cohort_scope)
def sample(cohort: UUID, checklist: UUID) -> Response:
    """A picture of the document as it would be for the longest name of the list."""
    found = office(reading(), cohort)
    listed = queries.find(reading(), cohort, checklist)
    candidate = queries.longest(reading(), found.cohort_id, listed)
    if candidate is None:
        raise Refused(
            N_("Nobody of this list is waiting for a document: there is nothing to show.")
        )
    now = database().clock()
    drawn = draw_sample(found, candidate, current_app.config["PUBLIC_URL"], now)
    response = Response(pdf.preview(drawn, PICTURE_DOTS), mimetype="image/png")
    response.headers["Cache-Control"] = "private, no-store"
    return response


@guard(APPROVE, scope=cohort_scope)
def approve(cohort: UUID, checklist: UUID) -> ResponseReturnValue:
    """Whoever answers for the list confirms it with their password."""
    found = queries.find(reading(), cohort, checklist)
    form = ApproveForm()

    def page() -> str:
        return _decision("certificates/checklist_approve.html", cohort, found, form)

    if not form.is_submitted():
        return page()
    if (again := unproved(form, form.password, page)) is not None:
        return again
    return submit(
        actions.approve,
        cohort,
        checklist,
        form=form,
        then=url_for("certificates.checklist", cohort=cohort, checklist=checklist),
        said=_("The list is approved. Whoever prepared it was told."),
        again=page,
    )


@guard(APPROVE, scope=cohort_scope)
def give_back(cohort: UUID, checklist: UUID) -> ResponseReturnValue:
    """The list goes back to who prepared it, with what is not right."""
    found = queries.find(reading(), cohort, checklist)
    form = GiveBackForm()

    def page() -> str:
        return _decision("certificates/checklist_back.html", cohort, found, form)

    if not form.is_submitted():
        return page()
    if not form.sent():
        return page(), 422
    return submit(
        actions.give_back,
        cohort,
        checklist,
        form.reason.data,
        form=form,
        then=url_for("certificates.checklist", cohort=cohort, checklist=checklist),
        said=_("The list was returned. Whoever prepared it was told."),
        again=page,
    )


@guard(ISSUE, scope=cohort_scope)
def take_back(cohort: UUID, checklist: UUID) -> ResponseReturnValue:
    form = ReviewForm()
    return submit(
        actions.take_back,
        cohort,
        checklist,
        form=form,
        then=url_for("certificates.staff", cohort=cohort),
        said=_("The list was withdrawn."),
        again=lambda: _show(cohort, checklist, form),
    )


@guard(ISSUE, scope=cohort_scope)
def issue(cohort: UUID, checklist: UUID) -> ResponseReturnValue:
    """What is issued by the list and who is set apart; then it is done."""
    found = queries.find(reading(), cohort, checklist)
    form = ListForm()
    if not form.is_submitted():
        try:
            return _confirm(cohort, found)
        except Refused as refusal:
            back = ReviewForm(formdata=None)
            back.refuse(refusal)
            return _show(cohort, checklist, back), refusal.status
    if not form.sent():
        raise Invalid(N_("Go back to the list and confirm again what to issue."))
    by = _by_list(cohort, found)
    return submit(
        actions.issue_by,
        by.prepared,
        checklist,
        current_app.config["PUBLIC_URL"],
        form=form,
        then=url_for("certificates.checklist", cohort=cohort, checklist=checklist),
        said=lambda begun: said_of(begun, by.prepared.unprintable),
        again=lambda: _show(cohort, checklist, form),
        confirmed=form.confirmed.data,
    )


def _by_list(cohort: UUID, found: CheckList) -> ByList:
    """Refused where it could not be sealed: a number is for ever."""
    Keyring(database(), str(current_app.secret_key)).check()
    check_issue(found.state)
    url = current_app.config["PUBLIC_URL"]
    return by_list(reading(), cohort, found.uid, url, database().clock())


def _confirm(cohort: UUID, found: CheckList) -> str:
    by = _by_list(cohort, found)
    prepared, many = by.prepared, len(by.prepared.ready)
    if not many:
        raise Refused(N_("Nobody of this list can be issued a document by it now."))
    last = last_number(reading(), prepared.office.institution_id, prepared.series)
    return render_template(
        "certificates/checklist_issue.html",
        form=ListForm(formdata=None, data={"confirmed": many}),
        head=desk.head(reading(), cohort),
        found=found,
        by=by,
        why=APART,
        many=many,
        first=printed(prepared.series, last + 1),
        last=printed(prepared.series, last + many),
        day=prepared.office.day(database().clock()),
        signed=", ".join(f"{name} ({post})" for name, post in signers(prepared.office.policy)),
        back=url_for("certificates.checklist", cohort=cohort, checklist=found.uid),
    )


def _show(cohort: UUID, checklist: UUID, form: ReviewForm | ListForm) -> str:
    session = reading()
    found = queries.find(session, cohort, checklist)
    head = desk.head(reading_connection(), cohort)
    number, issued = page_of(), queries.issued_by(session, found.id)
    state = State(found.state)
    dropped = []
    if state in (State.APPROVED, State.ISSUED) and issued < found.people:
        left = queries.standing(session, office(session, cohort), found)
        dropped = list(left[1])
    mine = found.prepared_by_id == signed_in().person_id
    return render_template(
        "certificates/checklist.html",
        head=head,
        form=form,
        found=found,
        word=WORDS[state],
        issued=issued,
        dropped=dropped,
        left=found.people - issued - len(dropped),
        why=APART,
        who=queries.names_of(session, found),
        page=Page(
            queries.lines(session, found.id, number), number, queries.PAGE_SIZE, found.people
        ),
        page_url=lambda n: url_for(
            "certificates.checklist", cohort=cohort, checklist=checklist, pagina=n
        ),
        mine=mine,
        decides=state is State.PREPARED and not mine,
        issues=_issues(cohort),
        is_open=state in OPEN,
        recognised=RECOGNISED,
    )


def _issues(cohort: UUID) -> bool:
    return allows(current_identity(), ISSUE, cohort_scope(cohort))


def _decision(
    template: str, cohort: UUID, found: CheckList, form: ApproveForm | GiveBackForm
) -> str:
    return render_template(
        template,
        head=desk.head(reading(), cohort),
        found=found,
        who=queries.names_of(reading(), found),
        form=form,
        back=url_for("certificates.checklist", cohort=cohort, checklist=found.uid),
    )
