"""What somebody is known by, put right by the help desk."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.foundation.kernel.errors import NotFound
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import reading
from lms.people.actions import contacts
from lms.people.forms.help_desk import AddressForm, DocumentForm, PhoneForm, ReasonForm
from lms.people.queries import accounts
from lms.people.scopes import person_for
from lms.people.views.door import blueprint
from lms.people.views.helping import HELP, ONE, page_of, seen

FORMS: dict[str, type[ReasonForm]] = {
    "correo": AddressForm,
    "telefono": PhoneForm,
    "documento": DocumentForm,
}


@blueprint.route(f"{ONE}/contacto/<kind>", methods=["GET", "POST"])
@guard(HELP, person_for(HELP))
def help_contact(person: UUID, kind: str) -> ResponseReturnValue:
    """Put right or add; ``?cual=`` names the one that is replaced."""
    if kind not in FORMS:
        raise NotFound()
    found, whose = seen()
    old = _asked_for()
    form = FORMS[kind]()

    def page() -> str:
        known = accounts.own_identifier(reading(), found.id, old) if old else None
        return render_template(
            "people/help_contact.html", form=form, person=whose, known=known, kind=kind
        )

    if not form.is_submitted():
        return page()
    if not form.sent():
        return page(), 422
    if isinstance(form, AddressForm):
        return submit(
            contacts.correct_email, found.id, str(form.address), form.reason.data,
            found.institution_id, _confirm, url_for("people.help_page"),
            form=form, then=page_of(person), again=page,
            said=_("We sent an e-mail to %(address)s. It counts once its link is opened.",
                   address=form.address),
        )  # fmt: skip
    known = form.known()
    if known is None:
        return page(), 422
    return submit(
        contacts.correct, found.id, old, known, form.reason.data, found.institution_id,
        form=form, then=page_of(person), said=_("It is corrected."), again=page,
    )  # fmt: skip


@blueprint.route(f"{ONE}/identificadores/<uuid:identifier>/quitar", methods=["GET", "POST"])
@guard(HELP, person_for(HELP))
def help_remove_contact(person: UUID, identifier: UUID) -> ResponseReturnValue:
    """Take away what is not theirs."""
    found, whose = seen()
    form = ReasonForm()

    def page() -> str:
        known = accounts.own_identifier(reading(), found.id, identifier)
        return render_template(
            "people/help_remove_contact.html", form=form, person=whose, known=known
        )

    if not form.is_submitted():
        return page()
    if not form.sent():
        return page(), 422
    return submit(
        contacts.remove, found.id, identifier, form.reason.data, found.institution_id,
        form=form, then=page_of(person), said=_("It is taken away."), again=page,
    )  # fmt: skip


def _asked_for() -> UUID | None:
    try:
        return UUID(request.args.get("cual", ""))
    except ValueError:
        return None


def _confirm(code: str) -> str:
    return url_for("people.confirm", code=code)
