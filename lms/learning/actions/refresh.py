"""Bringing what is on record of graded activities up to what their kinds say."""

from collections.abc import Callable, Sequence

from sqlalchemy import select

from lms.catalog.activity import ActivityState, activity_kinds
from lms.catalog.queries.structure import CourseStructure
from lms.foundation.db.work import Work
from lms.learning.models import Progress
from lms.learning.queries.places import Learner
from lms.learning.queries.states import States, mark_of, states_of


def refresh(
    work: Work,
    learner: Learner,
    courses: Sequence[CourseStructure],
    decided: Callable[[States], States] = lambda states: states,
) -> States:
    """Ask every kind how one learner stands, and keep what opens or blocks the way.

    Lessons are recorded where they are seen; the marks of graded activities are copies, so that
    pages and gate read one table. ``decided`` puts in what staff decided in place of it. Returns
    the states by activity id. Repeatable.
    """
    states = decided(states_of(work.session, learner.enrollment_id, courses, work.now))
    kinds = activity_kinds()
    rows = {
        (row.course_id, row.activity_key): row
        for row in work.session.scalars(
            select(Progress)
            .where(Progress.enrollment_id == learner.enrollment_id)
            .order_by(Progress.id)
        )
    }
    for course in courses:
        for activity in course.activities:
            if kinds[activity.kind].graded:
                row = rows.get((course.course_id, activity.key))
                _keep(work, learner, course.course_id, activity.key, row, states.get(activity.id))
    return states


def _keep(
    work: Work,
    learner: Learner,
    course_id: int,
    activity_key: str,
    row: Progress | None,
    state: ActivityState | None,
) -> None:
    mark = mark_of(state, graded=True)
    at = (state.at if state is not None else None) or work.now
    if mark is None:
        if row is not None:
            work.session.delete(row)
    elif row is None:
        work.session.add(
            Progress(
                institution_id=learner.institution_id,
                enrollment_id=learner.enrollment_id,
                course_id=course_id,
                activity_key=activity_key,
                state=mark,
                at=at,
            )
        )
    elif row.state != mark:
        row.state, row.at = mark, at
