"""/gestion/personas/…: what the help desk does for one person, each on a page of its own."""

from uuid import UUID

from flask import Response, make_response, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import Refused
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.foundation.web.forms import Form
from lms.foundation.web.guard import guard
from lms.foundation.web.perform import perform, submit
from lms.foundation.web.reading import reading
from lms.people.actions import helping
from lms.people.forms.help_desk import CheckedForm, ReasonForm
from lms.people.models import Person
from lms.people.queries import accounts
from lms.people.scopes import Helped, helped, person_for
from lms.people.views.door import blueprint

HELP = Permission.PERSON_HELP
ONE = "/gestion/personas/<uuid:person>"


def page_of(person: UUID) -> str:
    """The page about somebody."""
    return url_for("desk.help_person", person=person)


def seen() -> tuple[Helped, Person]:
    """The person of this page, with their row."""
    found = helped(HELP)
    return found, reading().get_one(Person, found.id)


@blueprint.route(f"{ONE}/codigo", methods=["GET", "POST"])
@guard(HELP, person_for(HELP))
def help_code(person: UUID) -> ResponseReturnValue:
    """A code made on screen is shown once and kept nowhere: the next one ends it."""
    found, whose = seen()
    form = CheckedForm()

    def page() -> str:
        return render_template("people/help_code.html", form=form, person=whose, code=None)

    if not form.is_submitted():
        return page()
    if not form.sent():
        return page(), 422
    try:
        code = perform(helping.give_code, found.id, form.said(), found.institution_id)
    except Refused as refusal:
        form.refuse(refusal)
        return page(), refusal.status
    return unkept(render_template("people/help_code.html", person=whose, code=code))


@blueprint.route(f"{ONE}/confirmar", methods=["GET", "POST"])
@guard(HELP, person_for(HELP))
def help_confirm(person: UUID) -> ResponseReturnValue:
    """An account without e-mail is confirmed by whoever has seen its holder."""
    found, whose = seen()
    form = CheckedForm()

    def page() -> str:
        return render_template("people/help_confirm.html", form=form, person=whose)

    if not form.is_submitted():
        return page()
    if not form.sent():
        return page(), 422
    return submit(
        helping.confirm, found.id, form.said(), found.institution_id,
        form=form, then=page_of(person), said=_("The account is confirmed."), again=page,
    )  # fmt: skip


@blueprint.post(f"{ONE}/desbloquear")
@guard(HELP, person_for(HELP))
def help_unlock(person: UUID) -> ResponseReturnValue:
    found, _whose = seen()
    return submit(
        helping.unlock, found.id, found.institution_id,
        form=Form(), then=page_of(person), said=_("They may try to sign in again at once."),
    )  # fmt: skip


@blueprint.post(f"{ONE}/cerrar-sesiones")
@guard(HELP, person_for(HELP))
def help_close_sessions(person: UUID) -> ResponseReturnValue:
    found, _whose = seen()
    return submit(
        helping.close_sessions, found.id, found.institution_id,
        form=Form(), then=page_of(person),
        said=lambda number: ngettext(
            "%(num)s device was signed out.", "%(num)s devices were signed out.", number
        ),
    )  # fmt: skip


@blueprint.route(f"{ONE}/identificadores/<uuid:identifier>/completo", methods=["GET", "POST"])
@guard(HELP, person_for(HELP))
def help_document(person: UUID, identifier: UUID) -> ResponseReturnValue:
    """A document's number whole, for a reason that stays in the records."""
    found, whose = seen()
    document = accounts.own_identifier(reading(), found.id, identifier)
    form = ReasonForm()

    def page(number: str | None = None) -> str:
        return render_template(
            "people/help_document.html", form=form, person=whose, document=document, number=number
        )

    if not form.is_submitted():
        return page()
    if not form.sent():
        return page(), 422
    try:
        number = perform(
            helping.show_document, found.id, identifier, form.reason.data, found.institution_id
        )
    except Refused as refusal:
        form.refuse(refusal)
        return page(), refusal.status
    return unkept(page(number))


def unkept(page: str) -> Response:
    """A page that no browser keeps: what it shows is shown once."""
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response
