"""/gestion/registro/<institution>/anteriores: diplomas of before, brought in from a sheet."""

from uuid import UUID

from flask import Response, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.certificates.actions import transcribe as actions
from lms.certificates.formats.sheet import read_sheet
from lms.certificates.formats.sheet import template as template_of
from lms.certificates.forms import SheetForm, SpoilForm, TranscriptsForm
from lms.certificates.queries import transcripts as queries
from lms.certificates.queries.transcripts import Found, Sheet
from lms.certificates.rules.status import Status, word
from lms.certificates.rules.transcribing import COLUMNS, NEEDED
from lms.certificates.scopes import institution_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import Invalid
from lms.foundation.kernel.text import one_line
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.foundation.web.guard import guard
from lms.foundation.web.pagination import Page, page_of
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import reading
from lms.people.models import Institution
from lms.people.queries.institution import institution_of

ISSUE = Permission.CREDENTIAL_ISSUE
LONGEST_NAME = 100
_KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
}


@guard(ISSUE, institution_scope)
def bring(institution: UUID) -> ResponseReturnValue:
    """A sheet is read and looked over; nothing is registered yet."""
    found = institution_of(reading(), institution)
    form = TranscriptsForm()
    if not form.is_submitted():
        return _bring(found, form)
    if not form.sent():
        return _bring(found, form), 422
    try:
        rows = read_sheet(form.sheet.data.read())
    except Invalid as refusal:
        form.refuse(refusal)
        return _bring(found, form), refusal.status
    return submit(
        actions.lay,
        institution,
        one_line(form.sheet.data.filename or "")[:LONGEST_NAME],
        rows,
        form=form,
        then=lambda uid: url_for(
            "certificates.transcript_sheet", institution=institution, sheet=uid
        ),
        said=_("The sheet was read. Look at its rows; nothing is registered yet."),
        again=lambda: _bring(found, form),
    )


@guard(ISSUE, institution_scope)
def template(institution: UUID, ending: str) -> Response:
    """An empty sheet with its headings and an example."""
    response = Response(template_of(ending), mimetype=_KINDS[ending])
    name = f"diplomas-anteriores.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@guard(ISSUE, institution_scope)
def show(institution: UUID, sheet: UUID) -> str:
    found = institution_of(reading(), institution)
    return _sheet(found, queries.sheet_of(reading(), found.id, sheet), SheetForm(formdata=None))


@guard(ISSUE, institution_scope)
def confirm(institution: UUID, sheet: UUID) -> ResponseReturnValue:
    """Begin to register what nothing stands against."""
    found = institution_of(reading(), institution)
    brought = queries.sheet_of(reading(), found.id, sheet)
    form = SheetForm()
    if not form.sent():
        return _sheet(found, brought, form), 422
    return submit(
        actions.confirm,
        institution,
        sheet,
        form.expected.data,
        form=form,
        then=url_for("certificates.transcripts", institution=institution),
        said=lambda many: ngettext(
            "%(num)s diploma is being registered.", "%(num)s diplomas are being registered.", many
        ),
        again=lambda: _sheet(found, brought, form),
    )


@guard(ISSUE, institution_scope)
def discard(institution: UUID, sheet: UUID) -> ResponseReturnValue:
    """Throw a sheet away; what was registered of it stays."""
    found = institution_of(reading(), institution)
    brought = queries.sheet_of(reading(), found.id, sheet)
    form = SheetForm()
    return submit(
        actions.discard,
        institution,
        sheet,
        form=form,
        then=url_for("certificates.transcripts", institution=institution),
        said=_("The sheet was thrown away."),
        again=lambda: _sheet(found, brought, form),
    )


@guard(ISSUE, institution_scope)
def one(institution: UUID, transcribed: UUID) -> str:
    """A diploma of before in the office: what the book says, and what can be done with it."""
    house = institution_of(reading(), institution)
    return _one(house, queries.one(reading(), house.id, transcribed), None)


@guard(ISSUE, institution_scope)
def annul(institution: UUID, transcribed: UUID) -> ResponseReturnValue:
    house = institution_of(reading(), institution)
    found = queries.one(reading(), house.id, transcribed)
    form = SpoilForm()
    if not form.is_submitted():
        return _one(house, found, form)
    if not form.sent():
        return _one(house, found, form), 422
    return submit(
        actions.withdraw,
        institution,
        transcribed,
        current_app.config["PUBLIC_URL"],
        form.resolution(),
        form=form,
        then=url_for("certificates.transcribed", institution=institution, transcribed=transcribed),
        said=_("Done: anyone who verifies the document sees it from now on."),
        again=lambda: _one(house, found, form),
    )


def _bring(found: Institution, form: TranscriptsForm) -> str:
    place, _last = queries.reached(reading(), found)
    return render_template(
        "certificates/transcripts.html",
        found=found,
        form=form,
        sheets=queries.sheets(reading(), found.id),
        columns=[(name, name in NEEDED) for name in COLUMNS],
        place=place,
    )


def _sheet(found: Institution, sheet: Sheet, form: SheetForm) -> str:
    wrong = request.args.get("ver") == "corregir" or not sheet.ready
    number = page_of()
    rows = queries.rows_of(reading(), sheet.id, number, wrong=wrong)

    def address(*, wrong: bool, number: int | None = None) -> str:
        ver = "corregir" if wrong else "listas"
        return url_for(
            "certificates.transcript_sheet",
            institution=found.uid,
            sheet=sheet.uid,
            ver=ver,
            pagina=number,
        )

    form.expected.data = sheet.ready
    return render_template(
        "certificates/transcript_sheet.html",
        found=found,
        sheet=sheet,
        form=form,
        rows=[(row, [_(said) % params for said, params in row.problems]) for row in rows],
        wrong=wrong,
        chips=[
            (f"{_('To be corrected')} ({sheet.wrong})", address(wrong=True), wrong),
            (f"{_('Rows ready')} ({sheet.ready})", address(wrong=False), not wrong),
        ],
        page=Page(rows, number, queries.PAGE_SIZE, sheet.wrong if wrong else sheet.ready),
        page_url=lambda n: address(wrong=wrong, number=n),
    )


def _one(house: Institution, found: Found, form: SpoilForm | None) -> str:
    return render_template(
        "certificates/transcribed.html",
        house=house,
        found=found,
        record=found.record,
        state=word(found.status),
        valid=found.status == Status.VALID,
        form=form,
    )
