"""/gestion/promociones/<cohort>/calificaciones/columna: one column, typed for everybody."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import NotFound
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.foundation.web.guard import guard
from lms.foundation.web.pagination import Page, page_of
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import reading
from lms.grading.actions.enter import Mark, enter
from lms.grading.forms.writing import NEW, ColumnForm, column_form
from lms.grading.queries import book as queries
from lms.grading.queries.book import Asked, Book, Line
from lms.grading.rules.scheme import Column
from lms.grading.views.book import address, wanted_course
from lms.grading.views.figures import out_of

PAGE_SIZE = 100


@guard(Permission.GRADE_ENTER, cohort_scope)
def write(cohort: UUID) -> ResponseReturnValue:
    """A field for each person, in the order of the list; Enter saves the page."""
    session, number = reading(), page_of()
    of = queries.book(session, cohort, wanted_course())
    column = chosen(of)
    total = queries.count(session, of, Asked())
    people = queries.page(session, of, Asked(), number, PAGE_SIZE)
    found = queries.cells(session, of, [each.enrollment_id for each in people])
    now = {
        str(each.uid): cell.ratio
        for each in people
        if (cell := found[each.enrollment_id].get(column.key)) is not None
    }
    form = column_form(column, people, dict(now))
    page = Page(people, number, PAGE_SIZE, total)
    if request.method == "GET":
        return _html(of, column, form, page)
    valid = form.sent()
    read = form.read(column, people)
    if not valid or form.errors:
        return _html(of, column, form, page), 422
    marks = [Mark(UUID(uid), column.key, *both) for uid, both in read.items()]
    after = number + 1 if number < page.pages else 0
    return submit(
        enter,
        cohort,
        of.course.key,
        marks,
        form=form,
        then=here(of, column, after) if after else address(of),
        said=lambda many: (
            ngettext("%(num)s mark was saved.", "%(num)s marks were saved.", many)
            if many
            else _("Nothing was different.")
        ),
        again=lambda: _html(of, column, form, page),
    )


def chosen(of: Book) -> Column:
    """The column that the address names, the first without a name."""
    key = request.args.get("columna", "")
    found = of.scheme.column(key) if key else next(iter(of.scheme.columns), None)
    if found is None:
        raise NotFound()
    return found


def here(of: Book, column: Column, number: int = 1) -> str:
    """Where a page of a column is written."""
    return url_for(
        "grading.column",
        cohort=of.uid,
        curso=of.course.key,
        columna=column.key,
        pagina=number if number > 1 else None,
    )


def _html(of: Book, column: Column, form: ColumnForm, page: Page[Line]) -> str:
    return render_template(
        "grading/column.html",
        of=of,
        column=column,
        out_of=out_of(column),
        form=form,
        fields=[(each, form[NEW + str(each.uid)]) for each in page.items],
        columns=[
            (each.title, here(of, each), each.key == column.key) for each in of.scheme.columns
        ],
        page=page,
        page_url=lambda n: here(of, column, n),
        back=address(of),
    )
