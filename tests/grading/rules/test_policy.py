"""Which mark passes: the course's own, unless the cohort opened with one for all of them."""

import pytest

from lms.grading.rules.policy import grading_of

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("policy", "course", "mark"),
    [
        ({"scale": "0-20", "pass_mark": 550_000}, 610_000, 610_000),
        ({"scale": "0-20", "pass_mark": 550_000}, 0, 550_000),
        ({"scale": "0-20", "pass_mark": 550_000, "for_all": False}, 610_000, 610_000),
        ({"scale": "0-20", "pass_mark": 550_000, "for_all": True}, 610_000, 550_000),
        ({"scale": "0-20"}, 0, 0),
    ],
)
def test_the_mark_that_passes(policy, course, mark):
    found = grading_of(policy, course)
    assert found.pass_mark == mark
    assert found.scale.key == "0-20"
