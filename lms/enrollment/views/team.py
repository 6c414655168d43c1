"""/gestion/promociones/<cohort>/equipo: who teaches in a cohort."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.enrollment.actions.team import Part, appoint, let_go
from lms.enrollment.forms.team import AppointForm, LetGoForm, appoint_form
from lms.enrollment.queries import team as queries
from lms.enrollment.queries.keys import cohort_of
from lms.enrollment.rules.words import PARTS
from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.access.roles import Role
from lms.foundation.kernel.errors import N_, DomainError, Invalid
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import database, reading
from lms.people.models import Person
from lms.people.queries import people
from lms.people.queries.reach import whereabouts
from lms.people.queries.site import site


@guard(Permission.COHORT_OPEN, scope=cohort_scope)
def show(cohort: UUID) -> ResponseReturnValue:
    """The team, and the form that adds somebody to it."""
    found = cohort_of(reading(), cohort)
    form = appoint_form(queries.teachers(reading(), found.institution_id, database().clock()))
    if request.method == "GET":
        return _page(cohort, form)
    if not form.sent():
        return _page(cohort, form), 422
    try:
        whom = _found(form, found.institution_id)
    except DomainError as refusal:
        form.refuse(refusal)
        return _page(cohort, form), refusal.status
    if whom is not None and form.seen.data != str(whom.uid):
        return _page(cohort, form, whom)  # whom was meant is shown, to be agreed to
    return submit(
        appoint,
        cohort,
        Part(whom.uid if whom else UUID(form.person.data), Role(form.role.data)),
        form=form,
        then=url_for("enrollment.team", cohort=cohort),
        said=lambda is_new: (
            _("The person was added and told.")
            if is_new
            else _("This person had that part already.")
        ),
        again=lambda: _page(cohort, form, whom),
    )


@guard(Permission.COHORT_OPEN, scope=cohort_scope)
def dismiss(cohort: UUID, uid: UUID) -> ResponseReturnValue:
    """Somebody teaches here no longer."""
    return submit(
        let_go,
        cohort,
        uid,
        form=LetGoForm(),
        then=url_for("enrollment.team", cohort=cohort),
        said=lambda name: _("%(name)s teaches in this cohort no longer, and was told.", name=name),
    )


def _found(form: AppointForm, institution_id: int) -> Person | None:
    """Whoever was found by what identifies them; none if somebody of the list was chosen.

    Whom the institution does not know is not named to it.
    """
    if form.other.data:
        try:
            found = people.find(reading(), form.other.data, site().country)
        except DomainError as unknown:
            raise Invalid(unknown.message, fields={"other": unknown.message}) from unknown
        if institution_id in whereabouts(reading(), found.uid).institutions:
            return found
        raise Invalid(people.NOBODY, fields={"other": people.NOBODY})
    if form.person.data:
        return None
    said = N_("Choose somebody, or write an e-mail, phone or document.")
    raise Invalid(said, fields={"person": said})


def _page(uid: UUID, form: AppointForm, whom: Person | None = None) -> str:
    form.seen.data = str(whom.uid) if whom else ""
    cohort = cohort_of(reading(), uid)
    members = queries.members(reading(), cohort.id, database().clock())
    return render_template(
        "enrollment/team.html",
        cohort=cohort,
        form=form,
        whom=whom,
        leaving=LetGoForm(formdata=None),
        members=[(each, _(PARTS[each.role])) for each in members],
    )
