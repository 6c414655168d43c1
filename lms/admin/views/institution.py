"""/gestion/institucion: what an institution says of itself, by which rules, with which logo."""

import io
from dataclasses import dataclass
from uuid import UUID

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.admin.forms.institution import (
    HUE_NAMES,
    DescriptionForm,
    LogoForm,
    OpenInstitutionForm,
    PrivacyForm,
)
from lms.foundation.access.permissions import Permission
from lms.foundation.access.policy import grants_for
from lms.foundation.access.roles import Role
from lms.foundation.access.scopes import Scope
from lms.foundation.files.actions import keep
from lms.foundation.files.store import Stored
from lms.foundation.kernel.errors import N_, DomainError, Invalid
from lms.foundation.kernel.points import SCALES, scale_of
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.markdown import render
from lms.foundation.web.pagination import page_of
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import database, reading
from lms.people.actions import institution as actions
from lms.people.formats.logo import drawn
from lms.people.forms.account import city_of
from lms.people.models import Institution
from lms.people.queries import institution as queries
from lms.people.queries.institutions import above
from lms.people.queries.reach import reach_of
from lms.people.rules.signing import who_signs
from lms.people.scopes import anyone_for

MANAGE, OPEN = Permission.INSTITUTION_MANAGE, Permission.INSTITUTION_OPEN
PAGE_SIZE = 25


def place(institution: UUID, **_values: object) -> Scope:
    """The institution that an address names, as a place."""
    found = queries.institution_of(reading(), institution)
    return Scope(institution_id=found.id, institutions_above=above(reading(), found.id))


@dataclass(frozen=True, slots=True)
class Step:
    """Something an institution should have before it opens its doors."""

    title: str
    note: str
    url: str
    is_done: bool

    @property
    def icon(self) -> str:
        return "circle-check" if self.is_done else "circle"

    @property
    def tag(self) -> tuple[str, str]:
        return (_("Done"), "good") if self.is_done else (_("To be done"), "warn")


@guard(MANAGE, anyone_for(MANAGE))
def index() -> ResponseReturnValue:
    """The institutions one looks after; the only one at once."""
    mine = grants_for(signed_in(), MANAGE)
    page = queries.looked_after(reading(), reach_of(reading(), mine), page_of(), PAGE_SIZE)
    if page.total == 1 and not request.args:
        return redirect(url_for("admin.institution", institution=page.items[0].uid))
    return render_template(
        "admin/institutions.html",
        page=page,
        may_open=bool(grants_for(signed_in(), OPEN)),
        page_url=lambda n: url_for("admin.institutions", pagina=n),
    )


@guard(MANAGE, place)
def show(institution: UUID) -> str:
    """All that is settled for an institution, and what is still to be done."""
    session, now = reading(), database().clock()
    found = queries.institution_of(session, institution)
    signers = queries.signers(session, found.id)
    staffed = queries.staffed(session, found.id, now)
    return render_template(
        "admin/institution.html",
        found=found,
        city=city_of(found.zone),
        steps=_steps(found, bool(signers), staffed),
        signs=[f"{each.name}, {each.position}" for each in who_signs(signers, now.date())],
        colour=HUE_NAMES[found.hue],
        top=SCALES[found.scale].top if found.scale in SCALES else None,
        mark=scale_of(found.scale).grade(found.pass_mark),
        may_open=bool(grants_for(signed_in(), OPEN)),
    )


def _steps(found: Institution, has_signers: bool, staffed: queries.Staffed) -> list[Step]:
    def here(endpoint: str) -> str:
        return url_for(f"admin.{endpoint}", institution=found.uid)

    give = url_for("admin.give")
    return [
        Step(_("The logo"), _("It stands on every page."), here("logo"), found.logo is not None),
        Step(
            _("Who signs"),
            _("Without signatures no cohort can be attested."),
            here("signers"),
            has_signers,
        ),
        Step(
            _("The privacy notice"),
            _("Read the one that comes with the site, or write your own."),
            here("privacy"),
            found.privacy_version > 0,
        ),
        Step(
            _("Somebody for the academic records"),
            _("They open cohorts, admit people and issue documents."),
            give,
            staffed.has(Role.REGISTRAR),
        ),
        Step(
            _("Somebody who teaches"),
            _("They write courses and see attempts."),
            give,
            staffed.has(Role.INSTRUCTOR),
        ),
        Step(
            _("Somebody at the help desk"),
            _("They help in who cannot get in."),
            give,
            staffed.has(Role.HELP_DESK),
        ),
    ]


