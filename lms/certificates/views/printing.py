"""/gestion/promociones/<cohort>/constancias/impresion: documents bound for the printer."""

from uuid import UUID

from flask import Response, current_app, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from lms.certificates.actions.printing import ask_for
from lms.certificates.formats import pdf
from lms.certificates.forms import PrintForm
from lms.certificates.models import PrintFile
from lms.certificates.queries import desk
from lms.certificates.queries import printing as queries
from lms.certificates.rules.printing import KEPT, is_kept
from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.files.store import Store
from lms.foundation.kernel.errors import N_, NotFound, Refused
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.foundation.web.guard import guard
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import database, reading, reading_connection

_KINDS = {"pdf": pdf.MEDIA_TYPE, "zip": "application/zip"}


@guard(Permission.CREDENTIAL_ISSUE, scope=cohort_scope)
def show(cohort: UUID) -> ResponseReturnValue:
    """What there is to print, what was made of it; and having it made."""
    head = desk.head(reading_connection(), cohort)
    lists = queries.lists_of(reading(), head.id)
    form = PrintForm()
    form.offer([(each, _("Check list %(number)s", number=each)) for each in lists])

    def page() -> str:
        return _page(head, form)

    if not form.is_submitted():
        return page()
    if not form.sent():
        return page(), 422
    return submit(
        ask_for,
        cohort,
        form.which.data,
        form=form,
        then=url_for("certificates.printing", cohort=cohort),
        said=lambda many: ngettext(
            "%(num)s document is being bound. You may leave this page.",
            "%(num)s documents are being bound. You may leave this page.",
            many,
        ),
        again=page,
    )


@guard(Permission.CREDENTIAL_ISSUE, scope=cohort_scope)
def download(cohort: UUID, file: UUID, ending: str) -> Response:
    """A file for the printer, while it is kept."""
    head = desk.head(reading_connection(), cohort)
    found = queries.file_of(reading(), head.id, file)
    digest = found.pdf_sha256 if ending == "pdf" else found.zip_sha256
    if digest is None:
        raise NotFound()
    store: Store = current_app.extensions["cabildo.files"]
    if not _is_kept(found) or not store.exists(digest):
        raise Refused(N_("This file is not kept any more. Have it made again."))
    which = f"{head.key}-lista-{found.list_number}" if found.list_number else head.key
    response = send_file(
        store.open(digest),
        mimetype=_KINDS[ending],
        as_attachment=True,
        download_name=f"imprimir-{which}.{ending}",
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _page(head: desk.Head, form: PrintForm) -> str:
    files = queries.files_of(reading(), head.id)
    return render_template(
        "certificates/printing.html",
        head=head,
        form=form,
        files=files,
        making=queries.making(reading(), files),
        kept=_is_kept,
        until=lambda each: each.made_at + KEPT,
    )


def _is_kept(found: PrintFile) -> bool:
    return is_kept(found.made_at, found.asked_at, database().clock())
