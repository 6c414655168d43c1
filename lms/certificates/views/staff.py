"""/gestion/promociones/<cohort>/constancias: who receives the document, and issuing it."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from uuid import UUID

from flask import Response, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.certificates.actions.issue import Begun, begin
from lms.certificates.actions.seal import seal_again
from lms.certificates.formats import pdf
from lms.certificates.forms import IssueForm, ReviewForm, chosen
from lms.certificates.queries import candidates, desk, documents
from lms.certificates.queries.books import last_number
from lms.certificates.queries.checklists import open_of
from lms.certificates.queries.draw_up import sample as draw_sample
from lms.certificates.queries.office import office
from lms.certificates.queries.prepare import Prepared, Unprintable, prepare
from lms.certificates.rules import failures
from lms.certificates.rules.numbers import printed
from lms.certificates.rules.paper import signers
from lms.certificates.rules.qualify import Standing
from lms.certificates.rules.status import word
from lms.certificates.views import texts
from lms.certificates.views.files import deliver
from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import N_, Invalid, Refused
from lms.foundation.keys.keyring import Keyring
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.foundation.web.forms import Form
from lms.foundation.web.guard import guard
from lms.foundation.web.pagination import Page, page_of
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import database, reading, reading_connection

MOST_NAMES = 20


class Shown(StrEnum):
    """Which list the page shows."""

    QUALIFY = "cumplen"
    LACK = "no-cumplen"
    ISSUED = "emitidas"


_SHOWN = {
    Shown.QUALIFY: N_("Ready to issue"),
    Shown.LACK: N_("Not yet"),
    Shown.ISSUED: N_("Issued"),
}


@guard(Permission.CREDENTIAL_ISSUE, scope=cohort_scope)
def show(cohort: UUID) -> str:
    return _list(cohort, ReviewForm())


@guard(Permission.CREDENTIAL_ISSUE, scope=cohort_scope)
def review(cohort: UUID) -> ResponseReturnValue:
    """What would be issued, and what cannot be undone. Nothing is written."""
    form = ReviewForm()
    everybody = request.form.get("which") != "chosen"
    try:
        if not everybody and not chosen():
            raise Invalid(N_("Choose at least one person."))
        return _confirm(cohort, prepared_for(cohort, everybody), everybody)
    except (Invalid, Refused) as refusal:
        form.refuse(refusal)
        return _list(cohort, form), refusal.status


@guard(Permission.CREDENTIAL_ISSUE, scope=cohort_scope)
def issue(cohort: UUID) -> ResponseReturnValue:
    form = IssueForm()
    if not form.sent():
        raise Invalid(N_("Go back to the list and confirm again what to issue."))
    prepared = prepared_for(cohort, form.everybody)
    return submit(
        begin,
        prepared,
        current_app.config["PUBLIC_URL"],
        form=form,
        then=url_for("certificates.staff", cohort=cohort, ver=Shown.ISSUED.value),
        said=lambda begun: said_of(begun, prepared.unprintable),
        again=lambda: refused_page(cohort, form),
        confirmed=form.confirmed.data,
        whole_cohort=form.everybody,
    )


@guard(Permission.CREDENTIAL_ISSUE, scope=cohort_scope)
def sample(cohort: UUID) -> Response:
    """The document as it would look for the longest name; nothing is numbered or registered."""
    found = office(reading(), cohort)
    candidate = candidates.longest(reading(), found.cohort_id)
    if candidate is None:
        raise Refused(N_("Nobody in this cohort qualifies yet: there is nothing to show."))
    now = database().clock()
    drawn = draw_sample(found, candidate, current_app.config["PUBLIC_URL"], now)
    response = Response(pdf.render(drawn), mimetype=pdf.MEDIA_TYPE)
    response.headers["Content-Disposition"] = 'inline; filename="muestra.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response


@guard(Permission.CREDENTIAL_ISSUE, scope=cohort_scope)
def try_again(cohort: UUID) -> ResponseReturnValue:
    return submit(
        seal_again,
        cohort,
        form=ReviewForm(),
        then=url_for("certificates.staff", cohort=cohort, ver=Shown.ISSUED.value),
        said=_("The files are being made again. Look in a minute."),
    )


@guard(Permission.COHORT_VIEW, scope=cohort_scope)
def download(cohort: UUID, credential: UUID) -> ResponseReturnValue:
    return deliver(documents.of_cohort(reading(), credential, cohort), request.path)


def refused_page(cohort: UUID, refused: Form) -> str:
    """The list again, with what was refused at its top."""
    form = ReviewForm(formdata=None)
    form.form_errors = refused.form_errors
    return _list(cohort, form)


def _list(cohort: UUID, form: ReviewForm) -> str:
    reader = reading_connection()
    head = desk.head(reader, cohort)
    named = request.args.get("ver", "")
    shown = Shown(named) if named in set(Shown) else Shown.QUALIFY
    qualify, lack = candidates.counts(reader, head.id)
    many = {Shown.QUALIFY: qualify, Shown.LACK: lack, Shown.ISSUED: head.issued}
    number = page_of()
    lines: Sequence[object]
    stuck: Mapping[str, str] = {}
    if shown is Shown.ISSUED:
        lines = issued = documents.issued_in(reader, head.id, number)
        stuck = desk.stuck(reader, [each.uid for each in issued if each.sealed_sha256 is None])
    else:
        standing = Standing.QUALIFIES if shown is Shown.QUALIFY else Standing.LACKS
        lines = candidates.page(reader, head.id, standing, number)

    def address(of: Shown, number: int | None = None) -> str:
        ver = None if of is Shown.QUALIFY else of.value
        return url_for("certificates.staff", cohort=cohort, ver=ver, pagina=number)

    return render_template(
        "certificates/staff.html",
        head=head,
        form=form,
        shown=shown.value,
        qualify=qualify,
        lack=lack,
        stuck=stuck,
        why=failures.said,
        word=word,
        tabs=[(f"{_(said)} ({many[of]})", address(of), of is shown) for of, said in _SHOWN.items()],
        here=address(shown),
        page=Page(lines, number, candidates.PAGE_SIZE, many[shown]),
        page_url=lambda number: address(shown, number),
        reasons=texts.reasons,
        grade=lambda candidate: texts.grade(candidate, head.scale),
        checklist=open_of(reader, head.id),
    )


def prepared_for(cohort: UUID, everybody: bool) -> Prepared:
    """What would be issued. Refused where it could not be sealed: a number is for ever."""
    Keyring(database(), str(current_app.secret_key)).check()
    session = reading()
    pairs = None
    if not everybody:
        pairs = candidates.pairs_of(session, office(session, cohort).cohort_id, chosen())
    public_url = current_app.config["PUBLIC_URL"]
    return prepare(session, cohort, public_url, database().clock(), pairs)


def _confirm(cohort: UUID, prepared: Prepared, everybody: bool) -> str:
    if not prepared.ready:
        raise Refused(_why_none(prepared.unprintable), names=_names(prepared.unprintable))
    now = database().clock()
    many = len(prepared.ready)
    shown = {"confirmed": many, "which": "all" if everybody else "chosen"}
    last = last_number(reading(), prepared.office.institution_id, prepared.series)
    head = desk.head(reading(), cohort)
    return render_template(
        "certificates/confirm.html",
        form=IssueForm(formdata=None, data=shown),
        head=head,
        prepared=prepared,
        many=many,
        first=printed(prepared.series, last + 1),
        last=printed(prepared.series, last + many),
        day=prepared.office.day(now),
        signed=", ".join(f"{name} ({post})" for name, post in signers(prepared.office.policy)),
        names=[each.name for each in prepared.ready[:MOST_NAMES]],
        anew=[each.name for each in prepared.ready if each.annulled][:MOST_NAMES],
        more=max(0, many - MOST_NAMES),
        who=[] if everybody else request.form.getlist("who"),
        back=url_for("certificates.staff", cohort=cohort),
        two_persons=head.two_persons,
    )


def _why_none(unprintable: Sequence[Unprintable]) -> str:
    if unprintable:
        return N_("Nobody was left to issue to. These names cannot be printed: %(names)s.")
    return N_("Nobody in this list qualifies now, or all of them have their document already.")


def said_of(begun: Begun, unprintable: Sequence[Unprintable]) -> str:
    """What came of the registrar's word, in a sentence."""
    numbers = begun.issued.numbers
    if begun.queued:
        said = ngettext(
            "%(num)s document is being issued. You may leave this page.",
            "%(num)s documents are being issued. You may leave this page.",
            begun.queued,
        )
    elif len(numbers) == 1:
        said = _("Document %(number)s was issued.", number=numbers[0])
    elif numbers:
        said = _(
            "%(count)s documents were issued: %(first)s to %(last)s.",
            count=len(numbers),
            first=numbers[0],
            last=numbers[-1],
        )
    else:
        said = _("Nothing was issued: all of them have their document already.")
    if unprintable:
        left = _("These names cannot be printed: %(names)s.", names=_names(unprintable))
        return f"{said} {left}"
    return str(said)


def _names(unprintable: Sequence[Unprintable]) -> str:
    shown = ", ".join(f"{each.name} ({each.letters})" for each in unprintable[:MOST_NAMES])
    return shown if len(unprintable) <= MOST_NAMES else f"{shown}…"
