"""/gestion/promociones/<cohort>/calificaciones/pegar and /traer: marks from a list or a sheet."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.enrollment.formats.pasted import rows_of
from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import Invalid, NotFound
from lms.foundation.kernel.points import Ratio
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.foundation.web.forms import Form
from lms.foundation.web.guard import guard
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import reading
from lms.grading.actions.enter import Mark, enter
from lms.grading.formats.sheet import read
from lms.grading.forms.writing import BringForm, KeepForm, paste_form
from lms.grading.queries.book import Book, book
from lms.grading.queries.lists import of_list, of_sheet
from lms.grading.rules.marks import read_mark
from lms.grading.rules.proposals import LookedOver, carried, read_carried
from lms.grading.rules.scheme import Column
from lms.grading.views.book import address, wanted_course
from lms.grading.views.figures import mark, out_of, signs

MOST_SHOWN = 200
_SIGNS = {"decimal": ".", "group": ","}


@guard(Permission.GRADE_ENTER, cohort_scope)
def paste(cohort: UUID) -> ResponseReturnValue:
    """Two columns, who and which mark; what becomes of each row is shown, nothing is written."""
    of = _book(cohort)
    form = paste_form(of)
    if not form.is_submitted():
        form.column.data = request.args.get("columna") or form.column.data
        return _pasting(of, form)
    if not form.sent():
        return _pasting(of, form), 422
    column = of.scheme.column(form.column.data)
    assert column is not None
    try:
        looked = of_list(reading(), of, column, rows_of(form.text.data), _in_words)
    except Invalid as wrong:
        form.refuse(wrong)
        return _pasting(of, form), 422
    return _pasting(of, form, looked)


@guard(Permission.GRADE_ENTER, cohort_scope)
def bring(cohort: UUID) -> ResponseReturnValue:
    """A sheet that was taken from here; each difference is shown, nothing is written."""
    of, form = _book(cohort), BringForm()
    if not form.is_submitted():
        return _bringing(of, form)
    sent = request.files.get("sheet")
    try:
        if not form.sent() or sent is None or not sent.filename:
            said = _("Choose the sheet.")
            raise Invalid(said, fields={"sheet": said})
        looked = of_sheet(reading(), of, *read(sent.read()), _as_figures)
    except Invalid as wrong:
        form.refuse(wrong)
        return _bringing(of, form), 422
    return _bringing(of, form, looked)


@guard(Permission.GRADE_ENTER, cohort_scope)
def keep(cohort: UUID) -> ResponseReturnValue:
    """Save what was looked over: all of it, unless somebody wrote other marks meanwhile."""
    of, form = _book(cohort), KeepForm()
    wanted = read_carried(form.changes.data or "")
    for each in request.form.getlist("apart"):
        wanted += read_carried(each)
    marks = [Mark(*each) for each in wanted]
    return submit(
        enter,
        cohort,
        of.course.key,
        marks,
        form=form,
        then=address(of),
        said=lambda many: (
            ngettext("%(num)s mark was saved.", "%(num)s marks were saved.", many)
            if many
            else _("Nothing was different.")
        ),
    )


def _book(cohort: UUID) -> Book:
    of = book(reading(), cohort, wanted_course())
    if not of.scheme.columns:
        raise NotFound()
    return of


def _in_words(column: Column, text: str) -> Ratio | None:
    """A mark as people of the country write it."""
    return read_mark(text, column.kind, column.top, **signs())


def _as_figures(column: Column, text: str) -> Ratio | None:
    """A mark as a cell of a sheet has it: programs of sheets keep figures with a point; what was
    typed as text is read as people write it."""
    try:
        return read_mark(text, column.kind, column.top, **_SIGNS)
    except Invalid:
        return _in_words(column, text)


def _pasting(of: Book, form: Form, looked: LookedOver | None = None) -> str:
    return render_template(
        "grading/paste.html", form=form, of=of, back=address(of), **_found(of, looked),
        rules=[(each.title, out_of(each)) for each in of.scheme.columns],
    )  # fmt: skip


def _bringing(of: Book, form: Form, looked: LookedOver | None = None) -> str:
    return render_template(
        "grading/bring.html", form=form, of=of, back=address(of), **_found(of, looked)
    )


def _found(of: Book, looked: LookedOver | None) -> dict[str, object]:
    """What was found, for the page: differences, what is kept apart, refusals in words."""
    if looked is None:
        return {"looked": None}
    columns = {each.key: each for each in of.scheme.columns}

    def said(each: object, ratio: Ratio | None, key: str) -> str:
        return mark(columns[key], ratio) or "—"

    return {
        "looked": looked,
        "keep_form": KeepForm(formdata=None, data={"changes": carried(looked.plain)}),
        "keep_url": url_for("grading.keep", cohort=of.uid, curso=of.course.key),
        "differences": [
            (each.name, columns[each.key].title, said(each, each.now, each.key),
             said(each, each.ratio, each.key))
            for each in looked.plain[:MOST_SHOWN]
        ],
        "apart": [
            (carried([each]), each.name, columns[each.key].title, said(each, each.now, each.key),
             said(each, each.ratio, each.key))
            for each in looked.apart[:MOST_SHOWN]
        ],
        "refusals": [
            (each.line, each.who, each.column,
             _(each.message) % each.params if each.params else _(each.message))
            for each in looked.refusals[:MOST_SHOWN]
        ],
    }  # fmt: skip
