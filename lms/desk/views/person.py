"""One person of a cohort: why each course is completed or not, and what shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import render_template, url_for
from sqlalchemy.orm import Session

from lms.catalog.activity import ActivityState, Evidence, activity_kinds
from lms.catalog.activity import Progress as How
from lms.catalog.queries.structure import CourseStructure
from lms.desk.queries.person import PersonLine, person
from lms.desk.rules.asked import EVERYBODY
from lms.desk.views.allowed import exceptions
from lms.desk.views.sums import Sums, sentence, sums
from lms.enrollment.queries.departures import Left, departures_of
from lms.enrollment.queries.transfers import came_from
from lms.enrollment.rules.departures import CAUSES, LEAVABLE, Cause
from lms.enrollment.rules.states import SEATED, EnrollmentState
from lms.enrollment.rules.words import STATES
from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.access.policy import allows
from lms.foundation.kernel.errors import N_
from lms.foundation.kernel.points import scale_of
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.reading import database, reading
from lms.grading.queries.decisions import Decided, decided
from lms.grading.queries.entries import Entered, Written, history, with_entered
from lms.grading.queries.recognitions import Recognised, recognitions_of
from lms.grading.rules.completion import Lack
from lms.grading.rules.scheme import scheme_of
from lms.grading.views.figures import grade, mark
from lms.learning.queries.outline import courses_of
from lms.learning.queries.places import Learner, place_in_cohort
from lms.learning.queries.states import States, states_of

Departures = list[tuple[Left, str, str | None]]
"""How somebody left, and came back: with the cause in words and where its document is."""


@dataclass(frozen=True, slots=True)
class Recognition:
    """A course that was recognised: its document, and where that is undone."""

    course: str
    found: Recognised
    document: str | None
    undo: str | None


@dataclass(frozen=True, slots=True)
class Done:
    """One activity: when it was done, and what shows it."""

    title: str
    state: tuple[str, str] | None
    at: datetime | None
    evidence: list[tuple[str, str | None, datetime]]


@dataclass(frozen=True, slots=True)
class CourseOfPerson:
    """One course of the person, decided and explained."""

    key: str
    title: str
    completed: bool
    recognised: bool
    failed: bool
    reasons: list[str]
    sums: Sums | None
    activities: list[Done]


@guard(Permission.COHORT_VIEW, cohort_scope)
def show(cohort: UUID, enrollment: UUID) -> str:
    """What is on record of one person, with the rules' own explanation."""
    session, now = reading(), database().clock()
    learner = place_in_cohort(session, enrollment, cohort)
    courses = courses_of(session, learner)
    written = history(session, learner.enrollment_id)
    by_hand = {(each.course_id, each.key): each for each in written if each.stands}
    states = states_of(session, learner.enrollment_id, courses, now)
    states = with_entered(learner, courses, states, by_hand)
    evidence: list[Evidence] = []
    for name, kind in activity_kinds().items():
        ids = [a.id for course in courses for a in course.activities if a.kind == name]
        if ids:
            evidence += kind.evidence(session, learner.enrollment_id, ids)
    line: PersonLine = person(session, learner.enrollment_id)
    links, is_over = _links(evidence, cohort), now >= learner.days.over_at
    departures = _departures(session, cohort, learner)
    recognised = _recognitions(session, cohort, learner, courses)
    elsewhere = [each.found.course_id for each in recognised if each.found.holds]
    said, tone = STATES[EnrollmentState(learner.state)]
    return render_template(
        "desk/person.html",
        learner=learner,
        person=line,
        state=(_(said), tone),
        exceptions=exceptions(session, learner.enrollment_id, courses, now)
        if learner.allowances
        else (),
        doors=_doors(cohort, learner),
        gone=learner.state not in SEATED,
        departures=departures,
        recognised=recognised,
        written=_written(written, courses, learner),
        may_enter=learner.state in SEATED
        and allows(signed_in(), Permission.GRADE_ENTER, cohort_scope(cohort)),
        readmit=_readmit(cohort, learner, departures),
        transferred=learner.state == EnrollmentState.TRANSFERRED,
        came_from=_came_from(session, learner),
        courses=[
            _course(
                decided(learner, course, states, elsewhere, by_hand),
                states,
                links,
                by_hand,
                is_over=is_over,
            )
            for course in courses
            if learner.state != EnrollmentState.TRANSFERRED
        ],
    )


def _written(
    written: Sequence[Written], courses: Sequence[CourseStructure], learner: Learner
) -> list[tuple[str, str, str, Written]]:
    """Every mark by hand, the latest first: of what, what it is, what it was before."""
    found = []
    by_id = {course.course_id: course for course in courses}
    for each in written:
        course = by_id.get(each.course_id)
        if course is None:
            continue
        column = scheme_of(learner.policy, course.key).column(each.key)
        activity = course.by_key.get(each.key)
        if column is not None:
            said = (column.title, mark(column, each.ratio), mark(column, each.before) or "—")
        elif activity is not None:
            scale = scale_of(learner.policy["scale"])
            said = (activity.title, grade(scale, each.ratio), grade(scale, each.before))
        else:
            continue
        found.append((*said, each))
    return found


