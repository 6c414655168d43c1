"""/gestion/promociones/<cohort>: who stands where in a cohort, and what can be done about it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.assignments.queries.works import KIND
from lms.desk.actions.keep_list import keep_list
from lms.desk.queries import cohort as queries
from lms.desk.queries import people
from lms.desk.queries.cohort import Figures
from lms.desk.rules.asked import MAILS, PRIVATE, TITLES, Column, Mail
from lms.desk.rules.standings import GONE, WORDS, Stand
from lms.desk.views.cells import headings, orders, row
from lms.desk.views.listing import Listing, listing, scope_of
from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.access.policy import allows
from lms.foundation.kernel.errors import N_
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.pagination import Page, page_of
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import reading
from lms.learning.forms import Act

_MANAGE = (
    (N_("Add people"), "enrollment.add", "user-plus"),
    (N_("Invited, not in yet"), "enrollment.invited", "mail"),
    (N_("Change dates, seats and signatures"), "enrollment.edit", "pencil"),
    (N_("Call: documents that applicants send"), "enrollment.call", "file-text"),
    (N_("Seats by door: public and by agreement"), "enrollment.quotas", "users"),
    (N_("Who teaches"), "enrollment.team", "users"),
    (N_("Invitation keys"), "enrollment.keys", "key-round"),
    (N_("Copy to a new cohort"), "enrollment.copy", "copy"),
)


@dataclass(frozen=True, slots=True)
class Doors:
    """Where from here, as far as this member of staff may go."""

    issue: str | None
    announce: str | None
    message: str | None
    allow: str | None
    withdraw: str | None
    questions: str | None
    requests: str | None
    attempts: str | None
    watch: str | None
    """Who sits a quiz now."""
    works: str | None
    gradebook: str
    acts: str | None
    add: str | None
    """Where people are added, as long as anybody may be."""
    manage: list[tuple[str, str, str]]
    """What a registrar does with the cohort itself: words, address, icon."""


@guard(Permission.COHORT_VIEW, cohort_scope)
def show(cohort: UUID) -> str:
    """The people of a cohort in one of its courses."""
    found, session, number = listing(cohort), reading(), page_of()
    head, course, asked = found.head, found.course, found.asked
    everybody = queries.figures(session, head, course, found.now)
    fitting = everybody
    if asked.narrowed:
        fitting = queries.figures(session, head, course, found.now, *people.narrowed(asked))
    total = fitting.of(asked.shown)
    lines = people.page(session, found.wanted, number) if total else []
    results = people.grades(session, lines, course)
    said = headings(found)
    return render_template(
        "desk/cohort.html",
        head=head,
        course=course,
        is_over=found.is_over,
        figures=_figures(found, everybody),
        filters=_filters(found, fitting),
        courses=[
            (each.title, url_for("desk.cohort", cohort=cohort, curso=each.key), each is course)
            for each in head.courses
        ],
        headings=said,
        rows=[row(found, said, line, results) for line in lines],
        orders=orders(found, said),
        columns=[
            (each.value, _(TITLES[each]), each in asked.columns)
            for each in Column
            if found.private or each not in PRIVATE
        ],
        mails=[(each.value, _(MAILS[each]), each is asked.mail) for each in Mail],
        municipalities=people.municipalities(session, head),
        page=Page(lines, number, people.PAGE_SIZE, total),
        page_url=lambda n: url_for("desk.cohort", cohort=cohort, pagina=n, **found.parts()),
        found=found,
        kept_here=asked == found.kept,
        keep_form=Act(formdata=None),
        ready=everybody.of(Stand.READY) + everybody.of(Stand.RECOGNISED),
        doors=_doors(found, everybody),
    )


@guard(Permission.COHORT_VIEW, cohort_scope)
def keep(cohort: UUID) -> ResponseReturnValue:
    """From now on the list opens as it stands in the address."""
    found = listing(cohort)
    asked: dict[str, Any] = request.args.to_dict(flat=False)
    return submit(
        keep_list,
        found.head.id,
        found.asked,
        form=Act(),
        then=url_for("desk.cohort", cohort=cohort, **asked),
        said=_("Kept. The list opens like this whenever you come here."),
    )


def _figures(found: Listing, counted: Figures) -> list[tuple[Any, ...]]:
    """How many there are, and how many stand as the staff must know now."""
    shown = (
        (Stand.FAILED, Stand.READY, Stand.ISSUED)
        if found.is_over
        else (Stand.STUCK, Stand.ABSENT, Stand.READY)
    )
    whole: dict[str, Any] = {"text": "", "municipality": "", "mail": None, "person": ""}
    return [
        (
            counted.people,
            ngettext("Person enrolled", "People enrolled", counted.people),
            found.address(shown=None, **whole),
        ),
        *((counted.of(of), _(WORDS[of][0]), found.address(shown=of, **whole)) for of in shown),
    ]


def _filters(found: Listing, counted: Figures) -> list[tuple[str, str, bool]]:
    """Everybody, and each state in which there is somebody who fits what else is asked."""
    shown, everybody = found.asked.shown, _("Everybody")
    return [
        (f"{everybody} ({counted.people})", found.address(shown=None), shown is None),
        *(
            (f"{_(WORDS[of][0])} ({counted.of(of)})", found.address(shown=of), of is shown)
            for of in Stand
            if counted.of(of) or of is shown
        ),
    ]


def _doors(found: Listing, counted: Figures) -> Doors:
    identity, scope, uid = signed_in(), scope_of(found.head), found.head.uid

    def may(permission: Permission) -> bool:
        return allows(identity, permission, scope)

    def door(permission: Permission, endpoint: str) -> str | None:
        return url_for(endpoint, cohort=uid) if may(permission) else None

    def of_list(permission: Permission, endpoint: str) -> str | None:
        """What is done to the people of the list: not to those who have left."""
        gone = found.asked.shown in GONE
        return found.address(endpoint) if may(permission) and not gone else None

    return Doors(
        issue=door(Permission.CREDENTIAL_ISSUE, "certificates.staff"),
        announce=door(Permission.ANNOUNCEMENT_WRITE, "learning.staff_announce"),
        message=of_list(Permission.ANNOUNCEMENT_WRITE, "desk.message"),
        allow=of_list(Permission.ALLOWANCE_GIVE, "desk.allowances"),
        withdraw=of_list(Permission.ENROLLMENT_DECIDE, "desk.withdrawals"),
        questions=door(Permission.INQUIRY_ANSWER, "desk.inbox"),
        requests=door(Permission.ENROLLMENT_DECIDE, "enrollment.applications")
        if counted.applied
        else None,
        attempts=door(Permission.ATTEMPT_REVIEW, "assessment.staff_attempts"),
        watch=None if found.is_over else door(Permission.ATTEMPT_MONITOR, "assessment.watch_index"),
        works=door(Permission.ATTEMPT_MARK, "assignments.assignments")
        if any(each.kind == KIND for each in found.course.activities)
        else None,
        gradebook=url_for("grading.book", cohort=uid, curso=found.course.key),
        acts=door(Permission.ACT_VIEW, "acts.index"),
        add=None if found.is_over else door(Permission.ENROLLMENT_DECIDE, "enrollment.add"),
        manage=[
            (_(said), url, icon)
            for said, endpoint, icon in _MANAGE
            if (url := door(Permission.COHORT_OPEN, endpoint)) is not None
        ],
    )
