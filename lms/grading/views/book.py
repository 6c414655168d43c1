"""/gestion/promociones/<cohort>/calificaciones: everybody's marks in a course, and the grade."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for

from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.access.policy import allows
from lms.foundation.kernel.errors import N_
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.pagination import Page, page_of
from lms.foundation.web.reading import reading
from lms.grading.queries import book as queries
from lms.grading.queries.book import BELOW, WITHOUT, Asked, Book
from lms.grading.views.figures import grade
from lms.grading.views.headings import Shown, headings, shown

LONGEST = 80


@dataclass(frozen=True, slots=True)
class Row:
    """One person as the page shows them."""

    name: str
    uid: UUID
    grade: str
    passes: bool
    recognised: bool
    cells: list[Shown]


@guard(Permission.COHORT_VIEW, cohort_scope)
def show(cohort: UUID) -> str:
    """A page of people and all their marks; each leads to what explains it."""
    session, number = reading(), page_of()
    of, asked = queries.book(session, cohort, wanted_course()), _asked()
    said = headings(of)
    total = queries.count(session, of, asked)
    lines = queries.page(session, of, asked, number) if total else []
    found = queries.cells(session, of, [each.enrollment_id for each in lines]) if lines else {}
    grading = of.grading
    rows = [
        Row(
            line.name,
            line.uid,
            grade(grading.scale, line.ratio if found[line.enrollment_id] else None),
            line.ratio is not None and grading.scale.passed(line.ratio, grading.pass_mark),
            line.recognised,
            shown(of, said, line, dict(found[line.enrollment_id])),
        )
        for line in lines
    ]
    return render_template(
        "grading/book.html",
        of=of,
        headings=said,
        rows=rows,
        asked=asked,
        filters=_filters(of, asked),
        courses=[
            (each.title, address(of, course=each.key), each is of.course) for each in of.courses
        ],
        page=Page(rows, number, queries.PAGE_SIZE, total),
        page_url=lambda n: address(of, asked, pagina=n),
        least=grade(grading.scale, grading.pass_mark),
        doors=doors(of),
        here=address(of),
    )


def wanted_course() -> str:
    """The course that the address names."""
    return request.args.get("curso", "")


def address(of: Book, asked: Asked | None = None, course: str = "", **more: Any) -> str:
    """Where the gradebook of a course is, as it is asked for."""
    parts: dict[str, Any] = {"curso": course or (of.course.key if len(of.courses) > 1 else None)}
    if asked is not None:
        parts |= {"q": asked.text or None, "ver": asked.shown or None}
        parts["columna"] = asked.column or None
    return url_for("grading.book", cohort=of.uid, **parts, **more)


def doors(of: Book) -> list[tuple[str, str, str]]:
    """What can be done with the marks of the course, for who may: words, address, icon."""
    scope, identity = cohort_scope(of.uid), signed_in()
    course = of.course.key
    found = []
    if allows(identity, Permission.GRADE_ENTER, scope) and of.scheme.columns:
        found += [
            (_("Write a column"), "grading.column", "pencil"),
            (_("Paste marks"), "grading.paste", "clipboard-list"),
        ]
    found.append((_("Excel"), "grading.workbook", "download"))
    found.append(("CSV", "grading.sheet", "download"))
    if allows(identity, Permission.GRADE_ENTER, scope) and of.scheme.columns:
        found.append((_("Bring a sheet back"), "grading.bring", "upload"))
    if allows(identity, Permission.COHORT_OPEN, scope):
        found.append((_("How the grade is put together"), "grading.arrange", "calculator"))
    return [
        (said, url_for(endpoint, cohort=of.uid, curso=course), icon)
        for said, endpoint, icon in found
    ]


_SHOWN = {"": N_("Everybody"), BELOW: N_("Below the pass mark"), WITHOUT: N_("Without some mark")}


def _filters(of: Book, asked: Asked) -> list[tuple[str, str, bool]]:
    return [
        (_(said), address(of, Asked(asked.text, value)), asked.shown == value)
        for value, said in _SHOWN.items()
    ]


def _asked() -> Asked:
    shown_now = request.args.get("ver", "")
    return Asked(
        request.args.get("q", "")[:LONGEST],
        shown_now if shown_now in _SHOWN else "",
        request.args.get("columna", "")[:LONGEST],
    )
