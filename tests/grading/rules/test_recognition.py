"""When a course is recognised, what it then says, and until when it is taken back."""

from datetime import date

import pytest

from lms.enrollment.rules.states import SEATED, EnrollmentState
from lms.foundation.kernel.errors import Invalid, Refused
from lms.foundation.kernel.points import SCALES
from lms.grading.rules.completion import Task, decide, recognised
from lms.grading.rules.grade import Component
from lms.grading.rules.recognition import recognise, revoke

pytestmark = pytest.mark.pure
TODAY = date(2026, 11, 23)
GIVEN = {
    "state": "enrolled", "is_closed": False, "is_completed": False,
    "said": {"where_passed": "INAP", "title": "Transparencia"}, "hours": 24,
    "passed_on": date(2025, 5, 1), "today": TODAY, "reason": "Acta 12-2026",
}  # fmt: skip


@pytest.mark.parametrize("state", list(EnrollmentState))
def test_whoever_has_a_seat_can_have_it_recognised(state):
    if state in SEATED:
        recognise("P", **GIVEN | {"state": state})
    else:
        with pytest.raises(Refused, match="holds no seat"):
            recognise("P", **GIVEN | {"state": state})


@pytest.mark.parametrize(
    ("given", "said"),
    [({"is_closed": True}, "its grades stand"), ({"is_completed": True}, "completed already")],
)
def test_what_stands_in_the_way_is_said(given, said):
    with pytest.raises(Refused, match=said):
        recognise("P", **GIVEN | given)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"said": {"where_passed": "", "title": "T1"}}, "where_passed"),
        ({"said": {"where_passed": "INAP", "title": "x" * 201}}, "title"),
        ({"hours": 0}, "hours"),
        ({"passed_on": date(2026, 11, 24)}, "passed_on"),
        ({"reason": "no"}, "reason"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(wrong, field):
    with pytest.raises(Invalid) as refused:
        recognise("P", **GIVEN | wrong)
    assert set(refused.value.fields) == {field}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, None),
        ({"is_closed": True}, "its grades stand"),
        ({"is_revoked": True}, "taken back before"),
        ({"has_document": True}, "A document of this course was issued"),
        ({"reason": "no"}, "Write the reason"),
    ],
)
def test_it_is_taken_back_while_no_document_rests_on_it(given, said):
    whole = {"is_closed": False, "is_revoked": False, "has_document": False, "reason": "Fue error"}
    if said is None:
        revoke("P", **whole | given)
    else:
        with pytest.raises((Refused, Invalid), match=said):
            revoke("P", **whole | given)


@pytest.mark.parametrize("ratio", [None, 300_000, 900_000])
def test_a_recognised_course_is_completed_and_has_no_grade(ratio):
    """Whatever was done of it here, no figure of ours is made up of it."""
    quiz = Component("q", "Q", 500_000, ratio, passed=bool(ratio and ratio > 610_000))
    own = decide([Task("l", "L", done=False)], [quiz], scale=SCALES["0-100"], pass_mark=610_000)
    found = recognised(own)
    assert (own.completed, found.completed, found.recognised) == (False, True, True)
    assert (found.failed, found.reasons, found.arithmetic.ratio) == (False, (), None)
    assert (found.seen, found.to_see) == (own.seen, own.to_see)
