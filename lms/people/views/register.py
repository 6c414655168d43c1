"""Registering: the form, and what comes next."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.foundation.kernel.errors import TooMany
from lms.foundation.web.guard import public
from lms.foundation.web.identity import current_identity
from lms.foundation.web.limits import client_address
from lms.foundation.web.locale import language
from lms.foundation.web.perform import submit
from lms.people.actions.register import register as act
from lms.people.formats.hashes import hash_password
from lms.people.forms.register import RegisterForm
from lms.people.queries.tries import LETTERS_TO, REGISTER_FROM, who
from lms.people.views.browsers import links, too_often
from lms.people.views.door import blueprint

BY_LETTER, BY_PHONE = "correo", "telefono"


@blueprint.route("/registro", methods=["GET", "POST"])
@public("whoever wants to study opens an account")
def register() -> ResponseReturnValue:
    form = RegisterForm()
    if current_identity().signed_in:
        return redirect(url_for("desk.home"))

    def page() -> str:
        return render_template("people/register.html", form=form)

    if not form.is_submitted():
        return page()
    if not form.sent():
        return page(), 422
    reached = form.address or (form.number.value if form.number else "")
    try:
        REGISTER_FROM.check(client_address())
        LETTERS_TO.check(who(reached))
    except TooMany as error:
        return too_often(form, error, page)
    REGISTER_FROM.miss(client_address())
    LETTERS_TO.miss(who(reached))
    new = form.registration(hash_password(form.password.data), language())
    by = BY_LETTER if form.address else BY_PHONE
    return submit(
        act, new, links(), form=form, then=url_for("people.registered", by=by), again=page
    )


@blueprint.get("/registro/recibido/<any('correo', 'telefono'):by>")
@public("what to do after registering; says nothing of anybody")
def registered(by: str) -> str:
    return render_template("people/registered.html", by_letter=by == BY_LETTER)