@guard(MANAGE, place)
def edit(institution: UUID) -> ResponseReturnValue:
    """Name, place and rules of an institution."""
    found = queries.institution_of(reading(), institution)
    form = DescriptionForm()
    if not form.is_submitted():
        form.fill(found)

    def page() -> str:
        return render_template("admin/institution_edit.html", form=form, found=found)

    if not form.is_submitted():
        return page()
    if not form.sent():
        return page(), 422
    return submit(
        actions.describe,
        found.id,
        form.description(),
        form=form,
        then=url_for("admin.institution", institution=institution),
        said=_("Saved."),
        again=page,
    )


@guard(OPEN, anyone_for(OPEN))
def open_one() -> ResponseReturnValue:
    """One more institution in this installation; only its administrators open one."""
    form = OpenInstitutionForm()

    def page() -> str:
        return render_template("admin/institution_open.html", form=form)

    if not form.is_submitted():
        return page()
    if not form.sent():
        return page(), 422
    return submit(
        actions.open_institution,
        form.chosen_key(),
        form.description(),
        form=form,
        then=lambda made: url_for("admin.institution", institution=made.uid),
        said=_("The institution is open. Give its people their roles."),
        again=page,
    )


@guard(MANAGE, place)
def logo(institution: UUID) -> ResponseReturnValue:
    """The logo: shown, replaced, taken away."""
    found = queries.institution_of(reading(), institution)
    form = LogoForm()
    back = url_for("admin.institution", institution=institution)

    def page() -> str:
        return render_template("admin/institution_logo.html", form=form, found=found)

    if not form.is_submitted():
        return page()
    if "hide" in request.form:
        return submit(actions.hide_logo, found.id, form=form, then=back,
                      said=_("The logo is shown no more."))  # fmt: skip
    try:
        printed, small = _kept(form)
    except DomainError as refusal:
        form.refuse(refusal)
        return page(), refusal.status
    return submit(
        actions.show_logo, found.id, printed, small, form=form, then=back,
        said=_("This is the logo from now on."), again=page,
    )  # fmt: skip


def _kept(form: LogoForm) -> tuple[Stored, Stored]:
    sent = form.logo.data
    if not sent:
        said = N_("Choose the picture of the logo.")
        raise Invalid(said, fields={"logo": said})
    try:
        pictures = drawn(io.BytesIO(sent.read()))
    except Invalid as error:
        raise Invalid(error.message, fields={"logo": error.message}) from error
    store = current_app.extensions["cabildo.files"]
    printed, small = (keep(store, each) for each in pictures)
    return printed, small


@guard(MANAGE, place)
def privacy(institution: UUID) -> ResponseReturnValue:
    """The privacy notice in the institution's own words, with how it will look."""
    found = queries.institution_of(reading(), institution)
    form = PrivacyForm()
    if not form.is_submitted():
        form.text.data = found.privacy
    text = (form.text.data or "").replace("\r\n", "\n").strip()

    def page() -> str:
        shown = render(text, prefix="aviso-").html if text else None
        return render_template(
            "admin/institution_privacy.html", form=form, found=found, shown=shown
        )

    if not form.is_submitted() or "preview" in request.form:
        return page()
    if not form.sent():
        return page(), 422
    return submit(
        actions.word_privacy,
        found.id,
        text,
        form=form,
        then=url_for("admin.institution", institution=institution),
        said=_("This notice holds from now on."),
        again=page,
    )
