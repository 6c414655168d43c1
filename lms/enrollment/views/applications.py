"""/gestion/promociones/<cohort>/solicitudes: admit or decline, one person or many."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.enrollment.actions import decide
from lms.enrollment.forms.deciding import DecideForm, DeclineForm, chosen
from lms.enrollment.queries import requests as queries
from lms.enrollment.queries.doubles import doubts_about
from lms.enrollment.queries.requests import RequestLine, Shown
from lms.enrollment.rules import seats as rules
from lms.enrollment.scopes import cohort_scope
from lms.enrollment.views.dates import said
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import N_, Invalid, Refused
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.foundation.web.guard import guard
from lms.foundation.web.pagination import Page, page_of
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import database, reading_connection

MOST_NAMES = 8


@guard(Permission.ENROLLMENT_DECIDE, scope=cohort_scope)
def show(cohort: UUID) -> str:
    return _list(cohort, DecideForm())


@guard(Permission.ENROLLMENT_DECIDE, scope=cohort_scope)
def preview(cohort: UUID) -> ResponseReturnValue:
    """What would happen: how many, who is left without a seat. Nothing is written."""
    form = DecideForm()
    declining = "decline" in request.form
    which = request.form.get("decline" if declining else "admit", "")
    uids = chosen() if which == "selected" else chosen("decline" if declining else "admit")
    try:
        if not uids:
            raise Invalid(N_("Choose at least one person."))
        return _confirm(cohort, uids, DeclineForm() if declining else form)
    except (Invalid, Refused) as refusal:
        form.refuse(refusal)
        return _list(cohort, form), refusal.status


@guard(Permission.ENROLLMENT_DECIDE, scope=cohort_scope)
def admit(cohort: UUID) -> ResponseReturnValue:
    form = DecideForm()
    return submit(
        decide.admit,
        cohort,
        chosen(),
        form=form,
        then=url_for("enrollment.applications", cohort=cohort),
        said=_admitted,
        again=lambda: _list(cohort, form),
    )


@guard(Permission.ENROLLMENT_DECIDE, scope=cohort_scope)
def decline(cohort: UUID) -> ResponseReturnValue:
    form = DeclineForm()
    if not form.sent():
        return _confirm(cohort, chosen(), form), 422
    return submit(
        decide.decline,
        cohort,
        chosen(),
        form.reason.data,
        form=form,
        then=url_for("enrollment.applications", cohort=cohort),
        said=_declined,
        again=lambda: _confirm(cohort, chosen(), form),
    )


def _list(cohort: UUID, form: DecideForm) -> str:
    reader = reading_connection()
    head = queries.head(reader, cohort, database().clock())
    named = request.args.get("estado", "")
    shown = Shown(named) if named in set(Shown) else Shown.WAITING
    counts = queries.counts(reader, head.id)
    lines = queries.page(reader, head.id, shown, page_of())
    asking = shown is not Shown.ADMITTED and not head.is_over

    def address(of: Shown, number: int | None = None) -> str:
        estado = None if of is Shown.WAITING else of.value
        return url_for("enrollment.applications", cohort=cohort, estado=estado, pagina=number)

    return render_template(
        "enrollment/applications.html",
        head=head,
        form=form,
        shown=shown.value,
        states=[
            (f"{_(said)} ({counts[of]})", address(of), of is shown) for of, said in _SHOWN.items()
        ],
        page=Page(lines, page_of(), queries.PAGE_SIZE, counts[shown]),
        page_url=lambda number: address(shown, number),
        doubts=_doubts(head.id, lines) if asking else {},
    )


def _doubts(cohort_id: int, lines: Sequence[RequestLine]) -> Mapping[UUID, list[str]]:
    """What should be known of each of these people before they are admitted, as sentences."""
    people = [line.person_id for line in lines]
    found = doubts_about(reading_connection(), cohort_id, people, database().clock())
    return {line.uid: said(found[line.person_id]) for line in lines if line.person_id in found}


_SHOWN = {
    Shown.WAITING: N_("Waiting"),
    Shown.ADMITTED: N_("Admitted"),
    Shown.DECLINED: N_("Declined"),
}


def _confirm(cohort: UUID, uids: Sequence[UUID], form: DecideForm | DeclineForm) -> str:
    reader = reading_connection()
    head = queries.head(reader, cohort, database().clock())
    lines = queries.chosen(reader, head.id, uids)
    asked = [rules.Request(line.uid, line.state, line.applied_at) for line in lines]
    declining = isinstance(form, DeclineForm)
    if declining:
        states = rules.DECLINABLE
        granted = tuple(each.uid for each in asked if each.state in states)
        sorting = rules.Sorting(granted)
    else:
        sorting = rules.admit(head.room, asked, is_over=head.is_over)
    if not sorting.granted:
        raise Refused(N_("None of these people is waiting for an answer any more."))
    return render_template(
        "enrollment/confirm_decline.html" if declining else "enrollment/confirm_admit.html",
        head=head,
        form=form,
        granted=_by(lines, sorting.granted),
        without_seat=_by(lines, sorting.without_seat),
        doubts={} if declining else _doubts(head.id, _by(lines, sorting.granted)),
    )


def _by(lines: Sequence[RequestLine], uids: Sequence[UUID]) -> list[RequestLine]:
    return [line for line in lines if line.uid in uids]


def _admitted(decided: decide.Decided) -> str:
    names = decided.granted
    said = [
        _("%(name)s was admitted.", name=names[0])
        if len(names) == 1
        else ngettext("%(num)s person was admitted.", "%(num)s people were admitted.", len(names))
    ]
    if decided.without_seat:
        left = _names(decided.without_seat)
        said.append(_("There was no seat left for %(names)s.", names=left))
    return " ".join([*said, *_passed_over(decided)])


def _declined(decided: decide.Decided) -> str:
    names = decided.granted
    said = (
        _("The request of %(name)s was declined.", name=names[0])
        if len(names) == 1
        else ngettext(
            "%(num)s request was declined.", "%(num)s requests were declined.", len(names)
        )
    )
    return " ".join([said, *_passed_over(decided)])


def _passed_over(decided: decide.Decided) -> list[str]:
    if not decided.not_waiting:
        return []
    return [_("Decided before, and left as it was: %(names)s.", names=_names(decided.not_waiting))]


def _names(names: Sequence[str]) -> str:
    """Names for a sentence; of a long list the first ones and how many more."""
    shown = ", ".join(names[:MOST_NAMES])
    more = len(names) - MOST_NAMES
    if more <= 0:
        return shown
    said = ngettext("%(names)s and %(num)s more", "%(names)s and %(num)s more", more, names=shown)
    return str(said)
