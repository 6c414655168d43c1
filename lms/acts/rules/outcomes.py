"""How a person ends a course or a programme, as the act says it, with the grade it prints."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from lms.enrollment.rules.states import EnrollmentState
from lms.foundation.kernel.errors import N_
from lms.foundation.kernel.points import GradeScale, Ratio, divide, points


class Outcome(StrEnum):
    """The five ways to end, in the order in which an act counts them."""

    PASSED = "passed"
    RECOGNISED = "recognised"
    FAILED = "failed"
    ABSENT = "absent"
    WITHDRAWN = "withdrawn"


SAID = {
    Outcome.PASSED: (N_("Passed"), "good"),
    Outcome.RECOGNISED: (N_("Recognised"), "good"),
    Outcome.FAILED: (N_("Did not pass"), "bad"),
    Outcome.ABSENT: (N_("Did not attend"), ""),
    Outcome.WITHDRAWN: (N_("Withdrew"), ""),
}
"""Each outcome in words, with its tone."""

REACHED = (Outcome.PASSED, Outcome.RECOGNISED)
GRADED = (Outcome.PASSED, Outcome.FAILED)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is on record of somebody in one course when the act is drawn up."""

    state: str
    completed: bool = False
    recognised: bool = False
    presented: bool = False
    """They handed in something that is graded."""
    ratio: Ratio | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """How somebody ends, with the grade as the act prints it; empty where there is none."""

    outcome: Outcome
    grade: str = ""


@dataclass(frozen=True, slots=True)
class CourseEnd:
    """How somebody ended one course of a programme, as its act says, and what it weighs."""

    ended: Ended
    hours: int


def of_course(standing: Standing, scale: GradeScale) -> Ended:
    """Whoever left has withdrawn; who handed in nothing that is graded did not attend; the others
    passed or did not, with the grade on the institution's scale by the scale's own rounding."""
    if standing.state == EnrollmentState.WITHDRAWN:
        return Ended(Outcome.WITHDRAWN)
    if standing.recognised and standing.completed:
        return Ended(Outcome.RECOGNISED)
    if standing.completed:
        return Ended(Outcome.PASSED, _shown(standing.ratio, scale))
    if not standing.presented:
        return Ended(Outcome.ABSENT)
    return Ended(Outcome.FAILED, _shown(standing.ratio, scale))


def of_programme(state: str, courses: Sequence[CourseEnd], scale: GradeScale) -> Ended:
    """Passed is whoever passed every course or has it recognised.

    The grade is the mean of the courses' grades as their acts print them, each weighing its hours,
    rounded by the scale's rule: anybody can add it up again from the acts. Recognised courses have
    no grade and weigh nothing in it.
    """
    outcomes = [each.ended.outcome for each in courses]
    if state == EnrollmentState.WITHDRAWN or Outcome.WITHDRAWN in outcomes:
        return Ended(Outcome.WITHDRAWN)
    if not outcomes or all(each is Outcome.ABSENT for each in outcomes):
        return Ended(Outcome.ABSENT)
    if all(each is Outcome.RECOGNISED for each in outcomes):
        return Ended(Outcome.RECOGNISED)
    passed = all(each in REACHED for each in outcomes)
    return Ended(Outcome.PASSED if passed else Outcome.FAILED, _mean(courses, scale))


def _mean(courses: Sequence[CourseEnd], scale: GradeScale) -> str:
    counting = [each for each in courses if each.ended.outcome is not Outcome.RECOGNISED]
    graded = [each for each in counting if each.ended.grade or each.ended.outcome is Outcome.ABSENT]
    hours = sum(each.hours for each in graded)
    if not hours or not any(each.ended.grade for each in graded):
        return ""
    added = sum(points(Decimal(each.ended.grade or "0")) * each.hours for each in graded)
    return _shown(divide(added, hours * scale.top * points(1)), scale)


def _shown(ratio: Ratio | None, scale: GradeScale) -> str:
    return "" if ratio is None else str(scale.grade(ratio))
