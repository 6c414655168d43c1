"""/gestion: the staff room, with what waits for whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import render_template, url_for

from lms.desk.queries.staff import CohortLine, Figures, figures, of_interest
from lms.enrollment.queries.cohorts import Phase
from lms.enrollment.queries.visible import grants_for, place_of, visible
from lms.foundation.access.identity import Identity
from lms.foundation.access.permissions import Permission
from lms.foundation.access.scopes import Scope
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import current_identity, signed_in
from lms.foundation.web.reading import database, reading

LATELY = timedelta(days=30)


def staff_place(**_values: Any) -> Scope:
    """The place of the staff room: it shows only what the reader's grants reach."""
    return place_of(grants_for(current_identity(), Permission.STAFF_ROOM))


@dataclass(frozen=True, slots=True)
class CohortCard:
    """A cohort with its doors."""

    uid: UUID
    title: str
    programme: str
    line: CohortLine
    url: str
    tasks: list[tuple[str, str, str]]


@guard(Permission.STAFF_ROOM, staff_place)
def show() -> str:
    """Cards to what one may do, and the cohorts in which something waits."""
    identity, now = signed_in(), database().clock()
    sees = grants_for(identity, Permission.COHORT_VIEW)
    decides = bool(grants_for(identity, Permission.ENROLLMENT_DECIDE))
    issues = bool(grants_for(identity, Permission.CREDENTIAL_ISSUE))
    lines: Sequence[CohortLine] = ()
    tiles: list[tuple[Any, ...]] = []
    if sees:
        seen = visible(sees)
        lines = of_interest(reading(), seen, now, now - LATELY)
        tiles = _figures(figures(reading(), seen, now), decides=decides, issues=issues)
    return render_template(
        "desk/staff.html",
        figures=tiles,
        cohorts=[_card(line, decides=decides, issues=issues) for line in lines],
        sees=bool(sees),
        signs=bool(grants_for(identity, Permission.CREDENTIAL_SIGN)),
        now=now,
        doors=_doors(identity),
    )


def _figures(counted: Figures, *, decides: bool, issues: bool) -> list[tuple[Any, ...]]:
    running = url_for("enrollment.staff_index", estado=Phase.RUNNING.value)
    found: list[tuple[Any, ...]] = [
        (counted.running, ngettext("Running cohort", "Running cohorts", counted.running), running),
        (counted.people, _("People in running cohorts")),
    ]
    if decides:
        found.append((counted.waiting, _("Requests to answer")))
    if issues:
        found.append((counted.ready, _("Documents to issue")))
    return found


def _card(line: CohortLine, *, decides: bool, issues: bool) -> CohortCard:
    tasks: list[tuple[str, str, str]] = []
    if decides and line.waiting:
        said = ngettext("Answer %(num)s request", "Answer %(num)s requests", line.waiting)
        tasks.append((said, url_for("enrollment.applications", cohort=line.uid), "user-check"))
    if issues and line.ready:
        said = ngettext("Issue %(num)s document", "Issue %(num)s documents", line.ready)
        tasks.append((said, url_for("certificates.staff", cohort=line.uid), "award"))
    url = url_for("desk.cohort", cohort=line.uid)
    return CohortCard(line.uid, line.title, line.programme, line, url, tasks)


def _doors(identity: Identity) -> list[dict[str, str]]:
    """What one may do here beside looking after cohorts."""
    doors = []
    if grants_for(identity, Permission.COHORT_VIEW):
        doors.append(
            {
                "title": _("All cohorts"),
                "url": url_for("enrollment.staff_index"),
                "icon": "users",
                "note": _("Search, requests, people and grades."),
            }
        )
    if grants_for(identity, Permission.COHORT_OPEN):
        doors.append(
            {
                "title": _("Open a cohort"),
                "url": url_for("enrollment.choose"),
                "icon": "plus",
                "note": _("Of a published programme, with its own dates."),
            }
        )
    if grants_for(identity, Permission.PERSON_HELP):
        doors.append(
            {
                "title": _("People"),
                "url": url_for("desk.help_desk"),
                "icon": "life-buoy",
                "note": _("Find somebody, and help them in."),
            }
        )
    if grants_for(identity, Permission.DRAFT_VIEW):
        doors.append(
            {
                "title": _("Courses being written"),
                "url": url_for("authoring.index"),
                "icon": "pencil",
                "note": _("Lessons, quizzes and what is published of them."),
            }
        )
    doors.append(
        {
            "title": _("Verify a document"),
            "url": url_for("certificates.verify"),
            "icon": "badge-check",
            "note": _("Check whether a document is valid."),
        }
    )
    doors.append(
        {
            "title": _("Public catalogue"),
            "url": url_for("catalog.index"),
            "icon": "book-open",
            "note": _("What visitors see."),
        }
    )
    return doors
