"""An act to take along: printed, as a table, as data."""

from collections.abc import Iterator
from uuid import UUID

from flask import Response, jsonify

from lms.acts.actions.close import number_of
from lms.acts.formats.sheet import render
from lms.acts.queries import closed as queries
from lms.acts.queries.written import document
from lms.acts.views.texts import outcome
from lms.certificates.queries.office import office
from lms.certificates.rules.paper import paper
from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.spreadsheet import BEGINNING, lines
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.reading import reading


@guard(Permission.ACT_VIEW, cohort_scope)
def sheet(cohort: UUID, act: UUID) -> Response:
    """The act to print, sign and seal; what is signed already is said in its box."""
    session = reading()
    found = queries.act_of(session, cohort, act)
    house = office(session, cohort)
    said = document(found, queries.signatures(session, found.id))
    made = render(said, paper=paper(house.country), hue=house.hue)
    return _named(Response(made, mimetype="application/pdf"), number_of(found), "pdf")


@guard(Permission.ACT_VIEW, cohort_scope)
def table(cohort: UUID, act: UUID) -> Response:
    """The lines of the act for a spreadsheet."""
    session = reading()
    found = queries.act_of(session, cohort, act)
    said = document(found, ())["record"]["lines"]
    body = BEGINNING + "".join(lines(_rows(said)))
    return _named(Response(body, mimetype="text/csv"), number_of(found), "csv")


@guard(Permission.ACT_VIEW, cohort_scope)
def data(cohort: UUID, act: UUID) -> Response:
    """The record of the act, its hash and its signatures, for machines."""
    session = reading()
    found = queries.act_of(session, cohort, act)
    said = document(found, queries.signatures(session, found.id))
    return _named(jsonify(said), number_of(found), "json")


def _rows(said: list[dict[str, str]]) -> Iterator[list[str]]:
    yield [
        _("Place"), _("Surnames and given names"), _("Document"), _("Result"), _("Grade")
    ]  # fmt: skip
    for each in said:
        yield [
            str(each["n"]),
            each["name"],
            each["document"],
            outcome(each["outcome"])[0],
            each["grade"],
        ]


def _named(response: Response, number: str, ending: str) -> Response:
    how = "inline" if ending == "pdf" else "attachment"
    response.headers["Content-Disposition"] = f'{how}; filename="acta-{number}.{ending}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
