"""/gestion/promociones/<cohort>: who stands where in a cohort, and what can be done about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for

from lms.catalog.activity import activity_kinds
from lms.catalog.queries.structure import ActivityStructure, CourseStructure
from lms.desk.queries import cohort as queries
from lms.desk.queries import people
from lms.desk.queries.cohort import CohortHead, Figures
from lms.desk.queries.people import Line, Wanted
from lms.desk.rules.standings import WORDS, Stand
from lms.desk.views.standing import State, state_of
from lms.desk.views.sums import grade
from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.access.policy import allows
from lms.foundation.access.scopes import Scope
from lms.foundation.kernel.errors import N_
from lms.foundation.kernel.text import one_line
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.pagination import Page, page_of
from lms.foundation.web.reading import database, reading
from lms.grading.rules.policy import Grading, grading_of

LONGEST = 80


_MANAGE = (
    (N_("Add people"), "enrollment.add", "user-plus"),
    (N_("Invited, not in yet"), "enrollment.invited", "mail"),
    (N_("Change dates, seats and signatures"), "enrollment.edit", "pencil"),
    (N_("Who teaches"), "enrollment.team", "users"),
    (N_("Invitation keys"), "enrollment.keys", "key-round"),
    (N_("Copy to a new cohort"), "enrollment.copy", "copy"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One person as the table shows them."""

    name: str
    url: str
    municipality: str
    grades: list[str]
    grade: str
    state: State


@dataclass(frozen=True, slots=True)
class Doors:
    """Where from here, as far as this member of staff may go."""

    issue: str | None
    announce: str | None
    requests: str | None
    attempts: str | None
    sheet: str
    manage: list[tuple[str, str, str]]
    """What a registrar does with the cohort itself: words, address, icon."""


@guard(Permission.COHORT_VIEW, cohort_scope)
def show(cohort: UUID) -> str:
    """The people of a cohort in one of its courses."""
    session, now = reading(), database().clock()
    head = queries.head(session, cohort)
    course = head.course(request.args.get("curso", ""))
    shown = shown_of(request.args.get("ver", ""))
    text = one_line(request.args.get("q", "")[: 4 * LONGEST])[:LONGEST]
    found = queries.figures(session, head, course.id, now)
    wanted, number = Wanted(head, course.id, shown, now, text), page_of()
    lines = people.page(session, wanted, number)
    total = people.count_found(session, wanted) if text else found.of(shown)
    lines = lines[: people.PAGE_SIZE]
    results = people.grades(session, lines, course.id)
    grading = grading_of(head.policy, course.pass_mark)
    graded = graded_of(course)
    is_over = now >= head.days.over_at

    def address(**changed: Any) -> str:
        kept = {
            "curso": request.args.get("curso") or None,
            "ver": shown and shown.value,
            "q": text or None,
        }
        return url_for("desk.cohort", cohort=cohort, **(kept | changed))

    return render_template(
        "desk/cohort.html",
        head=head,
        course=course,
        graded=graded,
        is_over=is_over,
        figures=_figures(found, is_over, address),
        filters=_filters(found, shown, address),
        courses=[
            (each.title, address(curso=each.key, pagina=None), each.key == course.key)
            for each in head.courses
        ],
        rows=[_row(head, line, results, graded, grading, now) for line in lines],
        page=Page(lines, number, people.PAGE_SIZE, total),
        page_url=lambda n: address(pagina=n),
        text=text,
        shown=shown.value if shown else "",
        asked_course=request.args.get("curso", ""),
        ready=found.of(Stand.READY),
        doors=_doors(head, found),
    )


def shown_of(named: str) -> Stand | None:
    """The filter that an address names; anything odd shows everybody."""
    return Stand(named) if named in set(Stand) else None


def graded_of(course: CourseStructure) -> list[ActivityStructure]:
    """The activities of a course that count for its grade."""
    kinds = activity_kinds()
    return [each for each in course.activities if kinds[each.kind].graded and each.weight]


def _figures(found: Figures, is_over: bool, address: Any) -> list[tuple[Any, ...]]:
    """How many there are, and how many stand as the staff must know now."""
    shown = (
        (Stand.FAILED, Stand.READY, Stand.ISSUED)
        if is_over
        else (Stand.ON_THE_WAY, Stand.ABSENT, Stand.READY)
    )
    return [
        (found.people, ngettext("Person enrolled", "People enrolled", found.people)),
        *((found.of(of), _(WORDS[of][0]), address(ver=of.value, pagina=None)) for of in shown),
    ]


def _filters(found: Figures, shown: Stand | None, address: Any) -> list[tuple[str, str, bool]]:
    """Everybody, and each state in which there is somebody."""
    everybody = _("Everybody")
    return [
        (f"{everybody} ({found.people})", address(ver=None, pagina=None), shown is None),
        *(
            (f"{_(WORDS[of][0])} ({found.of(of)})", address(ver=of.value, pagina=None), of is shown)
            for of in Stand
            if found.of(of) or of is shown
        ),
    ]


def _row(
    head: CohortHead,
    line: Line,
    results: Mapping[int, Mapping[str, int]],
    graded: list[ActivityStructure],
    grading: Grading,
    now: Any,
) -> Row:
    own = results.get(line.enrollment_id, {})
    return Row(
        name=line.name,
        url=url_for("desk.person", cohort=head.uid, enrollment=line.uid),
        municipality=line.municipality,
        grades=[grade(grading.scale, own.get(each.key)) for each in graded],
        grade=grade(grading.scale, line.ratio if own else None),
        state=state_of(line, head.days, now),
    )


def scope_of(head: CohortHead) -> Scope:
    """The cohort's place, to ask what else its reader may do there."""
    return Scope(
        institution_id=head.institution_id,
        cohort_id=head.id,
        course_ids=frozenset(course.course_id for course in head.courses),
    )


def _doors(head: CohortHead, found: Figures) -> Doors:
    identity, scope, uid = signed_in(), scope_of(head), head.uid

    def door(permission: Permission, endpoint: str) -> str | None:
        return url_for(endpoint, cohort=uid) if allows(identity, permission, scope) else None

    return Doors(
        issue=door(Permission.CREDENTIAL_ISSUE, "certificates.staff"),
        announce=door(Permission.ANNOUNCEMENT_WRITE, "learning.staff_announce"),
        requests=door(Permission.ENROLLMENT_DECIDE, "enrollment.applications")
        if found.applied
        else None,
        attempts=door(Permission.ATTEMPT_REVIEW, "assessment.staff_attempts"),
        sheet=url_for(
            "desk.sheet",
            cohort=uid,
            curso=request.args.get("curso") or None,
            ver=request.args.get("ver") or None,
        ),
        manage=[
            (_(said), url, icon)
            for said, endpoint, icon in _MANAGE
            if (url := door(Permission.COHORT_OPEN, endpoint)) is not None
        ],
    )
