"""Seats by door: what is left for whom, whatever came before."""

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.enrollment.rules import quotas, seats, waiting
from lms.enrollment.rules.asking import Applicant, Entrance, ask
from lms.enrollment.rules.quotas import Plan
from lms.enrollment.rules.seats import Request, Room, Share
from lms.enrollment.rules.waiting import Waiting
from lms.foundation.kernel.errors import Invalid, Refused
from tests.conftest import MORNING

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("capacity", "taken", "kept", "public", "own"),
    [
        (10, 0, (4, 0), 6, 10),
        (10, 6, (4, 0), 0, 4),
        (10, 7, (4, 1), 0, 3),
        (10, 4, (4, 4), 6, 6),
        (10, 10, (4, 4), 0, 0),
        (10, 9, (4, 0), 0, 1),
        (10, 5, (0, 0), 5, 5),
        (None, 5, (4, 0), None, None),
    ],
)
def test_what_is_left_for_the_public_and_for_an_agreement(capacity, taken, kept, public, own):
    room = Room("P", capacity, taken, (Share(1, *kept),))
    assert room.left == public
    assert room.left_for(1) == own
    assert room.left_for(2) == public


@given(
    capacity=st.integers(1, 12),
    kept=st.lists(st.integers(1, 4), max_size=3),
    comers=st.lists(st.sampled_from([None, 0, 1, 2]), max_size=30),
)
def test_no_seat_is_given_twice_and_none_that_is_kept_for_others(capacity, kept, comers):
    kept = kept if sum(kept) <= capacity else []
    room = Room("P", capacity, 0, tuple(Share(n, many, 0) for n, many in enumerate(kept)))
    for comer in comers:
        if room.left_for(comer):
            room = room.seated(comer)
        assert room.taken + room.kept <= capacity


UIDS = [UUID(int=number) for number in range(1, 7)]


def asked(*shares):
    return [
        Request(uid, "applied", MORNING + timedelta(minutes=n), share=share)
        for n, (uid, share) in enumerate(zip(UIDS, shares, strict=False))
    ]


def test_admitting_keeps_the_order_within_each_door():
    room = Room("P", 3, 0, (Share(1, 1, 0),))
    sorting = seats.admit(room, asked(None, None, None, 1, 1), is_over=False)
    assert [UIDS.index(uid) for uid in sorting.granted] == [0, 1, 3]
    assert [UIDS.index(uid) for uid in sorting.without_seat] == [2, 4]
    with pytest.raises(Refused, match="taken"):
        seats.admit(Room("P", 1, 0, (Share(1, 1, 0),)), asked(None), is_over=False)


def test_a_seat_that_is_kept_goes_to_the_first_of_its_door_on_the_list():
    room = Room("P", 2, 1, (Share(1, 1, 0),))
    people = [
        Waiting(UIDS[0], MORNING),
        Waiting(UIDS[1], MORNING + timedelta(minutes=1), share=1),
        Waiting(UIDS[2], MORNING + timedelta(minutes=2), share=1),
    ]
    assert waiting.promote(room, people).granted == (UIDS[1],)


@pytest.mark.parametrize(
    ("share", "taken", "many", "state"),
    [
        (None, 0, 0, "enrolled"),
        (None, 1, 0, None),
        (1, 1, 0, "enrolled"),
        (1, 1, 3, "enrolled"),
        (1, 2, 0, None),
    ],
)
def test_by_an_agreement_one_gets_in_though_the_public_seats_are_taken(share, taken, many, state):
    of_share = max(0, taken - 1)
    entrance = Entrance(
        "open",
        MORNING - timedelta(days=1),
        MORNING + timedelta(days=1),
        MORNING + timedelta(days=9),
        is_closed=False,
        room=Room("P", 2, taken, (Share(1, 1, of_share),)),
        waiting=many,
        share=share,
    )
    applicant = Applicant(is_active=True, name_confirmed=True)
    if state is None:
        with pytest.raises(Refused, match="All seats"):
            ask(entrance, applicant, None, MORNING, MORNING.date())
    else:
        assert ask(entrance, applicant, None, MORNING, MORNING.date()) == state


GOOD = Plan("Convenio", 3, MORNING + timedelta(days=5))


@pytest.mark.parametrize(
    ("plan", "capacity", "others", "taken", "error"),
    [
        (GOOD, 10, [], 0, None),
        (GOOD, 10, [4], 3, None),
        (GOOD, 10, [4], 4, Invalid),
        (GOOD, None, [], 0, Refused),
        (Plan("", 3), 10, [], 0, Invalid),
        (Plan("x" * 81, 3), 10, [], 0, Invalid),
        (Plan("Convenio", 0), 10, [], 0, Invalid),
        (Plan("Convenio", 3, MORNING), 10, [], 0, Invalid),
    ],
)
def test_only_seats_that_there_are_can_be_kept(plan, capacity, others, taken, error):
    def check():
        quotas.check(plan, capacity=capacity, others=others, taken=taken, now=MORNING)

    if error is None:
        check()
    else:
        with pytest.raises(error):
            check()
