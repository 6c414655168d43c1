"""Links of letters that confirm an address: a page with a button, and the button."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from lms.foundation.kernel.errors import N_, NotFound
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.forms import Form
from lms.foundation.web.guard import public
from lms.foundation.web.identity import current_identity
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import database, reading
from lms.people.actions.confirm import confirm_email
from lms.people.actions.register import disown, send_again_if_waiting
from lms.people.models import OneTimeCode, Person
from lms.people.models.account import CodePurpose
from lms.people.models.person import PersonState
from lms.people.queries import accounts
from lms.people.queries.tries import LETTERS_TO, who
from lms.people.rules.codes import state_of
from lms.people.views.browsers import links
from lms.people.views.door import blueprint


@blueprint.get("/confirmar/<code>")
@public("whoever holds the link of a letter confirms the address it was sent to")
def confirm(code: str) -> str:
    return _page(code, Form())


@blueprint.post("/confirmar/<code>")
@public("whoever holds the link of a letter confirms the address it was sent to")
def confirm_now(code: str) -> ResponseReturnValue:
    form = Form()
    signed_in = current_identity().signed_in
    return submit(
        confirm_email,
        code,
        form=form,
        then=url_for("people.account" if signed_in else "people.sign_in"),
        said=_("Your e-mail is confirmed.")
        if signed_in
        else _("Your e-mail is confirmed. Sign in with it and your password."),
        again=lambda: _page(code, form),
    )


@blueprint.post("/confirmar/<code>/no-fui-yo")
@public("whoever holds the link may say that the registration is not theirs")
def disown_now(code: str) -> ResponseReturnValue:
    form = Form()
    return submit(
        disown,
        code,
        form=form,
        then=url_for("catalog.index"),
        said=_("Thank you. The registration was deleted."),
        again=lambda: _page(code, form),
    )


@blueprint.post("/confirmar/<code>/reenviar")
@public("whoever holds a link that is too old is sent another, to the same address")
def send_again(code: str) -> ResponseReturnValue:
    form = Form()
    found = _found(code)
    LETTERS_TO.check(who(found.target or ""))
    LETTERS_TO.miss(who(found.target or ""))
    return submit(
        send_again_if_waiting,
        found.person_id,
        links(),
        form=form,
        then=url_for("people.registered", by="correo"),
    )


def _page(code: str, form: Form) -> str:
    found = _found(code)
    person = reading().get_one(Person, found.person_id)
    return render_template(
        "people/confirm.html",
        form=form,
        code=code,
        state=state_of(found.expires_at, found.used_at, database().clock()),
        address=found.target,
        name=person.full_name,
        is_new=person.state == PersonState.PENDING,
    )


def _found(code: str) -> OneTimeCode:
    found = accounts.one_time_code(reading(), CodePurpose.CONFIRM_EMAIL, code)
    if found is None:
        raise NotFound(N_("This link is not complete. Copy it whole from the e-mail."))
    return found
