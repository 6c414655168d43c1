"""/gestion/promociones/<cohort>/calificaciones.xlsx and .csv: the gradebook as a sheet."""

import io
from collections.abc import Iterator
from uuid import UUID

from flask import Response, send_file

from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.spreadsheet import BEGINNING, lines
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.reading import reading
from lms.grading.formats.sheet import Cell, Head, control, workbook
from lms.grading.queries import book as queries
from lms.grading.queries.book import AT_ONCE, MOST_PEOPLE, Asked, Book
from lms.grading.queries.book import Cell as Counted
from lms.grading.rules.marks import Kind, number_of, written_mark
from lms.grading.rules.scheme import Column
from lms.grading.views.book import wanted_course
from lms.grading.views.headings import Heading, headings

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@guard(Permission.COHORT_VIEW, cohort_scope)
def send_workbook(cohort: UUID) -> Response:
    """Everybody, with every column; the one of typed marks can be written in and brought back."""
    of = queries.book(reading(), cohort, wanted_course())
    said = [each for each in headings(of) if not each.is_sum]
    data = workbook(of.course.title, _titles(of, said), _rows(of, said))
    return _named(send_file(io.BytesIO(data), mimetype=_EXCEL), of, "xlsx")


@guard(Permission.COHORT_VIEW, cohort_scope)
def send(cohort: UUID) -> Response:
    """The same as CSV."""
    of = queries.book(reading(), cohort, wanted_course())
    said = [each for each in headings(of) if not each.is_sum]
    rows = [["" if cell is None else str(cell) for cell in row] for row in _rows(of, said)]
    text = BEGINNING + "".join(lines([_titles(of, said), *rows]))
    return _named(Response(text, mimetype="text/csv"), of, "csv")


def _named(response: Response, of: Book, ending: str) -> Response:
    name = f"notas-{of.course.key}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _titles(of: Book, said: list[Heading]) -> list[str]:
    titles = _distinct([each.title for each in said])
    keys = dict(zip(titles, [each.key for each in said], strict=True))
    head = Head(str(of.uid), of.course.key, keys)
    return [head.written(), _("Surnames and given names"), _("Grade"), *titles]


def _distinct(titles: list[str]) -> list[str]:
    """No two columns of a sheet are called the same."""
    found: list[str] = []
    for each in titles:
        number, title = 1, each
        while title in found:
            number += 1
            title = f"{each} ({number})"
        found.append(title)
    return found


def _rows(of: Book, said: list[Heading]) -> Iterator[list[Cell]]:
    session, scale = reading(), of.grading.scale
    people = queries.page(session, of, Asked(), 1, MOST_PEOPLE)
    for at in range(0, len(people), AT_ONCE):
        some = people[at : at + AT_ONCE]
        found = queries.cells(session, of, [each.enrollment_id for each in some])
        for line in some:
            own = found[line.enrollment_id]
            values = {each.key: _value(of, each, own.get(each.key)) for each in said}
            before = {key: str(value) for key, value in values.items() if value is not None}
            total = scale.grade(line.ratio) if own and line.ratio is not None else None
            yield [control(str(line.uid), before), line.name, total, *values.values()]


def _value(of: Book, heading: Heading, cell: Counted | None) -> Cell:
    if cell is None:
        return None
    column: Column | None = heading.column
    if column is None:
        return of.grading.scale.grade(cell.ratio)
    if column.kind == Kind.NUMBER:
        number = number_of(cell.ratio, column.top)
        return int(number) if number == int(number) else number.normalize()
    text = written_mark(cell.ratio, column.kind, column.top)
    return _(text) if column.kind == Kind.VERDICT else text
