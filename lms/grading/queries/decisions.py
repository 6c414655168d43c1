"""How one learner's courses stand: the rules asked with what the kinds of activity say."""

from collections.abc import Collection
from dataclasses import dataclass

from lms.catalog.activity import ActivityState, activity_kinds, gives_grade
from lms.catalog.activity import Progress as How
from lms.catalog.queries.structure import ActivityStructure, CourseStructure
from lms.foundation.kernel.points import Ratio, divide
from lms.grading.queries.entries import Entered
from lms.grading.rules import completion as rules
from lms.grading.rules.completion import Decision, Task, decide
from lms.grading.rules.grade import Component
from lms.grading.rules.policy import Grading, grading_of
from lms.grading.rules.scheme import NOTHING, Scheme, of_column, scheme_of, tree
from lms.learning.queries.places import Learner
from lms.learning.queries.states import States

NONE: Entered = {}


@dataclass(frozen=True, slots=True)
class Decided:
    """One course of one learner, decided."""

    course: CourseStructure
    grading: Grading
    decision: Decision
    scheme: Scheme = NOTHING


def decided(
    learner: Learner,
    course: CourseStructure,
    states: States,
    recognised: Collection[int],
    entered: Entered = NONE,
) -> Decided:
    """Whether a learner has completed a course, and all that says so; ``recognised`` are the
    courses, by id, that they passed elsewhere, ``entered`` the marks written by hand (which stand
    in the states too, where they replace what an activity gave)."""
    kinds = activity_kinds()
    grading = grading_of(learner.policy, course.pass_mark)
    tasks = [
        Task(activity.key, activity.title, _is_done(states.get(activity.id)))
        for activity in course.activities
        if not gives_grade(kinds[activity.kind], activity.settings)
    ]
    components = [
        component(activity, states.get(activity.id))
        for activity in course.activities
        if gives_grade(kinds[activity.kind], activity.settings)
    ]
    scheme = scheme_of(learner.policy, course.key)
    for column in scheme.columns:
        mark = entered.get((course.course_id, column.key))
        components.append(of_column(column, mark.ratio if mark is not None else None))
    parts = tree(scheme, components)
    decision = decide(tasks, parts, scale=grading.scale, pass_mark=grading.pass_mark)
    if course.course_id in recognised:
        decision = rules.recognised(decision)
    return Decided(course, grading, decision, scheme)


def component(activity: ActivityStructure, state: ActivityState | None) -> Component:
    """A graded activity as the arithmetic takes it."""
    if state is None:
        return Component(activity.key, activity.title, activity.weight)
    return Component(
        activity.key,
        activity.title,
        activity.weight,
        ratio=ratio_of(state),
        passed=state.progress is How.DONE,
        # An attempt that is under way, or waits to be marked, may still change the result.
        may_retry=state.may_retry or state.progress in (How.STARTED, How.WAITING),
        waiting=state.progress is How.WAITING,
    )


def ratio_of(state: ActivityState) -> Ratio | None:
    """The part of the points that was reached; nothing while nothing is marked."""
    if state.points is None or state.out_of is None:
        return None
    return divide(state.points, state.out_of)


def _is_done(state: ActivityState | None) -> bool:
    return state is not None and state.progress is How.DONE
