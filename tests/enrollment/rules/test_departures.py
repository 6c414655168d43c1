"""Who can leave a cohort, from when, why; and who can come back."""

from datetime import date
from uuid import UUID

import pytest

from lms.enrollment.rules.departures import Cause, Leaver, take_back, withdraw
from lms.enrollment.rules.seats import Room, Share
from lms.enrollment.rules.states import EnrollmentState
from lms.foundation.kernel.errors import Invalid, Refused

pytestmark = pytest.mark.pure
TODAY, ENROLLED = date(2026, 11, 23), date(2026, 11, 10)
WHY = {
    "left_on": TODAY, "cause": Cause.WORK, "reason": "Turnos de noche", "today": TODAY,
    "is_closed": False,
}  # fmt: skip


def leaver(number: int, state: str, since: date = ENROLLED) -> Leaver:
    return Leaver(UUID(int=number), f"Persona {number}", state, since)


@pytest.mark.parametrize(
    ("state", "leaves"),
    [(state, state in ("enrolled", "failed")) for state in EnrollmentState],
)
def test_whoever_studies_can_leave(state, leaves):
    other = leaver(1, "enrolled")
    found = withdraw("P", [other, leaver(2, state)], **WHY)
    assert (UUID(int=2) in found.leave) is leaves
    assert (UUID(int=2) in found.stay) is not leaves


def test_nobody_to_withdraw_is_refused():
    with pytest.raises(Refused, match="None of these people"):
        withdraw("P", [leaver(1, "completed")], **WHY)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"left_on": date(2026, 11, 24)}, "left_on"),
        ({"left_on": date(2026, 11, 9)}, "left_on"),
        ({"cause": "weather"}, "cause"),
        ({"cause": ""}, "cause"),
        ({"reason": "no"}, "reason"),
        ({"reason": "x" * 501}, "reason"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(wrong, field):
    with pytest.raises(Invalid) as refused:
        withdraw("P", [leaver(1, "enrolled")], **WHY | wrong)
    assert set(refused.value.fields) == {field}


@pytest.mark.parametrize("day", [ENROLLED, TODAY])
def test_the_day_of_enrolment_and_today_will_do(day):
    assert withdraw("P", [leaver(1, "enrolled")], **WHY | {"left_on": day}).leave


def test_the_day_counts_for_those_who_leave_only():
    late = leaver(2, "completed", TODAY)
    assert withdraw("P", [leaver(1, "enrolled"), late], **WHY | {"left_on": ENROLLED}).leave


def test_a_closed_cohort_is_left_by_nobody():
    with pytest.raises(Refused, match="its grades stand"):
        withdraw("P", [leaver(1, "enrolled")], **WHY | {"is_closed": True})


def test_a_seat_kept_for_others_is_not_free_and_the_own_agreements_is():
    kept = Room("P", 10, 9, (Share(7, 1, 0),))
    take_back(kept, "withdrawn", "Fue un error", share=7, is_closed=False)
    with pytest.raises(Refused, match="All seats"):
        take_back(kept, "withdrawn", "Fue un error", share=None, is_closed=False)


@pytest.mark.parametrize(
    ("taken", "state", "reason", "closed", "said"),
    [
        (9, "withdrawn", "Fue un error", False, None),
        (10, "withdrawn", "Fue un error", False, "All seats"),
        (9, "enrolled", "Fue un error", False, "not withdrawn any more"),
        (9, "withdrawn", "si", False, "Write the reason"),
        (9, "withdrawn", "Fue un error", True, "its grades stand"),
    ],
)
def test_a_withdrawal_is_taken_back_while_a_seat_is_free(taken, state, reason, closed, said):
    if said is None:
        take_back(Room("P", 10, taken), state, reason, share=None, is_closed=closed)
        return
    with pytest.raises((Refused, Invalid), match=said):
        take_back(Room("P", 10, taken), state, reason, share=None, is_closed=closed)
