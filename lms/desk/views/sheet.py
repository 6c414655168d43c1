"""/gestion/promociones/<cohort>/notas.csv and .xlsx: the list as it stands, for a spreadsheet."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Response, send_file, stream_with_context

from lms.desk.formats.workbook import MIMETYPE, Cell, workbook
from lms.desk.queries.people import Line, everybody
from lms.desk.rules.asked import TITLES, Column
from lms.desk.views.listing import Listing, listing
from lms.desk.views.standing import state_of
from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.points import GradeScale
from lms.foundation.kernel.spreadsheet import BEGINNING, lines
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.reading import database


@guard(Permission.COHORT_VIEW, cohort_scope)
def send(cohort: UUID) -> Response:
    """The people that the page shows, all pages, in its columns and order, as CSV."""
    found = listing(cohort)
    body = stream_with_context(_pieces(found))
    return _named(Response(body, mimetype="text/csv"), found, "csv")


@guard(Permission.COHORT_VIEW, cohort_scope)
def send_workbook(cohort: UUID) -> Response:
    """The same for Excel: figures are figures and days are days."""
    found = listing(cohort)
    file = workbook(found.course.title, _titles(found), _rows(found))
    return _named(send_file(file, mimetype=MIMETYPE), found, "xlsx")


def _named(response: Response, found: Listing, ending: str) -> Response:
    today = found.now.astimezone(ZoneInfo(found.head.zone)).date().isoformat()
    name = f"{found.course.key}-{today}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _pieces(found: Listing) -> Iterator[str]:
    yield BEGINNING + "".join(lines([_titles(found)]))
    yield from lines([_written(cell) for cell in row] for row in _rows(found))


def _written(cell: Cell) -> str:
    """A cell as text: a moment by its own clock, a figure plain, as any country reads it."""
    match cell:
        case None:
            return ""
        case datetime():
            return f"{cell:%Y-%m-%d %H:%M}"
        case _:
            return str(cell)


def _titles(found: Listing) -> list[str]:
    titles = [_("Surnames and given names")]
    for column in found.asked.columns:
        match column:
            case Column.GRADES:
                titles += [each.title for each in found.graded]
            case Column.PROGRESS:
                titles += [_("Activities finished"), _("Activities of the course")]
            case Column.STATE:
                titles += [_("State"), _("What is missing")]
            case _:
                titles.append(_(TITLES[column]))
    return titles


def _rows(found: Listing) -> Iterator[list[Cell]]:
    # A session of its own: the request's own may be gone while a slow line still reads.
    with database().reading() as session:
        for people, results in everybody(session, found.wanted):
            for line in people:
                yield _row(found, line, results.get(line.enrollment_id, {}))


def _row(found: Listing, line: Line, own: Mapping[str, int]) -> list[Cell]:
    scale, zone = found.grading.scale, ZoneInfo(found.head.zone)
    cells: list[Cell] = [line.name]
    for column in found.asked.columns:
        match column:
            case Column.MUNICIPALITY:
                cells.append(line.municipality)
            case Column.GRADES:
                cells += [_plain(scale, own.get(each.key)) for each in found.graded]
            case Column.GRADE:
                cells.append(_plain(scale, line.ratio if own else None))
            case Column.PROGRESS:
                total = len(found.course.activities)
                cells += [min(line.done, total), total]
            case Column.STATE:
                state = state_of(line, found.head.days, found.now)
                cells += [state.word, state.why]
            case Column.SEEN:
                seen = line.known.last_seen_at
                cells.append(seen.astimezone(zone) if seen else None)
            case Column.ADMITTED:
                cells.append(line.known.admitted_at.astimezone(zone).date())
            case Column.DOCUMENT:
                cells.append(line.document)
            case Column.MAIL:
                cells.append(line.mail)
            case Column.PHONE:
                cells.append(line.phone)
    return cells


def _plain(scale: GradeScale, ratio: int | None) -> Decimal | None:
    return None if ratio is None else scale.grade(ratio)
