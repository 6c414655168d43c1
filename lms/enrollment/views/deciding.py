"""Deciding about requests, one or many: what would happen is shown first, with how many."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.enrollment.actions import decide, undo
from lms.enrollment.actions.decide import Decided
from lms.enrollment.forms.deciding import DecideForm, DeclineForm, ReasonForm, chosen
from lms.enrollment.queries import requests as queries
from lms.enrollment.queries.requests import CohortHead, RequestLine
from lms.enrollment.rules import seats as rules
from lms.enrollment.rules import waiting as lists
from lms.enrollment.rules.seats import Request, Sorting
from lms.enrollment.scopes import cohort_scope
from lms.enrollment.views.applications import doubles, listed, papers
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import N_, Invalid, Refused
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.foundation.web.forms import Form
from lms.foundation.web.guard import guard
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import database, reading_connection

MOST_NAMES = 8
UNSAID = "..."
"""Stands for the reason where only who is concerned is looked at."""


@dataclass(frozen=True)
class Deed:
    """Something that is decided: its form, its page, and whom it would concern."""

    form: type[Form]
    template: str
    concerns: Callable[[CohortHead, Sequence[Request]], Sorting]


def _declined(_head: CohortHead, asked: Sequence[Request]) -> Sorting:
    return Sorting(tuple(each.uid for each in asked if each.state in rules.DECLINABLE))


DEEDS: Mapping[str, Deed] = {
    "admit": Deed(
        DecideForm,
        "enrollment/confirm_admit.html",
        lambda head, asked: rules.admit(head.room, asked, is_over=head.is_over),
    ),
    "decline": Deed(DeclineForm, "enrollment/confirm_decline.html", _declined),
    "reopen": Deed(
        DecideForm,
        "enrollment/confirm_reopen.html",
        lambda head, asked: rules.reopen(head.room, asked, is_over=head.is_over),
    ),
    "take_back": Deed(
        ReasonForm,
        "enrollment/confirm_take_back.html",
        lambda head, asked: rules.take_back(head.room, asked, UNSAID, is_over=head.is_over),
    ),
    "waitlist": Deed(
        DecideForm,
        "enrollment/confirm_waitlist.html",
        lambda head, asked: lists.put_on(head.room, asked, is_over=head.is_over),
    ),
    "off_list": Deed(
        DecideForm,
        "enrollment/confirm_off_list.html",
        lambda head, asked: lists.take_off(head.room, asked, is_over=head.is_over),
    ),
}


@guard(Permission.ENROLLMENT_DECIDE, scope=cohort_scope)
def preview(cohort: UUID) -> ResponseReturnValue:
    """What would happen: how many, who is left without a seat. Nothing is written."""
    form = DecideForm()
    name = next((each for each in DEEDS if each in request.form), "admit")
    which = request.form.get(name, "")
    uids = chosen() if which == "selected" else chosen(name)
    try:
        if not uids:
            raise Invalid(N_("Choose at least one person."))
        return _confirm(name, cohort, uids, DEEDS[name].form())
    except (Invalid, Refused) as refusal:
        form.refuse(refusal)
        return listed(cohort, form), refusal.status


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
        again=lambda: listed(cohort, form),
    )


@guard(Permission.ENROLLMENT_DECIDE, scope=cohort_scope)
def decline(cohort: UUID) -> ResponseReturnValue:
    form = DeclineForm()
    if not form.sent():
        return _confirm("decline", cohort, chosen(), form), 422
    return submit(
        decide.decline,
        cohort,
        chosen(),
        form.said(),
        form.why.data,
        form=form,
        then=url_for("enrollment.applications", cohort=cohort),
        said=_declined_words,
        again=lambda: _confirm("decline", cohort, chosen(), form),
    )


@guard(Permission.ENROLLMENT_DECIDE, scope=cohort_scope)
def reopen(cohort: UUID) -> ResponseReturnValue:
    form = DecideForm()
    return submit(
        undo.reopen,
        cohort,
        chosen(),
        form=form,
        then=url_for("enrollment.applications", cohort=cohort),
        said=waits_again,
        again=lambda: listed(cohort, form),
    )


@guard(Permission.ENROLLMENT_DECIDE, scope=cohort_scope)
def take_back(cohort: UUID) -> ResponseReturnValue:
    form = ReasonForm()
    if not form.sent():
        return _confirm("take_back", cohort, chosen(), form), 422
    return submit(
        undo.take_back,
        cohort,
        chosen(),
        form.reason.data,
        form=form,
        then=url_for("enrollment.applications", cohort=cohort),
        said=waits_again,
        again=lambda: _confirm("take_back", cohort, chosen(), form),
    )


def _confirm(name: str, cohort: UUID, uids: Sequence[UUID], form: Any) -> str:
    reader, deed = reading_connection(), DEEDS[name]
    head = queries.head(reader, cohort, database().clock())
    lines = queries.chosen(reader, head.id, uids)
    asked = [
        Request(each.uid, each.state, each.applied_at, each.has_begun, each.share) for each in lines
    ]
    sorting = deed.concerns(head, asked)
    if not sorting.granted:
        raise Refused(N_("None of these people is waiting for an answer any more."))
    granted = _by(lines, sorting.granted)
    return render_template(
        deed.template,
        head=head,
        form=form,
        granted=granted,
        without_seat=_by(lines, sorting.without_seat),
        passed_over=_by(lines, sorting.not_waiting),
        doubts=_doubts(head.id, granted) if name == "admit" else {},
    )


def _doubts(cohort_id: int, lines: Sequence[RequestLine]) -> Mapping[UUID, list[str]]:
    """What should be known of each of these people before they are admitted, as sentences."""
    found = {uid: list(said) for uid, said in doubles(cohort_id, lines).items()}
    for line in lines:
        if line.application and (line.unread or line.observed or line.is_correcting):
            found.setdefault(line.uid, []).append(f"{papers(line)}.")
    return found


def _by(lines: Sequence[RequestLine], uids: Sequence[UUID]) -> list[RequestLine]:
    return [line for line in lines if line.uid in uids]


def _admitted(decided: Decided) -> str:
    names = decided.granted
    said = [
        _("%(name)s was admitted.", name=names[0])
        if len(names) == 1
        else ngettext("%(num)s person was admitted.", "%(num)s people were admitted.", len(names))
    ]
    if decided.without_seat:
        left = _names(decided.without_seat)
        said.append(_("There was no seat left for %(names)s.", names=left))
    return " ".join([*said, *passed_over(decided)])


def _declined_words(decided: Decided) -> str:
    names = decided.granted
    said = (
        _("The request of %(name)s was declined.", name=names[0])
        if len(names) == 1
        else ngettext(
            "%(num)s request was declined.", "%(num)s requests were declined.", len(names)
        )
    )
    return " ".join([said, *passed_over(decided)])


def waits_again(decided: Decided) -> str:
    """Who waits for an answer again, as a sentence."""
    names = decided.granted
    said = (
        _("%(name)s waits for an answer again, in the old place.", name=names[0])
        if len(names) == 1
        else ngettext(
            "%(num)s person waits for an answer again.",
            "%(num)s people wait for an answer again, each in the old place.",
            len(names),
        )
    )
    return " ".join([said, *passed_over(decided)])


def passed_over(decided: Decided) -> list[str]:
    """Who was left as they were, as a sentence if there are some."""
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
