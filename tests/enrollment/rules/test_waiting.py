"""Who is next on a waiting list, and who can be put on it."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from lms.enrollment.rules import waiting
from lms.enrollment.rules.asking import Applicant, Entrance, ask
from lms.enrollment.rules.seats import Request, Room
from lms.enrollment.rules.waiting import Waiting
from lms.foundation.kernel.errors import Refused
from tests.conftest import MORNING

pytestmark = pytest.mark.pure
UIDS = [UUID(int=number) for number in range(1, 6)]


def on_list(*seated):
    """Five people who asked one minute after the other, the last first."""
    return [
        Waiting(uid, MORNING + timedelta(minutes=number), number in seated)
        for number, uid in reversed(list(enumerate(UIDS)))
    ]


@pytest.mark.parametrize(
    ("capacity", "taken", "seated", "granted", "passed"),
    [
        (10, 10, (), [], []),
        (10, 9, (), [0], []),
        (10, 8, (), [0, 1], []),
        (10, 9, (0,), [1], [0]),
        (10, 8, (0, 2), [1, 3], [0, 2]),
        (10, 9, (0, 1, 2, 3, 4), [], [0, 1, 2, 3, 4]),
        (10, 12, (), [], []),
        (None, 12, (1,), [0, 2, 3, 4], [1]),
    ],
)
def test_free_seats_go_to_the_head_of_the_list(capacity, taken, seated, granted, passed):
    found = waiting.promote(Room("Promoción", capacity, taken), on_list(*seated))
    assert [UIDS.index(uid) for uid in found.granted] == granted
    assert [UIDS.index(uid) for uid in found.passed_over] == passed


def test_who_asked_at_the_same_moment_keeps_one_order():
    same = [Waiting(uid, MORNING) for uid in reversed(UIDS)]
    assert waiting.promote(Room("Promoción", 2, 0), same).granted == tuple(UIDS[:2])


@pytest.mark.parametrize(
    ("deed", "moves"), [(waiting.put_on, "applied"), (waiting.take_off, "waitlisted")]
)
@pytest.mark.parametrize("state", ["applied", "waitlisted", "enrolled", "declined", "withdrawn"])
def test_who_is_put_on_the_list_and_taken_off(deed, moves, state):
    room, request = Room("Promoción", 1, 1), Request(UIDS[0], state, MORNING)
    if state == moves:
        assert deed(room, [request], is_over=False).granted == (UIDS[0],)
        with pytest.raises(Refused, match="has ended"):
            deed(room, [request], is_over=True)
    else:
        with pytest.raises(Refused):
            deed(room, [request], is_over=False)


ENTRANCE = Entrance(
    door="open",
    opens_at=MORNING - timedelta(days=1),
    closes_at=MORNING + timedelta(days=1),
    ends_at=MORNING + timedelta(days=9),
    is_closed=False,
    room=Room("Promoción", 2, 1),
)


@pytest.mark.parametrize(
    ("door", "taken", "takes", "many", "state"),
    [
        ("open", 1, True, 0, "enrolled"),
        ("open", 2, True, 0, "waitlisted"),
        ("open", 1, True, 1, "waitlisted"),
        ("open", 2, False, 0, None),
        ("open", 1, False, 1, "enrolled"),
        ("approval", 2, True, 0, "applied"),
        ("approval", 2, False, 0, None),
        ("key", 2, True, 0, None),
    ],
)
def test_what_comes_of_asking_when_seats_are_short(door, taken, takes, many, state):
    entrance = replace(
        ENTRANCE, door=door, room=Room("P", 2, taken), takes_waitlist=takes, waiting=many
    )
    applicant = Applicant(is_active=True, name_confirmed=True)
    if state is None:
        with pytest.raises(Refused, match="All seats"):
            ask(entrance, applicant, None, MORNING, MORNING.date())
    else:
        assert ask(entrance, applicant, None, MORNING, MORNING.date()) == state
