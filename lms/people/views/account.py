"""One's own account: what is known of me, how I get in, where I am signed in."""

from uuid import UUID

from flask import current_app, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import TooMany
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.foundation.web.forms import Form
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.locale import LANGUAGE_COOKIE, LANGUAGES
from lms.foundation.web.perform import perform, submit
from lms.foundation.web.reading import database, reading
from lms.people.actions import passwords, profile, sessions
from lms.people.actions.confirm import ask_email_change
from lms.people.formats.hashes import hash_password
from lms.people.forms.account import (
    ChangePasswordForm,
    EmailForm,
    PostForm,
    PreferencesForm,
    city_of,
)
from lms.people.models import Person
from lms.people.queries import accounts
from lms.people.queries.tries import LETTERS_TO, who
from lms.people.views.browsers import browser, let_in, too_often
from lms.people.views.door import blueprint
from lms.people.views.proof import unproved


@blueprint.get("/cuenta")
@guard(Permission.PROFILE_MANAGE)
def account() -> str:
    identity = signed_in()
    session = reading()
    person = session.get_one(Person, identity.person_id)
    return render_template(
        "people/account.html",
        blank=lambda: Form(formdata=None),
        person=person,
        identifiers=accounts.identifiers(session, person.id),
        posts=accounts.posts(session, person.id),
        sessions=accounts.sessions(session, person.id, database().clock()),
        present=identity.session_id,
        language=LANGUAGES.get(person.language, person.language),
        zone=city_of(person.zone) if person.zone else None,
    )


@blueprint.route("/cuenta/idioma", methods=["GET", "POST"])
@guard(Permission.PROFILE_MANAGE)
def preferences() -> ResponseReturnValue:
    person = reading().get_one(Person, signed_in().person_id)
    form = PreferencesForm(language=person.language, zone=person.zone or "")

    def page() -> str:
        return render_template("people/preferences.html", form=form)

    if not form.is_submitted():
        return page()
    if not form.sent():
        return page(), 422
    with force_locale(form.language.data):  # it is read on a page in the new language
        said = _("Your language and time zone are saved.")
    response = make_response(
        submit(
            profile.choose_language,
            person.id,
            form.language.data,
            form.zone.data or None,
            form=form,
            then=url_for("people.account"),
            said=said,
            again=page,
        )
    )
    # What was chosen in this browser would otherwise go on hiding what the person has chosen.
    response.delete_cookie(
        LANGUAGE_COOKIE,
        httponly=True,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        samesite="Lax",
    )
    return response


@blueprint.route("/cuenta/contrasena", methods=["GET", "POST"])
@guard(Permission.PROFILE_MANAGE)
def password() -> ResponseReturnValue:
    identity = signed_in()
    form = ChangePasswordForm()
    form.own = accounts.own_words(reading(), identity.person_id)

    def page() -> str:
        return render_template("people/password.html", form=form)

    if not form.is_submitted():
        return page()
    if (again := unproved(form, form.current_password, page)) is not None:
        return again
    token = perform(
        passwords.change,
        identity.person_id,
        hash_password(form.password.data),
        browser(),
        url_for("people.account"),
    )
    flash(_("Your password is changed. Every other device was signed out."), "good")
    return let_in(make_response(redirect(url_for("people.account"), 303)), token)


@blueprint.route("/cuenta/correo", methods=["GET", "POST"])
@guard(Permission.PROFILE_MANAGE)
def change_email() -> ResponseReturnValue:
    identity = signed_in()
    form = EmailForm()

    def page() -> str:
        return render_template("people/email.html", form=form)

    if not form.is_submitted():
        return page()
    if (again := unproved(form, form.password, page)) is not None:
        return again
    try:
        LETTERS_TO.check(who(str(form.address)), who(identity.person_uid))
    except TooMany as error:
        return too_often(form, error, page)
    LETTERS_TO.miss(who(str(form.address)), who(identity.person_uid))
    return submit(
        ask_email_change,
        identity.person_id,
        str(form.address),
        lambda code: url_for("people.confirm", code=code),
        url_for("people.help_page"),
        form=form,
        then=url_for("people.account"),
        said=_("We sent an e-mail to %(address)s. Open its link.", address=form.address),
        again=page,
    )


@blueprint.route("/cuenta/cargos/nuevo", methods=["GET", "POST"], defaults={"post": None})
@blueprint.route("/cuenta/cargos/<uuid:post>", methods=["GET", "POST"])
@guard(Permission.PROFILE_MANAGE)
def post(post: UUID | None) -> ResponseReturnValue:
    person_id = signed_in().person_id
    kept = accounts.own_post(reading(), person_id, post) if post else None
    form = PostForm(obj=kept)

    def page() -> str:
        return render_template("people/post.html", form=form, is_new=kept is None)

    if not form.is_submitted():
        return page()
    if not form.sent():
        return page(), 422
    return submit(
        profile.save_post,
        person_id,
        post,
        form.data_of_post(),
        form=form,
        then=url_for("people.account"),
        said=_("Your post is saved."),
        again=page,
    )


@blueprint.post("/cuenta/sesiones/<uuid:session>/cerrar")
@guard(Permission.PROFILE_MANAGE)
def end_session(session: UUID) -> ResponseReturnValue:
    return submit(
        sessions.end_one,
        signed_in().person_id,
        session,
        form=Form(),
        then=url_for("people.account"),
        said=_("That device was signed out."),
    )


@blueprint.post("/cuenta/sesiones/cerrar-otras")
@guard(Permission.PROFILE_MANAGE)
def end_other_sessions() -> ResponseReturnValue:
    identity = signed_in()
    return submit(
        sessions.end_others,
        identity.person_id,
        identity.session_id,
        form=Form(),
        then=url_for("people.account"),
        said=lambda number: ngettext(
            "%(num)s device was signed out.", "%(num)s devices were signed out.", number
        ),
    )
