"""/gestion/promociones/<cohort>/constancias/<document>: one document, and the acts on it."""

from dataclasses import replace
from uuid import UUID

from flask import current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.certificates.actions.withdraw import Where, correct, withdraw
from lms.certificates.formats import pdf
from lms.certificates.formats.parts import Holder
from lms.certificates.formats.wording import on_folio, wording_for
from lms.certificates.forms import ActForm, CorrectionForm, ReviewForm
from lms.certificates.queries import acts as queries
from lms.certificates.queries import delivering, desk, documents
from lms.certificates.queries.documents import Document
from lms.certificates.queries.office import office
from lms.certificates.rules.status import Status, word
from lms.certificates.rules.withdrawing import check
from lms.certificates.views import delivery
from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import N_, Conflict, Invalid, Refused
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.locale import language
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import database, reading, reading_connection

_ACTS = {"anular": Status.ANNULLED, "revocar": Status.REVOKED, "rectificar": Status.SUPERSEDED}


@guard(Permission.CREDENTIAL_ISSUE, scope=cohort_scope)
def show(cohort: UUID, credential: UUID) -> str:
    document = documents.of_cohort(reading(), credential, cohort)
    editions = queries.editions(reading(), document.code)
    return render_template(
        "certificates/document.html",
        head=desk.head(reading_connection(), cohort),
        document=document,
        record=document.record,
        word=word,
        editions=editions,
        reason=queries.reason_of(reading(), document.code),
        valid=document.status == Status.VALID,
        gone=(gone := delivering.gone_of(reading(), [credential]).get(credential)),
        gone_said=delivery.said(gone) if gone else "",
        form=ReviewForm(formdata=None),
        folio=on_folio(document.record, wording_for(document.record, language())),
    )


@guard(Permission.CREDENTIAL_ISSUE, scope=cohort_scope)
def write(cohort: UUID, credential: UUID, act: str) -> str:
    document = documents.of_cohort(reading(), credential, cohort)
    return _form(cohort, document, act, _new_form(act, document))


@guard(Permission.CREDENTIAL_ISSUE, scope=cohort_scope)
def look_over(cohort: UUID, credential: UUID, act: str) -> ResponseReturnValue:
    """What the act will do and what stays for ever. Nothing is written."""
    document = documents.of_cohort(reading(), credential, cohort)
    form = _new_form(act, document)
    if form.back.data or not form.sent():
        if form.back.data:
            form.forgive()
        return _form(cohort, document, act, form), 200 if form.back.data else 422
    try:
        today = office(reading(), cohort).day(database().clock())
        issued_on = document.record.issued_on
        check(_ACTS[act], document.status, form.resolution(), issued_on, today)
        if isinstance(form, CorrectionForm):
            _printable(document, form.holder())
    except (Invalid, Refused) as refusal:
        form.refuse(refusal)
        return _form(cohort, document, act, form), refusal.status
    return render_template(
        "certificates/act_confirm.html",
        head=desk.head(reading_connection(), cohort),
        document=document,
        record=document.record,
        act=act,
        form=form,
        name=form.holder().full_name if isinstance(form, CorrectionForm) else "",
    )


@guard(Permission.CREDENTIAL_ISSUE, scope=cohort_scope)
def do(cohort: UUID, credential: UUID, act: str) -> ResponseReturnValue:
    document = documents.of_cohort(reading(), credential, cohort)
    form = _new_form(act, document)
    if not form.sent():
        return _form(cohort, document, act, form), 422
    where = Where(cohort, credential, current_app.config["PUBLIC_URL"])

    def again() -> str:
        return _form(cohort, document, act, form)

    if isinstance(form, CorrectionForm):
        try:
            _printable(document, form.holder())
        except (Invalid, Refused, Conflict) as refusal:
            form.refuse(refusal)
            return again(), refusal.status
        return submit(
            correct,
            where,
            form.holder(),
            form.resolution(),
            form=form,
            then=lambda new: url_for("certificates.document", cohort=cohort, credential=new),
            said=_("The corrected edition is registered. Its file will be ready in a minute."),
            again=again,
        )
    return submit(
        withdraw,
        where,
        _ACTS[act],
        form.resolution(),
        form=form,
        then=url_for("certificates.document", cohort=cohort, credential=credential),
        said=_("Done: anyone who verifies the document sees it from now on."),
        again=again,
    )


def _new_form(act: str, document: Document) -> ActForm:
    return CorrectionForm(obj=document.record.holder) if act == "rectificar" else ActForm()


def _printable(document: Document, holder: Holder) -> None:
    if holder == document.record.holder:
        raise Invalid(N_("The name is the same as on the document: there is nothing to correct."))
    missing = pdf.missing_glyphs(replace(document.record, holder=holder))
    if missing:
        raise Invalid(
            N_("These letters of the name cannot be printed: %(letters)s."),
            letters=" ".join(missing),
        )


def _form(cohort: UUID, document: Document, act: str, form: ActForm) -> str:
    return render_template(
        "certificates/act.html",
        head=desk.head(reading_connection(), cohort),
        document=document,
        record=document.record,
        act=act,
        form=form,
        valid=document.status == Status.VALID,
    )
