"""Who receives the document of a course, case by case."""

import itertools

import pytest

from lms.certificates.rules.qualify import Candidate, Lack, Standing, lacks, missing, standing
from lms.enrollment.rules.states import SEATED, EnrollmentState
from lms.grading.rules.completion import Lack as Missing

pytestmark = pytest.mark.pure
GOOD = Candidate(state="completed", completed=True, name_confirmed=True, issued=False)


@pytest.mark.parametrize(
    ("candidate", "expected"),
    [
        (GOOD, ()),
        (Candidate("enrolled", True, True, False), ()),
        (Candidate("failed", True, True, False), ()),
        (Candidate("withdrawn", True, True, False), (Lack.SEAT,)),
        (Candidate("enrolled", False, True, False), (Lack.COURSE,)),
        (Candidate("enrolled", True, False, False), (Lack.NAME,)),
        (Candidate("withdrawn", False, False, False), (Lack.SEAT, Lack.COURSE, Lack.NAME)),
    ],
)
def test_what_is_missing(candidate, expected):
    assert lacks(candidate) == expected


def test_exactly_one_case_of_each_qualifies():
    for state, completed, named, issued in itertools.product(
        EnrollmentState, (True, False), (True, False), (True, False)
    ):
        found = standing(Candidate(state, completed, named, issued))
        if issued:
            assert found is Standing.ISSUED
        else:
            good = state in SEATED and completed and named
            assert (found is Standing.QUALIFIES) == good


def test_what_the_course_still_asks_is_counted_by_sort():
    told = {"lacks": [{"lack": "see", "key": "a"}, {"lack": "see", "key": "b"}, {"lack": "grade"}]}
    assert missing(told) == {Missing.SEE: 2, Missing.GRADE: 1}
    assert missing(None) == {}
    assert missing({}) == {}
