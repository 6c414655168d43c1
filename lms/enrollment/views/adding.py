"""/gestion/promociones/<cohort>/agregar: one person, or a list that was pasted."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.enrollment.actions.add import Added, add_one
from lms.enrollment.actions.rosters import Laid, lay
from lms.enrollment.formats.entries import entry_of
from lms.enrollment.formats.pasted import rows_of
from lms.enrollment.forms.adding import PasteForm, PersonForm
from lms.enrollment.queries import requests
from lms.enrollment.queries import rosters as queries
from lms.enrollment.queries.keys import cohort_of
from lms.enrollment.queries.matching import Checked, check
from lms.enrollment.queries.requests import CohortHead
from lms.enrollment.rules.columns import completed, guessed, headings
from lms.enrollment.rules.roster import DOES, Outcome
from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import Invalid
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.foundation.web.guard import guard
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import database, reading
from lms.people.models import Institution


@guard(Permission.ENROLLMENT_DECIDE, scope=cohort_scope)
def show(cohort: UUID) -> str:
    """Two ways in: one person, or a list; and the lists that are still at hand."""
    return _page(cohort, PersonForm(formdata=None), PasteForm(formdata=None))


@guard(Permission.ENROLLMENT_DECIDE, scope=cohort_scope)
def one(cohort: UUID) -> ResponseReturnValue:
    """One person: looked up, shown, enrolled. Looking writes nothing."""
    form = PersonForm()
    head = requests.head(reading(), cohort, database().clock())
    if not form.sent():
        return _page(cohort, form, PasteForm(formdata=None)), 422
    step = request.form.get("go", "")
    if step == "add":
        return submit(
            add_one,
            cohort,
            form.entry(),
            form=form,
            then=url_for("enrollment.add", cohort=cohort),
            said=_said,
            again=lambda: _again(cohort, form),
        )
    checked = _checked(head, form)
    if step != "edit" and checked.outcome in DOES and not head.is_over:
        return render_template(
            "enrollment/add_one.html",
            head=head,
            form=form,
            checked=checked,
            invites=checked.outcome is Outcome.INVITE,
        )
    if step != "edit":
        _explain(head, form, checked)
        return _page(cohort, form, PasteForm(formdata=None)), 422
    return _page(cohort, form, PasteForm(formdata=None))


@guard(Permission.ENROLLMENT_DECIDE, scope=cohort_scope)
def paste(cohort: UUID) -> ResponseReturnValue:
    """A list is kept as it was pasted, with what becomes of each row; nobody is enrolled yet."""
    form = PasteForm()
    session = reading()
    head = requests.head(session, cohort, database().clock())

    def again() -> str:
        return _page(cohort, PersonForm(formdata=None), form)

    if not form.sent():
        return again(), 422
    try:
        rows = rows_of(form.text.data or "")
    except Invalid as refusal:
        form.refuse(refusal)
        return again(), refusal.status
    house = _house(cohort)
    country = house.country
    columns = headings(rows[0])
    heading = rows.pop(0) if columns is not None else []
    if columns is None:
        columns = guessed(rows, country)
    else:
        columns = completed(columns, heading, rows, country)
    entries = [entry_of(cells, columns, heading, country) for cells in rows]
    numbered = list(enumerate(entries, 1))
    checked = check(session, head.id, head.room.left, numbered, house)
    laid = [
        Laid(number, cells, entry, each)
        for (number, entry), cells, each in zip(numbered, rows, checked, strict=True)
    ]
    return submit(
        lay,
        cohort,
        heading,
        columns,
        laid,
        form=form,
        then=lambda uid: url_for("enrollment.roster", cohort=cohort, uid=uid),
        said=ngettext(
            "%(num)s row was read. Nobody has been enrolled yet.",
            "%(num)s rows were read. Nobody has been enrolled yet.",
            len(laid),
        ),
        again=again,
    )


def _page(cohort: UUID, form: PersonForm, pasting: PasteForm) -> str:
    head = requests.head(reading(), cohort, database().clock())
    return render_template(
        "enrollment/add.html",
        head=head,
        person=form,
        pasting=pasting,
        form=form if form.errors else pasting,
        lists=queries.of_cohort(reading(), head.id),
    )


def _again(cohort: UUID, form: PersonForm) -> str:
    """What is wrong was said of the whole form; beside the fields stands the rest."""
    head = requests.head(reading(), cohort, database().clock())
    form.mark(_checked(head, form).problems)
    return _page(cohort, form, PasteForm(formdata=None))


def _checked(head: CohortHead, form: PersonForm) -> Checked:
    entries = [(1, form.entry())]
    (found,) = check(reading(), head.id, head.room.left, entries, _house(head.uid))
    return found


def _explain(head: CohortHead, form: PersonForm, checked: Checked) -> None:
    """Why this person is not enrolled like this."""
    form.mark(checked.problems)
    said = {
        Outcome.ALREADY: _("%(name)s is enrolled already.", name=checked.known_as or ""),
        Outcome.NO_SEAT: _("All seats of the cohort are taken."),
    }.get(checked.outcome)
    if head.is_over:
        said = _("%(cohort)s has ended: nobody is added any more.", cohort=head.title)
    if said:
        form.form_errors.append(said)
    elif not checked.known_as and not checked.read.entry.full:
        form.form_errors.append(
            _("Nobody here has that. Write the name too, and the person will be invited.")
        )


def _house(cohort: UUID) -> Institution:
    return reading().get_one(Institution, cohort_of(reading(), cohort).institution_id)


def _said(added: Added) -> str:
    checked = added.checked
    name = checked.known_as or checked.read.entry.full
    if checked.outcome is not Outcome.INVITE:
        return _("%(name)s was enrolled and told.", name=name)
    if checked.read.email:
        return _(
            "%(name)s was enrolled; the invitation goes to %(email)s.",
            name=name,
            email=checked.read.email,
        )
    return _(
        "%(name)s was enrolled. Without an e-mail, hand over a code to come in: see Codes.",
        name=name,
    )
