"""Seats are given in the order of arrival and never twice."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.enrollment.rules.seats import ADMISSIBLE, Request, Room, admit, decline
from lms.enrollment.rules.states import EnrollmentState
from lms.foundation.kernel.errors import Invalid, Refused

pytestmark = pytest.mark.pure
NOW = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
UIDS = st.integers(1, 2**100).map(lambda n: UUID(int=n))
REQUESTS = st.lists(
    st.builds(
        Request,
        uid=UIDS,
        state=st.sampled_from([state.value for state in EnrollmentState]),
        applied_at=st.integers(0, 50).map(lambda n: NOW + timedelta(minutes=n)),
    ),
    max_size=30,
    unique_by=lambda request: request.uid,
)


def request(number: int, state: str = "applied", minute: int | None = None) -> Request:
    moment = NOW + timedelta(minutes=number if minute is None else minute)
    return Request(UUID(int=number), state, moment)


def test_a_full_cohort_admits_as_many_as_seats_remain_in_the_order_of_arrival():
    late, first, second = request(1, minute=9), request(2, minute=1), request(3, minute=5)
    sorting = admit(Room("P", 10, 8), [late, first, second], is_over=False)
    assert sorting.granted == (first.uid, second.uid)
    assert sorting.without_seat == (late.uid,)


def test_nobody_is_admitted_when_no_seat_is_left():
    with pytest.raises(Refused, match="taken"):
        admit(Room("P", 10, 10), [request(1)], is_over=False)


def test_who_was_decided_in_the_meantime_is_passed_over():
    sorting = admit(
        Room("P", 10, 8), [request(1, "enrolled"), request(2), request(3, "withdrawn")],
        is_over=False,
    )  # fmt: skip
    assert sorting.granted == (UUID(int=2),)
    assert sorting.not_waiting == (UUID(int=1), UUID(int=3))


def test_somebody_declined_by_mistake_can_still_be_admitted():
    assert admit(Room("P", None, 0), [request(1, "declined")], is_over=False).granted


@pytest.mark.parametrize(
    "decide", [admit, lambda r, q, is_over: decline(r, q, "no", is_over=is_over)]
)
def test_after_the_end_nothing_is_decided(decide):
    with pytest.raises(Refused, match="ended"):
        decide(Room("P", 10, 0), [request(1)], is_over=True)


@pytest.mark.parametrize("reason", ["", "no", "x" * 501])
def test_declining_needs_a_reason_to_read(reason):
    with pytest.raises(Invalid) as refused:
        decline(Room("P", 10, 0), [request(1)], reason, is_over=False)
    assert "reason" in refused.value.fields


def test_declining_leaves_who_has_a_seat_alone():
    sorting = decline(Room("P", 1, 1), [request(1), request(2, "enrolled")], "Falta", is_over=False)
    assert (sorting.granted, sorting.not_waiting) == ((UUID(int=1),), (UUID(int=2),))


@given(REQUESTS, st.one_of(st.none(), st.integers(1, 20)), st.integers(0, 25))
def test_the_capacity_is_never_exceeded_and_nobody_is_lost(requests, capacity, taken):
    room = Room("P", capacity, taken)
    waiting = [each for each in requests if each.state in ADMISSIBLE]
    try:
        sorting = admit(room, requests, is_over=False)
    except Refused:
        assert room.is_full
        assert waiting
        return
    if capacity is not None and waiting:
        assert taken + len(sorting.granted) <= capacity
    told = [*sorting.granted, *sorting.without_seat, *sorting.not_waiting]
    assert sorted(told) == sorted(each.uid for each in requests)
    arrived = {each.uid: (each.applied_at, each.uid) for each in requests}
    assert [*sorting.granted, *sorting.without_seat] == sorted(
        (each.uid for each in waiting), key=arrived.__getitem__
    )
    if sorting.without_seat:
        assert room.left == len(sorting.granted)
