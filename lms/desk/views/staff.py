"""/gestion: the staff room, with what waits for whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import render_template, url_for

from lms.acts.queries.waiting import waiting_for
from lms.desk.queries.staff import CohortLine, Figures, figures, of_interest
from lms.desk.views.today import tasks
from lms.enrollment.queries.cohorts import Phase
from lms.enrollment.queries.visible import grants_for, place_of, visible
from lms.foundation.access.identity import Identity
from lms.foundation.access.permissions import Permission
from lms.foundation.access.scopes import Scope
from lms.foundation.kernel.errors import N_
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import current_identity, signed_in
from lms.foundation.web.reading import database, reading

LATELY = timedelta(days=30)
P = Permission
#: Who sees the door (none: everybody who is here), its name, its page, its icon, what is behind it.
DOORS: tuple[tuple[Permission | None, str, str, str, str], ...] = (
    (P.COHORT_VIEW, N_("All cohorts"), "enrollment.staff_index", "users",
     N_("Search, requests, people and grades.")),
    (P.COHORT_OPEN, N_("Open a cohort"), "enrollment.choose", "plus",
     N_("Of a published programme, with its own dates.")),
    (P.CREDENTIAL_ISSUE, N_("Register book"), "certificates.books", "book-open",
     N_("Numbers, folios, and where they have got to.")),
    (P.DRAFT_VIEW, N_("Courses being written"), "authoring.index", "pencil",
     N_("Lessons, quizzes and what is published of them.")),
    (P.PERSON_HELP, N_("People"), "desk.help_desk", "life-buoy",
     N_("Find somebody, and help them in.")),
    (P.GRANT_VIEW, N_("Roles"), "admin.grants", "key-round",
     N_("Who may do what, where and until when.")),
    (P.INSTITUTION_MANAGE, N_("The institution"), "admin.institutions", "landmark",
     N_("Name, logo, who signs, rules, privacy notice.")),
    (P.AUDIT_READ, N_("Administration"), "admin.home", "settings",
     N_("What needs a person; e-mails, log, tasks, backups.")),
    (None, N_("Verify a document"), "certificates.verify", "badge-check",
     N_("Check whether a document is valid.")),
    (None, N_("Public catalogue"), "catalog.index", "book-open", N_("What visitors see.")),
)  # fmt: skip


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
    todo, many = tasks(identity, now) if sees else ([], 0)
    return render_template(
        "desk/staff.html",
        todo=todo,
        more=many - len(todo),
        figures=tiles,
        cohorts=[_card(line, decides=decides, issues=issues) for line in lines],
        sees=bool(sees),
        signs=bool(grants_for(identity, Permission.CREDENTIAL_SIGN)),
        to_sign=_to_sign(identity, now),
        now=now,
        doors=_doors(identity),
    )


def _to_sign(identity: Identity, now: datetime) -> list[dict[str, str]]:
    """The acts that wait for the reader's signature."""
    if not grants_for(identity, Permission.CREDENTIAL_SIGN):
        return []
    return [
        {
            "title": _("Sign act %(number)s", number=each.number),
            "url": url_for("acts.sign", cohort=each.cohort, act=each.act, number=each.order),
            "icon": "signature",
            "note": f"{each.title} · {each.cohort_title}",
        }
        for each in waiting_for(reading(), identity.person_id, now)
    ]


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
    return [
        {"title": _(title), "url": url_for(endpoint), "icon": icon, "note": _(note)}
        for permission, title, endpoint, icon, note in DOORS
        if permission is None or grants_for(identity, permission)
    ]