def _doors(cohort: UUID, learner: Learner) -> list[tuple[str, str, str]]:
    """What can be done for this person alone: words, address, icon."""
    scope, identity = cohort_scope(cohort), signed_in()
    if learner.state not in SEATED:
        return []
    doors = [
        (Permission.ANNOUNCEMENT_WRITE, N_("Write to this person"), "desk.message", "mail"),
        (Permission.ALLOWANCE_GIVE, N_("Exceptions"), "desk.allowances", "calendar-clock"),
    ]
    if learner.state in LEAVABLE:
        said, icon = N_("Record a withdrawal"), "user-minus"
        doors.append((Permission.ENROLLMENT_DECIDE, said, "desk.withdrawals", icon))
    whom = learner.enrollment_uid
    found = [
        (_(said), url_for(endpoint, cohort=cohort, ver=EVERYBODY, persona=whom), icon)
        for permission, said, endpoint, icon in doors
        if allows(identity, permission, scope)
    ]
    if learner.state in LEAVABLE and allows(identity, Permission.ENROLLMENT_DECIDE, scope):
        transfer = url_for("desk.transfer", cohort=cohort, enrollment=whom)
        found.append((_("Transfer to another cohort"), transfer, "arrow-right-left"))
    if learner.state == EnrollmentState.ENROLLED and _may_decide(cohort):
        recognise = url_for("desk.recognise", cohort=cohort, enrollment=whom)
        found.append((_("Recognise a course"), recognise, "stamp"))
    return found


def _readmit(cohort: UUID, learner: Learner, departures: Departures) -> tuple[str, str] | None:
    """What would be undone, in words, and where."""
    standing = next((each for each, _cause, _document in departures if each.holds), None)
    if standing is None or not _may_decide(cohort):
        return None
    moved = standing.to_enrollment is not None
    said = _("Undo the transfer") if moved else _("Take the withdrawal back")
    return said, url_for("desk.readmit", cohort=cohort, enrollment=learner.enrollment_uid)


def _came_from(session: Session, learner: Learner) -> str:
    found = came_from(session, learner.enrollment_id)
    return found[0] if found is not None else ""


def _recognitions(
    session: Session, cohort: UUID, learner: Learner, courses: Sequence[CourseStructure]
) -> list[Recognition]:
    """What was recognised, where its document is, and where it is taken back."""
    titles = {course.course_id: course.title for course in courses}
    may = _may_decide(cohort)

    def door(endpoint: str, each: Recognised) -> str | None:
        return url_for(endpoint, cohort=cohort, recognition=each.uid) if may else None

    return [
        Recognition(
            titles.get(each.course_id, ""),
            each,
            door("desk.recognition_document", each),
            door("desk.unrecognise", each) if each.holds else None,
        )
        for each in recognitions_of(session, learner.enrollment_id)
    ]


def _may_decide(cohort: UUID) -> bool:
    return allows(signed_in(), Permission.ENROLLMENT_DECIDE, cohort_scope(cohort))


def _departures(session: Session, cohort: UUID, learner: Learner) -> Departures:
    may = _may_decide(cohort)
    return [
        (
            each,
            _(CAUSES[Cause(each.cause)]),
            url_for("desk.left_document", cohort=cohort, departure=each.uid) if may else None,
        )
        for each in departures_of(session, learner.enrollment_id)
    ]


def _links(
    evidence: list[Evidence], cohort: UUID
) -> Mapping[int, list[tuple[str, str | None, datetime]]]:
    """Evidence by activity; a link only for who may open it."""
    from_cohort = cohort_scope(cohort)
    may_open = allows(signed_in(), Permission.ATTEMPT_REVIEW, from_cohort)
    found: dict[int, list[tuple[str, str | None, datetime]]] = {}
    for each in evidence:
        values: dict[str, Any] = dict(each.values)
        url = url_for(each.endpoint, **values) if may_open else None
        found.setdefault(each.activity_id, []).append((_(each.label), url, each.at))
    return found


def _course(
    found: Decided,
    states: States,
    evidence: Mapping[int, list[tuple[str, str | None, datetime]]],
    by_hand: Entered,
    *,
    is_over: bool,
) -> CourseOfPerson:
    course: CourseStructure = found.course
    decision = found.decision
    reasons = [sentence(found, reason, is_over=is_over) for reason in decision.reasons]
    waits = any(reason.lack is Lack.WAIT for reason in decision.reasons)
    return CourseOfPerson(
        key=course.key,
        title=course.title,
        completed=decision.completed,
        recognised=decision.recognised,
        failed=decision.failed or (is_over and not waits),
        reasons=[_("The cohort has ended."), *reasons] if is_over else reasons,
        sums=sums(found, by_hand, is_over=is_over),
        activities=[
            Done(
                title=activity.title,
                state=_state(states.get(activity.id), activity_kinds()[activity.kind].graded),
                at=state.at if (state := states.get(activity.id)) is not None else None,
                evidence=evidence.get(activity.id, []),
            )
            for activity in course.activities
        ],
    )


def _state(state: ActivityState | None, graded: bool) -> tuple[str, str] | None:
    """How an activity stands, in a word with its tone."""
    if state is None:
        return None
    match state.progress:
        case How.DONE:
            return (_("Passed") if graded else _("Seen")), "good"
        case How.FAILED if state.may_retry:
            return _("Not passed yet"), "warn"
        case How.FAILED:
            return _("Not passed"), "bad"
        case How.WAITING:
            return _("Waiting to be marked"), "info"
    return _("Begun"), "info"
