"""How one learner stands in every activity, as the kinds themselves tell it."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from lms.catalog.activity import ActivityState, activity_kinds
from lms.catalog.activity import Progress as How
from lms.catalog.queries.structure import CourseStructure
from lms.learning.rules.marks import Mark

States = Mapping[int, ActivityState]
"""By activity id; what is not named was not begun."""


def states_of(
    session: Session, enrollment_id: int, courses: Iterable[CourseStructure], now: datetime
) -> States:
    """One statement for each kind of activity that the courses have."""
    by_kind: dict[str, list[int]] = {}
    for course in courses:
        for activity in course.activities:
            by_kind.setdefault(activity.kind, []).append(activity.id)
    states: dict[int, ActivityState] = {}
    for name, ids in sorted(by_kind.items()):
        states.update(activity_kinds()[name].state(session, enrollment_id, ids, now))
    return states


def mark_of(state: ActivityState | None, *, graded: bool) -> Mark | None:
    """What is put on record of a state; nothing while nothing is seen or handed in."""
    if state is None:
        return None
    match state.progress:
        case How.DONE:
            return Mark.PASSED if graded else Mark.SEEN
        case How.WAITING:
            return Mark.WAITING
        case How.FAILED:
            return Mark.FAILED if state.may_retry else Mark.EXHAUSTED
        case How.STARTED if state.points is not None:
            return Mark.FAILED
    return None


def marks_in(courses: Iterable[CourseStructure], states: States) -> dict[tuple[int, str], Mark]:
    """The states as marks, by course and activity key, as outlines take them."""
    kinds = activity_kinds()
    found: dict[tuple[int, str], Mark] = {}
    for course in courses:
        for activity in course.activities:
            mark = mark_of(states.get(activity.id), graded=kinds[activity.kind].graded)
            if mark is not None:
                found[course.course_id, activity.key] = mark
    return found
