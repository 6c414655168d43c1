"""/invitacion: whoever an institution enrolled comes in, by the link of a letter or with a code."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.foundation.kernel.errors import NotFound, Refused, TooMany
from lms.foundation.kernel.ids import read_code
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.forms import Form
from lms.foundation.web.guard import public
from lms.foundation.web.limits import client_address
from lms.foundation.web.perform import perform, say, submit
from lms.foundation.web.reading import database, reading
from lms.people.actions import invite
from lms.people.actions.codes import INVITED
from lms.people.formats.hashes import hash_password
from lms.people.forms.invited import AcceptForm, InvitationForm
from lms.people.models import OneTimeCode, Person
from lms.people.models.account import CodePurpose
from lms.people.models.person import PersonState
from lms.people.queries import accounts
from lms.people.queries.site import site
from lms.people.queries.tries import CODE_FROM, LETTERS_TO, who
from lms.people.rules.codes import CodeState, state_of
from lms.people.views.browsers import browser, let_in, links, too_often
from lms.people.views.door import blueprint


@blueprint.route("/invitacion", methods=["GET", "POST"])
@public("whoever was handed an invitation has no account to sign in with yet")
def invited() -> ResponseReturnValue:
    form = InvitationForm()

    def page() -> str:
        return render_template("people/invitation_code.html", form=form)

    if not form.is_submitted():
        return page()
    if not form.sent():
        return page(), 422
    try:
        CODE_FROM.check(client_address())
    except TooMany as error:
        return too_often(form, error, page)
    code = read_code(form.code.data)
    if accounts.one_time_code(reading(), CodePurpose.INVITATION, code) is None:
        CODE_FROM.miss(client_address())
        form.code.errors = [*form.code.errors, _(INVITED.unknown)]
        return page(), 422
    return redirect(url_for("people.invitation", code=code), 303)


@blueprint.route("/invitacion/<code>", methods=["GET", "POST"])
@public("whoever holds an invitation chooses a password with it")
def invitation(code: str) -> ResponseReturnValue:
    found, form = _found(code), AcceptForm()
    if request.method == "GET":
        return _page(found, code, form)
    form.own = accounts.own_words(reading(), found.person_id)
    if not form.sent():
        return _page(found, code, form), 422
    try:
        token = perform(
            invite.accept, code, hash_password(form.password.data), site().agreement, browser()
        )
    except (NotFound, Refused) as refusal:
        form.refuse(refusal)
        return _page(found, code, form), refusal.status
    flash(_("Welcome. Look at your name first: your documents will bear it."), "good")
    onward = url_for("people.name", next=url_for("desk.home"))
    return let_in(make_response(redirect(onward, 303)), token)


@blueprint.post("/invitacion/<code>/reenviar")
@public("whoever holds an invitation that is too old is sent another, to the same address")
def invite_again(code: str) -> ResponseReturnValue:
    found = _found(code)
    LETTERS_TO.check(who(found.target or ""))
    LETTERS_TO.miss(who(found.target or ""))
    return submit(
        invite.send_again,
        code,
        links().invitation,
        form=Form(),
        then=url_for("people.registered", by="correo"),
    )


@blueprint.post("/invitacion/<code>/no-soy-yo")
@public("whoever holds the link may say that they are not the person it is for")
def disown_invitation(code: str) -> ResponseReturnValue:
    found, form = _found(code), AcceptForm(formdata=None)
    return submit(
        invite.disown,
        code,
        form=Form(),
        then=url_for("catalog.index"),
        said=_("Thank you. Your address was taken off that account."),
        again=lambda: _page(found, code, form),
    )


def _page(found: OneTimeCode, code: str, form: AcceptForm) -> str:
    person = reading().get_one(Person, found.person_id)
    state = state_of(found.expires_at, found.used_at, database().clock())
    is_open = state is CodeState.OPEN and person.state == PersonState.INVITED
    return render_template(
        "people/invitation.html",
        form=form,
        plain=Form(formdata=None),
        code=code,
        name=person.full_name,
        address=found.target,
        is_open=is_open,
        may_resend=state is CodeState.EXPIRED
        and person.state == PersonState.INVITED
        and found.target is not None,
        said=say(Refused(invite.GONE if state is CodeState.OPEN else _words(state))),
    )


def _words(state: CodeState) -> str:
    return INVITED.used if state is CodeState.USED else INVITED.expired


def _found(code: str) -> OneTimeCode:
    found = accounts.one_time_code(reading(), CodePurpose.INVITATION, code)
    if found is None:
        raise NotFound(INVITED.unknown)
    return found
