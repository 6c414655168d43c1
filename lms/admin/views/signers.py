"""/gestion/institucion/<institution>/firmas: who signs its documents, from when until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from lms.admin.forms.signers import SignerForm
from lms.admin.views.institution import MANAGE, place
from lms.foundation.access.roles import Role
from lms.foundation.kernel.errors import N_, NotFound
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.forms import Form
from lms.foundation.web.guard import guard
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import database, reading
from lms.people.actions import signers as actions
from lms.people.models import Institution, Person, Signer
from lms.people.queries import institution as queries
from lms.people.rules.signing import in_office, who_signs

SIGNS, STANDS_BY, LATER, ENDED = (
    (N_("Signs now"), "good"), (N_("Stands by"), ""), (N_("Begins later"), "info"),
    (N_("Has ended"), ""),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody who signs, as the list shows them."""

    row: Signer
    whom: str
    standing: tuple[str, str]


@guard(MANAGE, place)
def index(institution: UUID) -> str:
    """Everybody who signs, signed or will sign."""
    found = queries.institution_of(reading(), institution)
    everybody = queries.signers(reading(), found.id)
    return render_template(
        "admin/signers.html", found=found, lines=_lines(everybody, _today(found))
    )


@guard(MANAGE, place)
def add(institution: UUID) -> ResponseReturnValue:
    """Somebody more who signs."""
    found = queries.institution_of(reading(), institution)
    form = SignerForm()
    form.offer(queries.signers(reading(), found.id), _holders(found))

    def page() -> str:
        return render_template("admin/signer.html", form=form, found=found, row=None)

    if not form.is_submitted():
        return page()
    if not form.sent():
        return page(), 422
    return submit(
        actions.put_down, found.id, form.signing(), form=form, then=_list(institution),
        said=_("%(name)s signs from now on.", name=form.name.data), again=page,
    )  # fmt: skip


@guard(MANAGE, place)
def change(institution: UUID, uid: UUID) -> ResponseReturnValue:
    """Name, post, term or place of who signs."""
    found = queries.institution_of(reading(), institution)
    everybody = queries.signers(reading(), found.id)
    row = next((each for each in everybody if each.uid == uid), None)
    if row is None:
        raise NotFound()
    form = SignerForm()
    holders = _holders(found)
    form.offer(everybody, holders, uid)
    if not form.is_submitted():
        form.fill(row, everybody, holders)

    def page() -> str:
        return render_template("admin/signer.html", form=form, found=found, row=row)

    if not form.is_submitted():
        return page()
    if not form.sent():
        return page(), 422
    return submit(
        actions.change, found.id, uid, form.signing(), form=form, then=_list(institution),
        said=_("Saved."), again=page,
    )  # fmt: skip


@guard(MANAGE, place)
def take_off(institution: UUID, uid: UUID) -> ResponseReturnValue:
    """Somebody signs no more."""
    found = queries.institution_of(reading(), institution)
    return submit(
        actions.take_off,
        found.id,
        uid,
        form=Form(),
        then=_list(institution),
        said=lambda name: _("%(name)s was taken off.", name=name),
    )


def _list(institution: UUID) -> str:
    return url_for("admin.signers", institution=institution)


def _holders(found: Institution) -> Sequence[Person]:
    return queries.role_holders(reading(), found.id, Role.SIGNER, database().clock())


def _today(found: Institution) -> date:
    return database().clock().astimezone(ZoneInfo(found.zone)).date()


def _lines(everybody: Sequence[Signer], today: date) -> list[Line]:
    names = {each.id: each.name for each in everybody}
    signing = {each.id for each in who_signs(everybody, today)}
    found = []
    for each in everybody:
        if each.id in signing:
            standing = SIGNS
        elif in_office(each, today):
            standing = STANDS_BY
        else:
            standing = LATER if each.starts_on > today else ENDED
        found.append(Line(each, names.get(each.substitutes_id or 0, ""), standing))
    return found
