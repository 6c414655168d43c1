"""What to do today, in words, each line with the page where it is done."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for

from lms.desk.queries.today import cohorts_now
from lms.desk.rules.asked import BY_GRADE, EVERYBODY, Mail
from lms.desk.rules.standings import Stand
from lms.desk.rules.today import Line, Todo, today
from lms.enrollment.queries.requests import Shown
from lms.enrollment.queries.visible import grants_for, visible
from lms.foundation.access.identity import Identity
from lms.foundation.access.permissions import Permission
from lms.foundation.locale.formats import moment
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.foundation.web.reading import reading

_ICONS = {
    Todo.APPLICATIONS: "user-check",
    Todo.OVERDUE: "clock",
    Todo.WAITLIST: "users",
    Todo.QUESTIONS: "message-square-text",
    Todo.ESSAYS: "pencil",
    Todo.WORKS: "pencil",
    Todo.QUIZ_CLOSES: "calendar-clock",
    Todo.ISSUE: "award",
    Todo.LATE: "clock",
    Todo.ABSENT: "calendar-days",
    Todo.STUCK: "rotate-ccw",
    Todo.UNNAMED: "pencil",
    Todo.BOUNCED: "mail",
    Todo.SEATS: "users",
    Todo.BEGINS: "calendar-days",
    Todo.ENDS: "calendar-days",
}
_OF = {
    Permission.ENROLLMENT_DECIDE: {
        Todo.APPLICATIONS, Todo.OVERDUE, Todo.WAITLIST, Todo.SEATS, Todo.BOUNCED, Todo.UNNAMED,
    },
    Permission.CREDENTIAL_ISSUE: {Todo.ISSUE},
    Permission.ATTEMPT_REVIEW: {Todo.LATE},
    Permission.ATTEMPT_MARK: {Todo.ESSAYS, Todo.WORKS},
    Permission.INQUIRY_ANSWER: {Todo.QUESTIONS},
    Permission.ANNOUNCEMENT_WRITE: {
        Todo.QUIZ_CLOSES, Todo.ABSENT, Todo.STUCK, Todo.BOUNCED, Todo.BEGINS, Todo.ENDS,
    },
}  # fmt: skip
"""What is to be done by whom."""


@dataclass(frozen=True, slots=True)
class Task:
    """A line of the list: what, in which cohort, since or until when, and where it is done."""

    title: str
    note: str
    url: str
    icon: str


def tasks(identity: Identity, now: datetime) -> tuple[list[Task], int]:
    """What somebody should do today, the most urgent first, and how many things there are."""
    may = frozenset(
        todo for permission, those in _OF.items() if grants_for(identity, permission)
        for todo in those
    )  # fmt: skip
    if not may:
        return [], 0
    seen = visible(grants_for(identity, Permission.COHORT_VIEW))
    answers = grants_for(identity, Permission.INQUIRY_ANSWER)
    marks = grants_for(identity, Permission.ATTEMPT_MARK)
    found = cohorts_now(
        reading(),
        seen,
        now,
        reviews=Todo.LATE in may,
        answers=visible(answers) if answers else None,
        marks=visible(marks) if marks else None,
    )
    lines, total = today(found, may, now)
    return [_task(line, now) for line in lines], total


def _task(line: Line, now: datetime) -> Task:
    title, url = _said(line, now)
    return Task(title, line.cohort.title, url, _ICONS[line.todo])


def _said(line: Line, now: datetime) -> tuple[str, str]:
    many, at = line.many, line.at
    match line.todo:
        case Todo.APPLICATIONS:
            said = ngettext(
                "Answer %(num)s request: it waits %(since)s",
                "Answer %(num)s requests: the oldest waits %(since)s",
                many,
                since=_since(at, now),
            )
            return said, _to("enrollment.applications", line)
        case Todo.OVERDUE:
            said = ngettext(
                "%(num)s application was not corrected in time",
                "%(num)s applications were not corrected in time",
                many,
            )
            shown = Shown.CORRECTING.value
            return said, _to("enrollment.applications", line, estado=shown)
        case Todo.WAITLIST:
            said = ngettext(
                "%(num)s free seat, and a waiting list",
                "%(num)s free seats, and a waiting list",
                many,
            )
            return said, _to("enrollment.promote", line)
        case Todo.QUESTIONS:
            said = ngettext(
                "Answer %(num)s question: it waits %(since)s",
                "Answer %(num)s questions: the oldest waits %(since)s",
                many,
                since=_since(at, now),
            )
            return said, _to("desk.inbox", line)
        case Todo.ESSAYS:
            said = ngettext("Mark %(num)s answer", "Mark %(num)s answers", many)
            return said, _to("assessment.marking", line)
        case Todo.WORKS:
            said = ngettext("Mark %(num)s work", "Mark %(num)s works", many)
            return said, _to("assignments.assignments", line)
        case Todo.QUIZ_CLOSES if line.about is not None:
            said = _("“%(title)s” closes on %(moment)s", title=line.about.title, moment=moment(at))
            order = BY_GRADE + line.about.key
            return said, _to("desk.cohort", line, ver=EVERYBODY, orden=order)
        case Todo.ISSUE:
            said = ngettext("Issue %(num)s document", "Issue %(num)s documents", many)
            return said, _to("certificates.staff", line)
        case Todo.LATE:
            said = ngettext(
                "%(num)s attempt with late answers",
                "%(num)s attempts with late answers",
                many,
            )
            return said, _to("assessment.staff_attempts", line)
        case Todo.ABSENT:
            said = ngettext(
                "%(num)s person has not entered in 7 days",
                "%(num)s people have not entered in 7 days",
                many,
            )
            return said, _to("desk.cohort", line, ver=Stand.ABSENT.value)
        case Todo.STUCK:
            said = ngettext(
                "%(num)s person enters and has finished nothing in 7 days",
                "%(num)s people enter and have finished nothing in 7 days",
                many,
            )
            return said, _to("desk.cohort", line, ver=Stand.STUCK.value)
        case Todo.UNNAMED:
            said = ngettext(
                "%(num)s person has not confirmed their name",
                "%(num)s people have not confirmed their names",
                many,
            )
            return said, _to("desk.cohort", line, ver=Stand.UNNAMED.value)
        case Todo.BOUNCED:
            said = ngettext(
                "The letters to %(num)s person come back",
                "The letters to %(num)s people come back",
                many,
            )
            return said, _to("desk.cohort", line, ver=EVERYBODY, correo=Mail.BOUNCED.value)
        case Todo.SEATS:
            said = (
                ngettext("%(num)s seat is left", "%(num)s seats are left", many)
                if many
                else _("No seat is left")
            )
            return said, _to("enrollment.applications", line)
        case Todo.BEGINS:
            return _("It begins on %(moment)s", moment=moment(at)), _to("desk.cohort", line)
        case _:
            ends = _to("desk.cohort", line, ver=Stand.ON_THE_WAY.value)
            return _("It ends on %(moment)s", moment=moment(at)), ends


def _to(endpoint: str, line: Line, **parts: Any) -> str:
    return url_for(endpoint, cohort=line.cohort.uid, **parts)


def _since(at: datetime | None, now: datetime) -> str:
    days = (now - at).days if at is not None else 0
    if not days:
        return _("since today")
    return ngettext("for %(num)s day", "for %(num)s days", days)
