"""/instalar: the first pages of a new site, until it has an institution and an administrator."""

import hmac

from flask import Response, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.admin.forms.institution import FirstRunForm
from lms.foundation.kernel.errors import DomainError, TooMany
from lms.foundation.kernel.ids import read_code
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import public
from lms.foundation.web.limits import Limit, client_address
from lms.foundation.web.locale import language
from lms.foundation.web.perform import perform
from lms.people.actions.help_desk import NewPerson
from lms.people.actions.institution import first_run
from lms.people.formats.hashes import hash_password
from lms.people.forms.parts import refuse_field
from lms.people.queries.site import site
from lms.people.rules.institution import setup_code
from lms.people.views.browsers import browser, let_in, too_often

CODES_FROM = Limit("setup-code-from", 10, 15 * 60)
DOORS = frozenset({"desk.root", "catalog.index", "people.register", "people.sign_in"})


def lead_here() -> ResponseReturnValue | None:
    """Whoever comes in by a door of a site without an institution is led to where it is set up."""
    remembered = current_app.extensions.get("cabildo.site")
    if remembered is not None and remembered.institution_id is not None:
        return None  # what has an institution keeps it, so nothing is asked again
    if request.endpoint not in DOORS or request.method != "GET":
        return None
    if site().institution_id is not None:
        return None
    return redirect(url_for("admin.first_run"))


@public("a new site has nobody yet; whoever sets it up shows the code of its server")
def show() -> ResponseReturnValue:
    """The institution and its first administrator, in one form."""
    if site().institution_id is not None:
        return redirect(url_for("people.sign_in"))
    form = FirstRunForm()

    def page() -> str:
        return render_template("admin/first_run.html", form=form)

    if not form.is_submitted():
        return page()
    try:
        CODES_FROM.check(client_address())
    except TooMany as error:
        return too_often(form, error, page)
    well_filled = form.sent()
    if form.code.data and not _is_right(form.code.data):
        CODES_FROM.miss(client_address())
        refuse_field(form.code, _("This is not the code. It stands where the server was started."))
        well_filled = False
    if not well_filled:
        return page(), 422
    return _done(form) or (page(), 409)


def _is_right(code: str) -> bool:
    right = setup_code(str(current_app.secret_key))
    return hmac.compare_digest(read_code(code).encode(), right.encode())


def _done(form: FirstRunForm) -> Response | None:
    """The administrator, let in, where the rest is looked after; nothing if it was refused."""
    administrator = NewPerson(
        name=form.person_name(),
        country=form.country.data,
        password_hash=hash_password(form.password.data),
        language=language(),
        email=form.address,
        document=form.document,
    )
    try:
        token = perform(first_run, form.chosen_key(), form.description(), administrator, browser())
    except DomainError as refusal:
        form.refuse(refusal)
        return None
    response = make_response(redirect(url_for("admin.institutions"), 303))
    return let_in(response, token)
