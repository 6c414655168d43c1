"""A forgotten password: the letter, and the page its link opens."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.foundation.kernel.errors import N_, NotFound, TooMany
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import public
from lms.foundation.web.limits import client_address
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import database, reading
from lms.people.actions import passwords
from lms.people.formats import typed
from lms.people.formats.hashes import hash_password
from lms.people.forms.sign_in import NewPasswordForm, RecoverForm
from lms.people.models import OneTimeCode
from lms.people.models.account import CodePurpose
from lms.people.queries import accounts
from lms.people.queries.site import site
from lms.people.queries.tries import LETTERS_TO, REGISTER_FROM, who
from lms.people.rules.codes import CodeState, state_of
from lms.people.views.browsers import links, too_often
from lms.people.views.door import blueprint


@blueprint.route("/recuperar", methods=["GET", "POST"])
@public("whoever forgot their password cannot sign in")
def recover() -> ResponseReturnValue:
    form = RecoverForm()

    def page() -> str:
        return render_template("people/recover.html", form=form)

    if not form.is_submitted():
        return page()
    if not form.sent():
        return page(), 422
    try:
        LETTERS_TO.check(who(form.identifier.data))
        REGISTER_FROM.check(client_address())
    except TooMany as error:
        return too_often(form, error, page)
    LETTERS_TO.miss(who(form.identifier.data))
    REGISTER_FROM.miss(client_address())
    return submit(
        passwords.send_recovery,
        typed.possible(form.identifier.data, site().country),
        lambda code: url_for("people.reset", code=code),
        links(),
        form=form,
        then=url_for("people.recovery_sent"),
        again=page,
    )


@blueprint.get("/recuperar/enviado")
@public("the same answer for everybody who forgot a password")
def recovery_sent() -> str:
    return render_template("people/recovery_sent.html")


@blueprint.route("/recuperar/<code>", methods=["GET", "POST"])
@public("whoever holds the link of a letter chooses a new password")
def reset(code: str) -> ResponseReturnValue:
    form = NewPasswordForm()
    found = _found(code)
    state = state_of(found.expires_at, found.used_at, database().clock())

    def page() -> str:
        return render_template("people/reset.html", form=form, code=code, state=state)

    if not form.is_submitted():
        return page()
    form.own = accounts.own_words(reading(), found.person_id)
    if not form.sent():
        return page(), 422
    if state == CodeState.EXPIRED:
        flash(_("That link is too old. Ask for another."), "bad")
        return redirect(url_for("people.recover"), 303)
    return submit(
        passwords.reset,
        code,
        hash_password(form.password.data),
        url_for("people.account"),
        form=form,
        then=url_for("people.sign_in"),
        said=_("Your new password is saved. Sign in with it."),
        again=page,
    )


def _found(code: str) -> OneTimeCode:
    found = accounts.one_time_code(reading(), CodePurpose.RESET_PASSWORD, code)
    if found is None:
        raise NotFound(N_("This link is not complete. Copy it whole from the e-mail."))
    return found
