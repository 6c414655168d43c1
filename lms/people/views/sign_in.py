"""Signing in and out: by password, by a code of the help desk, with what was being sent."""

from typing import Any
from uuid import UUID

from flask import current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadData, URLSafeTimedSerializer
from sqlalchemy import select

from lms.foundation.access.identity import Identity
from lms.foundation.kernel.errors import N_, NotFound, Refused, TooMany
from lms.foundation.kernel.ids import read_code
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.errors import read_kept
from lms.foundation.web.guard import public
from lms.foundation.web.identity import current_identity, give_session_token
from lms.foundation.web.limits import client_address, give_back, take
from lms.foundation.web.perform import perform, submit
from lms.foundation.web.reading import database, reading, reading_connection
from lms.foundation.web.views import safe_next
from lms.people import invitations
from lms.people.actions import passwords, sessions
from lms.people.actions.confirm import enter_with_key
from lms.people.actions.register import send_confirmation
from lms.people.formats import typed
from lms.people.formats.hashes import hash_password, is_outdated, is_password
from lms.people.forms.sign_in import CodeForm, KeyForm, SignInForm
from lms.people.landing import landing
from lms.people.models import Person
from lms.people.models.account import CodePurpose
from lms.people.models.person import PersonState
from lms.people.queries import accounts, people
from lms.people.queries.identity import grants_of
from lms.people.queries.site import site
from lms.people.queries.tries import CODE_FROM, LETTERS_TO, SIGN_IN_AS, SIGN_IN_FROM, who
from lms.people.views.browsers import browser, let_in, let_out, links, too_often
from lms.people.views.door import blueprint

WRONG = N_("We do not know that combination. Check both, or use the links below.")
PENDING_SECONDS = 3600


@blueprint.route("/ingresar", methods=["GET", "POST"])
@public("the door itself")
def sign_in() -> ResponseReturnValue:
    form = SignInForm()

    def page() -> str:
        return render_template("people/sign_in.html", form=form)

    if not form.is_submitted():
        form.next.data = request.args.get("next", "")
        if current_identity().signed_in:
            return redirect(safe_next(form.next.data, url_for(landing(current_identity().grants))))
        return page()
    if not form.sent():
        return page(), 422
    tries = ((SIGN_IN_AS, who(form.identifier.data)), (SIGN_IN_FROM, client_address()))
    try:
        take(*tries)
    except TooMany as error:
        return too_often(form, error, page)
    person = _proved(form.identifier.data, form.password.data)
    if person is None:
        form.refuse(Refused(WRONG))
        return page(), 422
    if person.state == PersonState.PENDING:
        perform(give_back, *tries)
        return _pending_page(person, KeyForm(formdata=None))
    stored = person.password_hash or ""
    new_hash = hash_password(form.password.data) if is_outdated(stored) else None
    token = perform(sessions.start, person.id, browser(), new_hash=new_hash, tries=tries)
    return let_in(make_response(_onward(form, person, token)), token)


@blueprint.post("/salir")
@public("signing out needs no permission; without a session nothing happens")
def sign_out() -> ResponseReturnValue:
    identity = current_identity()
    if isinstance(identity, Identity):
        perform(sessions.end, identity.session_id)
        flash(_("You have signed out."), "good")
    return let_out(make_response(redirect(url_for("catalog.index"), 303)))


@blueprint.route("/ingresar/codigo", methods=["GET", "POST"])
@public("whoever was given a code by the help desk has no other way in")
def sign_in_code() -> ResponseReturnValue:
    form = CodeForm()

    def page() -> str:
        return render_template("people/sign_in_code.html", form=form)

    if not form.is_submitted():
        return page()
    try:
        CODE_FROM.check(client_address())
    except TooMany as error:
        return too_often(form, error, page)
    code = read_code(form.code.data or "")
    found = accounts.one_time_code(reading(), CodePurpose.HELP_DESK, code)
    if found is not None:
        form.own = accounts.own_words(reading(), found.person_id)
    elif form.code.data:
        CODE_FROM.miss(client_address())
    if not form.sent():
        return page(), 422
    try:
        token = perform(
            passwords.enter_with_code,
            code,
            hash_password(form.password.data),
            browser(),
            url_for("people.account"),
        )
    except (NotFound, Refused) as error:
        form.code.errors = [*form.code.errors, _(error.message)]
        return page(), 422
    flash(_("You are in. From now on, sign in with your new password."), "good")
    first = _first_page(found.person_id) if found else url_for("desk.home")
    return let_in(make_response(redirect(first, 303)), token)


