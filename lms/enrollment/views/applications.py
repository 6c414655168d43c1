"""/gestion/promociones/<cohort>/solicitudes: who asked for a seat, sorted by what became of it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from flask import render_template, request, url_for

from lms.enrollment.forms.deciding import DecideForm
from lms.enrollment.queries import requests as queries
from lms.enrollment.queries.doubles import doubts_about
from lms.enrollment.queries.requests import RequestLine, Shown
from lms.enrollment.scopes import cohort_scope
from lms.enrollment.views.dates import said
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import N_
from lms.foundation.locale.formats import moment
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.foundation.web.guard import guard
from lms.foundation.web.pagination import Page, page_of
from lms.foundation.web.reading import database, reading_connection

_SHOWN = {
    Shown.WAITING: N_("Waiting"),
    Shown.CORRECTING: N_("Being corrected"),
    Shown.WAITLISTED: N_("Waiting list"),
    Shown.ADMITTED: N_("Admitted"),
    Shown.DECLINED: N_("Declined"),
}
_ALWAYS = (Shown.WAITING, Shown.ADMITTED, Shown.DECLINED)


@guard(Permission.ENROLLMENT_DECIDE, scope=cohort_scope)
def show(cohort: UUID) -> str:
    return listed(cohort, DecideForm())


def listed(cohort: UUID, form: DecideForm) -> str:
    """The list, with what was refused at its top."""
    reader = reading_connection()
    now = database().clock()
    head = queries.head(reader, cohort, now)
    named = request.args.get("estado", "")
    shown = Shown(named) if named in set(Shown) else Shown.WAITING
    counts = queries.counts(reader, head.id)
    lines = queries.page(reader, head.id, shown, page_of())
    asking = shown is not Shown.ADMITTED and not head.is_over

    def address(of: Shown, number: int | None = None) -> str:
        estado = None if of is Shown.WAITING else of.value
        return url_for("enrollment.applications", cohort=cohort, estado=estado, pagina=number)

    return render_template(
        "enrollment/applications.html",
        head=head,
        form=form,
        shown=shown.value,
        states=[
            (f"{_(words)} ({counts[of]})", address(of), of is shown)
            for of, words in _SHOWN.items()
            if counts[of] or of in _ALWAYS or of is shown
        ],
        page=Page(lines, page_of(), queries.PAGE_SIZE, counts[shown]),
        page_url=lambda number: address(shown, number),
        doubts=doubles(head.id, lines) if asking else {},
        papers={line.uid: papers(line) for line in lines if line.application},
        waitlisted=counts[Shown.WAITLISTED],
        now=now,
    )


def doubles(cohort_id: int, lines: Sequence[RequestLine]) -> Mapping[UUID, list[str]]:
    """Who would be in the same course twice, as sentences."""
    people = [line.person_id for line in lines]
    found = doubts_about(reading_connection(), cohort_id, people, database().clock())
    return {line.uid: said(found[line.person_id]) for line in lines if line.person_id in found}


def papers(line: RequestLine) -> str:
    """How far what somebody sent has been read."""
    if line.correct_by_at is not None:
        late = line.correct_by_at <= database().clock()
        until = moment(line.correct_by_at)
        if late:
            return str(_("Not corrected in time: it was due on %(moment)s", moment=until))
        return str(_("Being corrected until %(moment)s", moment=until))
    if line.unread:
        said = ngettext("%(num)s paper to be read", "%(num)s papers to be read", line.unread)
        return str(said)
    return str(_("Every paper has been read"))
