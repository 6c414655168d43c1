"""/gestion/promociones/<cohort>/constancias/entrega: papers in the office, handing them over."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.certificates.actions.deliver import deliver, undo
from lms.certificates.forms import DeliveryForm, ReviewForm, UndoForm
from lms.certificates.queries import delivering as queries
from lms.certificates.queries import desk, documents
from lms.certificates.queries.delivering import Paper
from lms.certificates.queries.office import office
from lms.certificates.rules.delivering import MOST, SAID, Way
from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import N_, NotFound, Refused
from lms.foundation.kernel.spreadsheet import BEGINNING, lines
from lms.foundation.locale.formats import day
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.pagination import Page, page_of
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import database, reading, reading_connection
from lms.people.models import Person

ISSUE = Permission.CREDENTIAL_ISSUE
GONE = "entregadas"
NOWHERE = "-"


@guard(ISSUE, scope=cohort_scope)
def show(cohort: UUID) -> str:
    return _list(cohort, ReviewForm())


@guard(ISSUE, scope=cohort_scope)
def look_over(cohort: UUID) -> ResponseReturnValue:
    """Whose papers, and what to put down of them. Nothing is written."""
    try:
        papers = _asked(cohort)
    except Refused as refusal:
        form = ReviewForm(formdata=None)
        form.refuse(refusal)
        return _list(cohort, form), refusal.status
    head = desk.head(reading_connection(), cohort)
    me = reading().get_one(Person, signed_in().person_id)
    today = office(reading(), cohort).day(database().clock())
    given = {"way": Way.HOLDER.value, "on": today, "handed_by": me.full_name}
    form = DeliveryForm(formdata=None, data=given)
    return _form(head, form, papers)


@guard(ISSUE, scope=cohort_scope)
def do(cohort: UUID) -> ResponseReturnValue:
    form = DeliveryForm()
    head = desk.head(reading_connection(), cohort)
    uids = _uids()
    papers = queries.chosen(reading(), head.id, uids)

    def again() -> str:
        return _form(head, form, papers)

    if not form.sent():
        return again(), 422
    return submit(
        deliver,
        cohort,
        uids,
        form.handing(),
        form=form,
        then=url_for("certificates.delivery", cohort=cohort, ver=GONE),
        said=lambda many: ngettext(
            "It is put down that %(num)s paper left the office.",
            "It is put down that %(num)s papers left the office.",
            many,
        ),
        again=again,
        shown=len(uids),
    )


@guard(ISSUE, scope=cohort_scope)
def sheet(cohort: UUID) -> str:
    """The papers in the office, to be signed for by whoever receives each."""
    head = desk.head(reading_connection(), cohort)
    town = _town()
    return render_template(
        "certificates/delivery_sheet.html",
        head=head,
        house=office(reading(), cohort),
        town=town,
        papers=queries.papers(reading_connection(), head.id, town),
        back=_address(cohort, False, town),
    )


@guard(ISSUE, scope=cohort_scope)
def table(cohort: UUID) -> Response:
    """The same list for a spreadsheet, whole."""
    head = desk.head(reading_connection(), cohort)
    gone = request.args.get("ver") == GONE
    found = queries.papers(reading_connection(), head.id, _town(), gone=gone)
    response = Response("".join(_pieces(found)), mimetype="text/csv")
    name = f"{GONE if gone else 'por-entregar'}-{head.key}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


@guard(ISSUE, scope=cohort_scope)
def take_back(cohort: UUID, credential: UUID) -> ResponseReturnValue:
    """A delivery that was put down by mistake, with the reason."""
    document = documents.of_cohort(reading(), credential, cohort)
    gone = queries.gone_of(reading(), [credential]).get(credential)
    if gone is None:
        raise NotFound()
    form = UndoForm()

    def page() -> str:
        return render_template(
            "certificates/delivery_undo.html",
            head=desk.head(reading_connection(), cohort),
            record=document.record,
            document=document,
            said=said(gone),
            form=form,
        )

    if not form.is_submitted():
        return page()
    if not form.sent():
        return page(), 422
    return submit(
        undo,
        cohort,
        credential,
        form.reason.data,
        form=form,
        then=url_for("certificates.document", cohort=cohort, credential=credential),
        said=_("The delivery is undone. The paper counts as in the office again."),
        again=page,
    )


def said(gone: queries.Gone) -> str:
    """How a paper left the office, in a sentence."""
    return str(_(SAID[Way(gone.way)], day=day(gone.on), who=gone.received_by))


def _list(cohort: UUID, form: ReviewForm) -> str:
    reader = reading_connection()
    head = desk.head(reader, cohort)
    towns = queries.towns(reader, head.id)
    town, gone, number = _town(), request.args.get("ver") == GONE, page_of()
    here = sum(each.here for each in towns if town in (None, each.name))
    waiting, handed = _("To be handed over"), _("Handed over")
    left = sum(each.gone for each in towns if town in (None, each.name))
    return render_template(
        "certificates/delivery.html",
        head=head,
        form=form,
        towns=towns,
        town=town,
        named=_named(town),
        gone=gone,
        here=here,
        most=MOST,
        said=said,
        tabs=[
            (f"{waiting} ({here})", _address(cohort, False, town), not gone),
            (f"{handed} ({left})", _address(cohort, True, town), gone),
        ],
        page=Page(
            queries.papers(reader, head.id, town, gone=gone, number=number),
            number,
            queries.PAGE_SIZE,
            left if gone else here,
        ),
        page_url=lambda n: _address(cohort, gone, town, n),
        csv=url_for(
            "certificates.delivery_table",
            cohort=cohort,
            ver=GONE if gone else None,
            municipio=_named(town),
        ),
    )


def _form(head: desk.Head, form: DeliveryForm, papers: Sequence[Paper]) -> str:
    return render_template(
        "certificates/delivery_confirm.html",
        head=head,
        form=form,
        papers=papers,
        back=url_for("certificates.delivery", cohort=head.uid),
    )


def _asked(cohort: UUID) -> Sequence[Paper]:
    """The papers that were ticked, or all of the municipality that is shown."""
    reader = reading_connection()
    head = desk.head(reader, cohort)
    if request.form.get("which") == "all":
        found = queries.papers(reader, head.id, _town())
        if len(found) > MOST:
            raise Refused(N_("At most 200 at a time. Choose a municipality."))
    else:
        found = queries.chosen(reader, head.id, _uids())
    if not found:
        raise Refused(N_("Tick at least one paper that is in the office."))
    return found


def _uids() -> list[UUID]:
    found = []
    for text in request.form.getlist("who")[: MOST + 1]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return list(dict.fromkeys(found))


def _town() -> str | None:
    """The municipality that the address names; all where it names none."""
    named = request.args.get("municipio", "")
    return "" if named == NOWHERE else named or None


def _named(town: str | None) -> str | None:
    """A municipality as an address names it."""
    return NOWHERE if town == "" else town


def _address(cohort: UUID, gone: bool, town: str | None, number: int | None = None) -> str:
    return url_for(
        "certificates.delivery",
        cohort=cohort,
        ver=GONE if gone else None,
        municipio=_named(town),
        pagina=number,
    )


def _pieces(papers: Sequence[Paper]) -> Iterator[str]:
    heads = [
        _("Register number"), _("Surnames and given names"), _("Municipality"), _("Course"),
        _("Date"), _("How"), _("Who received it"), _("Document shown"), _("Handed over by"),
    ]  # fmt: skip
    yield BEGINNING + "".join(lines([heads]))
    yield from lines(_cells(each) for each in papers)


def _cells(paper: Paper) -> list[str]:
    cells = [paper.number, paper.surnames_first, paper.municipality, paper.course]
    if paper.gone is None:
        return cells + [""] * 5
    gone = paper.gone
    who = paper.name if gone.way == Way.HOLDER else gone.received_by
    return [*cells, gone.on.isoformat(), said(gone), who, gone.document, gone.handed_by]
