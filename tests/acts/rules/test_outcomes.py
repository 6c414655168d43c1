"""How somebody ends a course or a programme, and the grade that is printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.acts.rules.outcomes import (
    CourseEnd,
    Ended,
    Outcome,
    Standing,
    of_course,
    of_programme,
)
from lms.foundation.kernel.points import SCALES, points

pytestmark = pytest.mark.pure
HUNDRED, TEN = SCALES["0-100"], SCALES["0-10"]
PASSED = Standing("completed", completed=True, presented=True, ratio=points("0.875"))


@pytest.mark.parametrize(
    ("standing", "ended"),
    [
        (PASSED, Ended(Outcome.PASSED, "88")),
        (Standing("completed", completed=True, recognised=True), Ended(Outcome.RECOGNISED)),
        (Standing("enrolled", presented=True, ratio=points("0.6")), Ended(Outcome.FAILED, "60")),
        (Standing("enrolled", ratio=0), Ended(Outcome.ABSENT)),
        (Standing("failed", presented=True, ratio=0), Ended(Outcome.FAILED, "0")),
        # Whoever left has withdrawn, whatever they had done before.
        (Standing("withdrawn", completed=True, ratio=points("0.9")), Ended(Outcome.WITHDRAWN)),
        # A course without grade is passed without one.
        (Standing("completed", completed=True), Ended(Outcome.PASSED)),
        # Recognised, but taken back and not completed here.
        (Standing("enrolled", recognised=True, ratio=0), Ended(Outcome.ABSENT)),
    ],
)
def test_how_a_course_ends(standing, ended):
    assert of_course(standing, HUNDRED) == ended


def test_the_scale_rounds_by_its_own_rule():
    assert of_course(PASSED, TEN).grade == "8.8"


def end(outcome, grade="", hours=24):
    return CourseEnd(Ended(outcome, grade), hours)


@pytest.mark.parametrize(
    ("courses", "ended"),
    [
        ([end(Outcome.PASSED, "80"), end(Outcome.PASSED, "91")], Ended(Outcome.PASSED, "86")),
        ([end(Outcome.PASSED, "80", 72), end(Outcome.PASSED, "90")], Ended(Outcome.PASSED, "83")),
        ([end(Outcome.PASSED, "80"), end(Outcome.RECOGNISED)], Ended(Outcome.PASSED, "80")),
        ([end(Outcome.RECOGNISED), end(Outcome.RECOGNISED)], Ended(Outcome.RECOGNISED)),
        ([end(Outcome.PASSED, "80"), end(Outcome.FAILED, "50")], Ended(Outcome.FAILED, "65")),
        ([end(Outcome.PASSED, "80"), end(Outcome.ABSENT)], Ended(Outcome.FAILED, "40")),
        ([end(Outcome.ABSENT), end(Outcome.ABSENT)], Ended(Outcome.ABSENT)),
        ([end(Outcome.PASSED, "80"), end(Outcome.WITHDRAWN)], Ended(Outcome.WITHDRAWN)),
        ([], Ended(Outcome.ABSENT)),
    ],
)
def test_how_a_programme_ends(courses, ended):
    assert of_programme("enrolled", courses, HUNDRED) == ended


def test_whoever_left_has_withdrawn_from_the_programme():
    assert of_programme("withdrawn", [end(Outcome.PASSED, "80")], HUNDRED).outcome == "withdrawn"


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(1, 200)), min_size=1, max_size=12))
def test_the_grade_of_a_programme_lies_between_those_of_its_courses(given_):
    courses = [end(Outcome.PASSED, str(grade), hours) for grade, hours in given_]
    grades = [grade for grade, _hours in given_]
    found = int(of_programme("enrolled", courses, HUNDRED).grade)
    assert min(grades) <= found <= max(grades)
    backwards = of_programme("enrolled", courses[::-1], HUNDRED)
    assert int(backwards.grade) == found