@blueprint.post("/ingresar/pendiente")
@public("an account that waits to be confirmed opens with an invitation key")
def pending() -> ResponseReturnValue:
    form = KeyForm()
    person = _pending_person(form.pending.data)
    if not form.sent():
        return _pending_page(person, form), 422
    try:
        CODE_FROM.check(client_address())
    except TooMany as error:
        return too_often(form, error, lambda: _pending_page(person, form))
    try:
        entered = perform(enter_with_key, person.id, read_code(form.key.data), browser())
    except Refused as error:
        CODE_FROM.miss(client_address())
        form.key.errors = [*form.key.errors, _(error.message)]
        return _pending_page(person, form), error.status
    invitations.keep_typed(read_code(form.key.data))
    flash(
        _("Your account is open. Two steps remain: confirm your name and take your seat."), "good"
    )
    onward = redirect(url_for("enrollment.apply", cohort=entered.cohort), 303)
    return let_in(make_response(onward), entered.token)


@blueprint.post("/ingresar/pendiente/correo")
@public("an account that waits to be confirmed is sent its letter again")
def send_pending() -> ResponseReturnValue:
    form = KeyForm()
    person = _pending_person(form.pending.data)
    LETTERS_TO.check(who(str(person.uid)))
    LETTERS_TO.miss(who(str(person.uid)))
    return submit(
        send_confirmation,
        person.id,
        links(),
        form=form,
        then=url_for("people.registered", by="correo"),
    )


def _proved(identifier: str, password: str) -> Person | None:
    """The one whose password this is. Nobody's takes as long as somebody's."""
    found = people.by_identifiers(reading(), typed.possible(identifier, site().country))
    usable = [person for person in found if person.state != PersonState.CLOSED]
    if not usable:
        is_password(None, password)
    proved = [person for person in usable if is_password(person.password_hash, password)]
    return proved[0] if len(proved) == 1 else None


def _onward(form: SignInForm, person: Person, token: str) -> Any:
    """Where to go now: on with what was being sent when the session ended, else to the page."""
    kept = read_kept(form.resume.data, str(person.uid)) if form.resume.data else None
    if kept is None:
        return redirect(safe_next(form.next.data, _first_page(person.id)), 303)
    # What is rendered from here on belongs to the new session.
    give_session_token(token, str(person.uid))
    return render_template("foundation/send_again.html", **kept, lost_files=False, sentence=None)


def _first_page(person_id: int) -> str:
    """Where somebody arrives who is being let in by this very request."""
    return url_for(landing(grants_of(reading_connection(), person_id, database().clock())))


def _pending_page(person: Person, form: KeyForm) -> str:
    form.pending.data = _serializer().dumps(str(person.uid))
    email = accounts.email_of(reading(), person.id)
    return render_template("people/pending.html", form=form, address=email.value if email else None)


def _pending_person(text: str | None) -> Person:
    """Whoever has just proved their password, though their account is not confirmed yet."""
    try:
        uid = UUID(_serializer().loads(text or "", max_age=PENDING_SECONDS))
    except (BadData, ValueError):
        raise Refused(N_("Too much time has passed. Sign in again.")) from None
    person = reading().scalar(
        select(Person).where(Person.uid == uid, Person.state == PersonState.PENDING)
    )
    if person is None:
        raise Refused(N_("Your account is open already. Sign in."))
    return person


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="pending")
