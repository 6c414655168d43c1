"""Who gets a seat, who waits, and why somebody is refused."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from lms.enrollment.rules.asking import Applicant, Entrance, Key, ask, refuse_now
from lms.enrollment.rules.doubles import Held
from lms.enrollment.rules.seats import Room
from lms.enrollment.rules.states import Door, EnrollmentState
from lms.foundation.kernel.errors import Invalid, Refused

pytestmark = pytest.mark.pure
NOW = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
OPEN = Entrance(
    door=Door.OPEN, opens_at=NOW - DAY, closes_at=NOW + DAY, ends_at=NOW + 90 * DAY,
    is_closed=False, room=Room("Promoción 1", 10, 3),
)  # fmt: skip
BY_KEY = replace(OPEN, door=Door.KEY)
SOMEBODY = Applicant(is_active=True, name_confirmed=True)
ELSEWHERE = Held("Promoción 0", NOW + DAY)
GOOD_KEY = Key(uses_left=1, expires_on=TODAY)


@pytest.mark.parametrize(
    ("door", "key", "state"),
    [
        (Door.OPEN, None, EnrollmentState.ENROLLED),
        (Door.APPROVAL, None, EnrollmentState.APPLIED),
        (Door.KEY, GOOD_KEY, EnrollmentState.ENROLLED),
    ],
)
def test_each_door_leads_to_its_state(door, key, state):
    assert ask(replace(OPEN, door=door), SOMEBODY, key, NOW, TODAY) is state


@pytest.mark.parametrize(
    ("entrance", "applicant", "said"),
    [
        (replace(OPEN, opens_at=NOW + timedelta(seconds=1)), SOMEBODY, "has not opened yet"),
        (replace(OPEN, closes_at=NOW), SOMEBODY, "has closed"),
        (replace(OPEN, ends_at=NOW), SOMEBODY, "has ended"),
        (replace(OPEN, is_closed=True), SOMEBODY, "has ended"),
        (replace(OPEN, room=Room("Promoción 1", 3, 3)), SOMEBODY, "are taken"),
        (replace(OPEN, room=Room("Promoción 1", 3, 5)), SOMEBODY, "are taken"),
        (OPEN, replace(SOMEBODY, is_active=False), "Confirm your account"),
        (OPEN, replace(SOMEBODY, name_confirmed=False), "Confirm first how your name"),
        (OPEN, replace(SOMEBODY, held=ELSEWHERE), "withdraw you from Promoción 0 first"),
        (BY_KEY, replace(SOMEBODY, held=ELSEWHERE), "already have a seat in Promoción 0"),
        (OPEN, replace(SOMEBODY, state="enrolled", held=ELSEWHERE), "already enrolled"),
        (OPEN, replace(SOMEBODY, state="applied"), "already asked"),
        (OPEN, replace(SOMEBODY, state="waitlisted"), "waiting list"),
        (OPEN, replace(SOMEBODY, state="enrolled"), "already enrolled"),
        (OPEN, replace(SOMEBODY, state="declined"), "was declined"),
        (OPEN, replace(SOMEBODY, state="withdrawn"), "withdrew"),
        (OPEN, replace(SOMEBODY, state="completed"), "already completed"),
        (OPEN, replace(SOMEBODY, state="failed"), "already taken"),
    ],
)
def test_a_refusal_says_why(entrance, applicant, said):
    with pytest.raises(Refused) as refused:
        ask(entrance, applicant, None, NOW, TODAY)
    assert said in str(refused.value)
    assert (
        "Promoción 1" in str(refused.value)
        or not applicant.is_active
        or not (applicant.name_confirmed)
    )


@pytest.mark.parametrize("moment", [OPEN.opens_at, OPEN.closes_at - timedelta(microseconds=1)])
def test_the_window_holds_from_its_first_to_its_last_moment(moment):
    refuse_now(OPEN, SOMEBODY, moment)


def test_without_a_capacity_there_is_always_room():
    entrance = replace(OPEN, room=Room("Promoción 1", None, 100_000))
    assert ask(entrance, SOMEBODY, None, NOW, TODAY) is EnrollmentState.ENROLLED


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (None, "does not open this cohort"),
        (Key(uses_left=0, expires_on=TODAY), "used up"),
        (Key(uses_left=5, expires_on=TODAY - DAY), "expired"),
    ],
)
def test_a_bad_key_is_refused_beside_its_field(key, said):
    with pytest.raises(Invalid) as refused:
        ask(BY_KEY, SOMEBODY, key, NOW, TODAY)
    assert said in refused.value.fields["key"]


def test_a_key_holds_to_the_end_of_its_last_day():
    assert ask(BY_KEY, SOMEBODY, Key(1, TODAY), NOW, TODAY) is EnrollmentState.ENROLLED
