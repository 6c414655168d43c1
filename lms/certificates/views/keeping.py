"""/gestion/registro/<institution>: how its book is kept, and numbers that were spoiled."""

from uuid import UUID
from zoneinfo import ZoneInfo

from flask import current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.certificates.actions.books import keep_book, spoil
from lms.certificates.forms import BookForm, SpoilForm
from lms.certificates.queries import books as queries
from lms.certificates.queries.candidates import KIND
from lms.certificates.rules import numbers
from lms.certificates.rules.books import Kept, following
from lms.certificates.rules.withdrawing import check_day
from lms.certificates.scopes import institution_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import Invalid
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import database, reading
from lms.people.models import Institution
from lms.people.queries.institution import institution_of

ISSUE = Permission.CREDENTIAL_ISSUE


@guard(ISSUE, institution_scope)
def settle(institution: UUID) -> ResponseReturnValue:
    """How the numbers go, how a folio is filled, and where the institute has got to."""
    found = institution_of(reading(), institution)
    form = BookForm()
    if not form.is_submitted():
        form.fill(_kept(found))
        return _settings(found, form)
    if not form.sent():
        return _settings(found, form), 422
    return submit(
        keep_book,
        institution,
        form.kept(),
        form=form,
        then=url_for("certificates.book_settings", institution=institution),
        said=_("Saved. The next document is written there."),
        again=lambda: _settings(found, form),
    )


@guard(ISSUE, institution_scope)
def write(institution: UUID) -> str:
    return _form(institution_of(reading(), institution), SpoilForm())


@guard(ISSUE, institution_scope)
def look_over(institution: UUID) -> ResponseReturnValue:
    """Which number it will be, and that it stays for ever. Nothing is written."""
    found = institution_of(reading(), institution)
    form = SpoilForm()
    if form.back.data or not form.sent():
        if form.back.data:
            form.forgive()
        return _form(found, form), 200 if form.back.data else 422
    try:
        today = database().clock().astimezone(ZoneInfo(found.zone)).date()
        check_day(form.resolution(), today)
    except Invalid as refusal:
        form.refuse(refusal)
        return _form(found, form), refusal.status
    return render_template(
        "certificates/spoil_confirm.html", found=found, form=form, next=_next(found)
    )


@guard(ISSUE, institution_scope)
def do(institution: UUID) -> ResponseReturnValue:
    found = institution_of(reading(), institution)
    form = SpoilForm()
    if not form.sent():
        return _form(found, form), 422
    return submit(
        spoil,
        institution,
        current_app.config["PUBLIC_URL"],
        form.resolution(),
        form=form,
        then=url_for("certificates.book", institution=institution),
        said=lambda number: str(_("The number %(number)s is out of use.", number=number)),
        again=lambda: _form(found, form),
    )


def _key(found: Institution, *, yearly: bool) -> str:
    year = database().clock().astimezone(ZoneInfo(found.zone)).year if yearly else None
    return numbers.book(found.key, KIND, year, demo=found.demo)


def _kept(found: Institution) -> Kept:
    row = queries.book_of(reading(), found.id, KIND, demo=found.demo)
    key = _key(found, yearly=row.yearly if row else True)
    return queries.kept(row, queries.last_number(reading(), found.id, key))


def _next(found: Institution) -> dict[str, object]:
    """The next number and its place, as they stand; somebody else may take them first."""
    kept = _kept(found)
    place = following(kept.place, kept.layout)
    number = numbers.printed(_key(found, yearly=kept.yearly), kept.number + 1)
    return {"number": number, "book": place.book, "folio": place.folio, "line": place.line}


def _settings(found: Institution, form: BookForm) -> str:
    return render_template(
        "certificates/book_settings.html",
        found=found,
        form=form,
        next=_next(found),
        yearly=numbers.printed(_key(found, yearly=True), 1),
        onward=numbers.printed(_key(found, yearly=False), 1),
    )


def _form(found: Institution, form: SpoilForm) -> str:
    return render_template("certificates/spoil.html", found=found, form=form, next=_next(found))
