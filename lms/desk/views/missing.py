"""/aula/<enrollment>/que-me-falta: everything that is missing, and the grade added up."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import current_app, render_template

from lms.catalog.activity import ActivityState
from lms.catalog.activity import Progress as How
from lms.catalog.queries.structure import ActivityStructure
from lms.desk.queries.asking import helpers
from lms.desk.views.allowed import exceptions
from lms.desk.views.begun import begun, one_sitting, tries
from lms.desk.views.sums import Sums, sentence, sums
from lms.foundation.access.permissions import Permission
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.reading import database, reading
from lms.grading.queries.decisions import Decided, decided
from lms.grading.queries.entries import Entered, entered, with_entered
from lms.grading.queries.recognitions import recognised_courses
from lms.grading.rules.completion import Lack, Reason
from lms.learning.kind import address_of
from lms.learning.queries.outline import CourseOutline, courses_of, outline
from lms.learning.queries.places import Learner, own_place
from lms.learning.queries.states import States, marks_in, states_of
from lms.learning.rules.gate import Standing

_ICONS = {
    Lack.SEE: "book-open",
    Lack.TAKE: "clipboard-check",
    Lack.WAIT: "clock",
    Lack.RETRY: "rotate-ccw",
    Lack.FAILED: "circle-x",
    Lack.LEAST: "calculator",
    Lack.GRADE: "calculator",
    Lack.EMPTY: "triangle-alert",
}


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that is missing, with a link when it can be done now."""

    title: str
    icon: str
    note: str
    url: str | None


@dataclass(frozen=True, slots=True)
class CourseMissing:
    """What is missing in one course."""

    key: str
    title: str
    completed: bool
    recognised: bool
    failed: bool
    seen: int
    to_see: int
    tasks: list[Task]
    sums: Sums | None


@guard(Permission.COURSE_TAKE)
def show(enrollment: UUID) -> str:
    """What one lacks, course by course, with whom to ask."""
    session, now = reading(), database().clock()
    learner = own_place(session, enrollment, signed_in().person_id)
    courses = courses_of(session, learner)
    by_hand = entered(session, learner.enrollment_id)
    states = states_of(session, learner.enrollment_id, courses, now)
    states = with_entered(learner, courses, states, by_hand)
    elsewhere = recognised_courses(session, learner.enrollment_id)
    marks = marks_in(courses, states)
    is_over = now >= learner.days.over_at
    here = now.astimezone(ZoneInfo(current_app.extensions["cabildo.zone"]()))
    found = [
        _course(
            learner,
            decided(learner, course, states, elsewhere, by_hand),
            outline(course, marks, learner.days, now),
            states,
            here,
            by_hand,
            is_over=is_over,
        )
        for course in courses
    ]
    return render_template(
        "desk/missing.html",
        learner=learner,
        courses=found,
        completed=all(each.completed for each in found),
        is_over=is_over,
        helpers=helpers(session, learner, now),
        exceptions=exceptions(session, learner.enrollment_id, courses, now)
        if learner.allowances
        else (),
    )


def _course(
    learner: Learner,
    found: Decided,
    standing: CourseOutline,
    states: States,
    here: datetime,
    by_hand: Entered,
    *,
    is_over: bool,
) -> CourseMissing:
    decision = found.decision
    return CourseMissing(
        key=found.course.key,
        title=found.course.title,
        completed=decision.completed,
        recognised=decision.recognised,
        failed=decision.failed,
        seen=decision.seen,
        to_see=decision.to_see,
        tasks=_tasks(learner, found, standing, states, here, is_over=is_over),
        sums=sums(found, by_hand, is_over=is_over),
    )


def _tasks(
    learner: Learner,
    found: Decided,
    outlined: CourseOutline,
    states: States,
    here: datetime,
    *,
    is_over: bool,
) -> list[Task]:
    """What is missing in the order of the course; the same reason is given once."""
    places = {item.key: at for at, item in enumerate(outlined.items)}
    said: set[str] = set()
    tasks = []
    for reason in sorted(
        found.decision.reasons, key=lambda each: places.get(each.key or "", len(places))
    ):
        task = _task(learner, found, outlined, reason, is_over=is_over)
        if task.url is not None and reason.key is not None:  # an activity's
            activity = outlined.item(reason.key).activity
            task = replace(task, note=_now(activity, states.get(activity.id), here))
        if task.url is None:
            task = replace(task, note="" if task.note in said else task.note)
            said.add(task.note)
        tasks.append(task)
    return tasks


def _task(
    learner: Learner, found: Decided, outlined: CourseOutline, reason: Reason, *, is_over: bool
) -> Task:
    title, icon = sentence(found, reason, is_over=is_over), _ICONS[reason.lack]
    if reason.key is None or reason.key not in found.course.by_key:  # a column or a category
        return Task(title, icon, "", None)
    item = outlined.item(reason.key)
    can_act = item.standing.is_open and reason.lack not in (Lack.FAILED, Lack.WAIT)
    return Task(
        title,
        icon if item.standing.is_open else "lock",
        "" if can_act else _why(item.standing, reason),
        address_of(learner.enrollment_uid, found.course.key, item.activity) if can_act else None,
    )


def _now(activity: ActivityStructure, state: ActivityState | None, here: datetime) -> str:
    """What doing it takes: the end of what was begun, else the attempts left and the minutes."""
    if state is not None and state.progress is How.STARTED:
        return begun(state.until, here)
    minutes = one_sitting(activity)
    if state is None or state.left is None:
        return minutes
    return f"{tries(state.left)} {minutes}"


def _why(standing: Standing, reason: Reason) -> str:
    if reason.lack is Lack.FAILED:
        return _("Ask your instructor what can be done.")
    if reason.lack is Lack.WAIT or not standing.message:
        return ""
    return _(standing.message) % standing.params if standing.params else _(standing.message)
