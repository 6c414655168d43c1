"""Who sits a quiz now, to be watched by those who run it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessment.models.attempt import HandedInBy
from lms.assessment.queries import staff
from lms.assessment.queries import watching as queries
from lms.assessment.queries.attempts import Found
from lms.assessment.rules.standing import times
from lms.assessment.rules.watching import (
    RUNNING,
    SILENT_AFTER,
    Sitting,
)
from lms.assessment.views.analysis import pace
from lms.assessment.views.blueprint import blueprint
from lms.assessment.views.intervening import deeds_of
from lms.assessment.views.sittings import FILTERS, PATH, STATES, quiz_scope, state_of
from lms.enrollment.rules.allowances import extra
from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.access.policy import allows
from lms.foundation.locale.formats import clock_time, day, moment
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.pagination import Page, page_of
from lms.foundation.web.reading import database, reading_connection
from lms.people.rules.names import name_of

EVERY = 30
"""Seconds after which a page that is asked to looks again."""
SOON = timedelta(hours=12)
"""What ends later than that is told by its day, not by the minutes left."""


@dataclass(frozen=True)
class Line:
    """Somebody's last attempt as it is listed."""

    uid: UUID
    name: str
    state: tuple[str, str]
    number: str
    begun: str
    saved: str
    left: str
    answers: str
    more: str
    by_staff: bool
    url: str


@blueprint.get(PATH)
@guard(Permission.ATTEMPT_MONITOR, scope=cohort_scope)
def watch_index(cohort: UUID) -> str:
    """Each quiz of the cohort, and how many are in it now."""
    connection, now = reading_connection(), database().clock()
    place, counted = cohort_scope(cohort), queries.counts(connection, cohort, now)
    lines = [
        {
            "title": quiz.title,
            "course": quiz.course_title,
            "url": url_for("assessment.watch", cohort=cohort, quiz=quiz.uid),
            "counts": _counts(counted.get(quiz.uid, {})),
            "running": sum(counted.get(quiz.uid, {}).get(each, 0) for each in RUNNING),
        }
        for quiz in queries.quizzes_in(connection, cohort)
        if allows(
            signed_in(),
            Permission.ATTEMPT_MONITOR,
            replace(place, course_ids=frozenset({quiz.course_id})),
        )
    ]
    return render_template(
        "assessment/watch_index.html",
        lines=lines,
        cohort_title=staff.title_of(connection, cohort),
        cohort_url=url_for("desk.cohort", cohort=cohort),
    )


@blueprint.get(f"{PATH}/<uuid:quiz>")
@guard(Permission.ATTEMPT_MONITOR, scope=quiz_scope)
def watch(cohort: UUID, quiz: UUID) -> ResponseReturnValue:
    """Everybody of the cohort in one quiz; looks again by itself only if it is asked to."""
    connection, now = reading_connection(), database().clock()
    found = queries.quiz_in(connection, cohort, quiz)
    asked = request.args.get("ver", "")
    asked = asked if asked in FILTERS else ""
    again, number = "cada" in request.args, page_of()
    shown = FILTERS[asked][1]
    counted = queries.counts(connection, cohort, now).get(quiz, {})
    rows = queries.people(connection, cohort, quiz, shown, now, number)
    answers = queries.answered(connection, [row.attempt_id for row in rows if row.attempt_id])
    place = quiz_scope(cohort, quiz)
    may_open = allows(signed_in(), Permission.ATTEMPT_REVIEW, place)
    parts = {"ver": asked or None, "cada": EVERY if again else None}

    def here(**other: Any) -> str:
        return url_for("assessment.watch", cohort=cohort, quiz=quiz, **{**parts, **other})

    total = sum(counted.get(each, 0) for each in shown)
    response = make_response(
        render_template(
            "assessment/watch.html",
            quiz=found,
            now=now,
            again=again,
            every=EVERY,
            silent_minutes=SILENT_AFTER.seconds // 60,
            chips=[
                (f"{_(said)} ({sum(counted.get(each, 0) for each in of)})",
                 here(ver=key or None), key == asked)
                for key, (said, of) in FILTERS.items()
            ],
            page=Page([_line(row, now, answers, may_open) for row in rows], number,
                      queries.PER_PAGE, total),
            page_url=lambda n: here(pagina=n),
            here=here(),
            once=here(cada=None),
            by_itself=here(cada=EVERY),
            deeds=deeds_of(cohort, quiz) if allows(signed_in(), Permission.ALLOWANCE_GIVE, place)
            else [],
            shown=asked,
            attempts_url=url_for("assessment.staff_attempts", cohort=cohort,
                                 evaluacion=found.key) if may_open else "",
            cohort_url=url_for("desk.cohort", cohort=cohort),
            index_url=url_for("assessment.watch_index", cohort=cohort),
        )
    )  # fmt: skip
    if again:
        response.headers["Refresh"] = str(EVERY)
    return response


def _line(row: Found, now: datetime, answers: Mapping[int, int], may_open: bool) -> Line:
    sitting = Sitting(row.sitting)
    running = sitting in RUNNING
    minutes = extra(row.allowances, row.course_key, row.activity_key, now).minutes
    return Line(
        uid=row.enrollment_uid,
        name=name_of(row).surnames_first,
        state=state_of(row),
        number=str(row.number or ""),
        begun=_when(row.started_at, now) if row.started_at else "",
        saved=_saved(row.saved_at, now, running=running),
        left=_left(times(row).due_at, now) if running else "",
        answers=_("%(answers)s of %(total)s", answers=answers.get(row.attempt_id, 0),
                  total=len(row.slots)) if row.attempt_id else "",
        more=_("+%(minutes)s min", minutes=minutes) if minutes else "",
        by_staff=row.handed_in_by == HandedInBy.STAFF,
        url=url_for("assessment.staff_attempt", attempt=row.attempt_uid)
        if may_open and row.attempt_uid
        else "",
    )  # fmt: skip


def _saved(at: datetime | None, now: datetime, *, running: bool) -> str:
    """At 10:42, 3 min ago."""
    if at is None:
        return _("nothing yet") if running else ""
    if not running:
        return _when(at, now)
    seconds = round((now - at).total_seconds())
    ago = f"{seconds // 60} min" if seconds >= 60 else f"{seconds} s"
    return _("%(time)s, %(ago)s ago", time=clock_time(at), ago=ago)


def _when(at: datetime, now: datetime) -> str:
    """Of today the hour, of another day the day."""
    return clock_time(at) if now - at < SOON else day(at, "short")


def _left(deadline: datetime | None, now: datetime) -> str:
    if deadline is None:
        return _("no limit")
    if deadline < now:
        return _("grace only")
    if deadline - now > SOON:
        return _("until %(until)s", until=moment(deadline))
    return pace((deadline - now).total_seconds())


def _counts(counted: Mapping[Sitting, int]) -> str:
    """3 in it · 1 handed in."""
    return " · ".join(
        f"{_(STATES[each][0])}: {counted[each]}" for each in Sitting if counted.get(each)
    )
