"""/gestion/promociones/<cohort>/notas.csv: everybody of a cohort, for a spreadsheet."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from flask import Response, request, stream_with_context

from lms.catalog.queries.structure import CourseStructure
from lms.desk.formats.spreadsheet import BEGINNING, lines
from lms.desk.queries import cohort as queries
from lms.desk.queries.cohort import CohortHead
from lms.desk.queries.people import Wanted, everybody
from lms.desk.rules.standings import Stand
from lms.desk.views.cohort import graded_of, shown_of
from lms.desk.views.standing import state_of
from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.points import GradeScale
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.reading import database, reading
from lms.grading.rules.policy import grading_of


@guard(Permission.COHORT_VIEW, cohort_scope)
def send(cohort: UUID) -> Response:
    """Names, municipality, grades and state of the people that the page shows, all pages."""
    now = database().clock()
    head = queries.head(reading(), cohort)
    course = head.course(request.args.get("curso", ""))
    shown = shown_of(request.args.get("ver", ""))
    body = stream_with_context(_pieces(head, course, shown, now))
    response = Response(body, mimetype="text/csv")
    name = f"{course.key}-{now.date().isoformat()}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _pieces(
    head: CohortHead, course: CourseStructure, shown: Stand | None, now: datetime
) -> Iterator[str]:
    graded = graded_of(course)
    scale = grading_of(head.policy, course.pass_mark).scale
    titles = [_("Surnames and given names"), _("Municipality"), *(each.title for each in graded)]
    titles += [_("Grade"), _("State"), _("What is missing"), _("Last entry")]
    yield BEGINNING + "".join(lines([titles]))
    # A session of its own: the request's own may be gone while a slow line still reads.
    with database().reading() as session:
        for people, results in everybody(session, Wanted(head, course.id, shown, now)):
            yield "".join(
                lines(
                    [
                        line.name,
                        line.municipality,
                        *(_plain(scale, own.get(each.key)) for each in graded),
                        _plain(scale, line.ratio if own else None),
                        state.word,
                        state.why,
                        seen_at.date().isoformat() if seen_at else "",
                    ]
                    for line in people
                    for own in (results.get(line.enrollment_id, {}),)
                    for state in (state_of(line, head.days, now),)
                    for seen_at in (line.known.last_seen_at,)
                )
            )


def _plain(scale: GradeScale, ratio: int | None) -> str:
    """A grade as a plain number, which spreadsheets of any country read."""
    found: Decimal | None = None if ratio is None else scale.grade(ratio)
    return "" if found is None else str(found)
