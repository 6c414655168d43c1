"""What a registrar is told of somebody who would study the same twice."""

from datetime import UTC, datetime

import pytest

from lms.enrollment.rules.doubles import Held, Passed, doubts

pytestmark = pytest.mark.pure
HELD = Held("Promoción 1", datetime(2027, 1, 7, tzinfo=UTC))
PASSED = Passed("Transparencia", "Promoción 0")


def test_each_seat_and_each_course_is_told_and_nothing_else():
    assert doubts((), ()) == []
    said = [each.message % each.params for each in doubts([HELD], [PASSED, PASSED])]
    assert [each.partition(",")[0] for each in said] == [
        "Holds a seat in Promoción 1",
        "Has already passed “Transparencia” in Promoción 0.",
        "Has already passed “Transparencia” in Promoción 0.",
    ]
