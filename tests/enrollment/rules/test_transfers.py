"""Who can be transferred, where to; and until when it can be undone."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from lms.enrollment.rules.departures import Cause
from lms.enrollment.rules.seats import Room, Share
from lms.enrollment.rules.states import EnrollmentState
from lms.enrollment.rules.transfers import Destination, Origin, transfer, undo
from lms.foundation.kernel.errors import Invalid, Refused

pytestmark = pytest.mark.pure
TODAY, ENROLLED = date(2026, 11, 23), date(2026, 11, 10)
NOW = datetime(2026, 11, 23, 16, tzinfo=UTC)
HERE = Origin("A", False, {1, 2}, "enrolled", ENROLLED, False)
THERE = Destination(Room("B", 10, 9), False, {2, 3}, None)
WHY = {"left_on": TODAY, "cause": Cause.WORK, "reason": "Turnos de noche", "today": TODAY}


def test_a_seat_that_is_kept_is_theirs_who_asked_by_that_agreement():
    kept = Room("B", 10, 9, (Share(7, 1, 0),))
    transfer(HERE, replace(THERE, room=kept, state="applied", share=7), **WHY)


def test_whoever_studies_goes_on_where_a_same_course_is_taught_and_a_seat_is_free():
    transfer(HERE, THERE, **WHY)
    transfer(replace(HERE, state="failed"), THERE, **WHY)
    transfer(HERE, replace(THERE, room=Room("B", None, 900)), **WHY)


@pytest.mark.parametrize("state", [s for s in EnrollmentState if s not in ("enrolled", "failed")])
def test_nobody_else_does(state):
    with pytest.raises(Refused, match="does not study here any more"):
        transfer(replace(HERE, state=state), THERE, **WHY)


@pytest.mark.parametrize(
    ("here", "there", "said"),
    [
        ({"is_closed": True}, {}, "its grades stand"),
        ({"has_documents": True}, {}, "A document was issued"),
        ({}, {"courses": {3}}, "teaches other courses"),
        ({}, {"is_over": True}, "has ended"),
        ({}, {"room": Room("B", 10, 10)}, "All seats of B are taken"),
        ({}, {"room": Room("B", 10, 9, (Share(7, 1, 0),))}, "All seats of B are taken"),
    ],
)
def test_what_stands_in_the_way_is_said(here, there, said):
    with pytest.raises(Refused, match=said):
        transfer(replace(HERE, **here), replace(THERE, **there), **WHY)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (None, None),
        ("applied", None),
        ("waitlisted", None),
        ("declined", None),
        ("transferred", None),
        ("withdrawn", "take that withdrawal back"),
        ("enrolled", "has a seat in B already"),
        ("completed", "has a seat in B already"),
        ("failed", "has a seat in B already"),
    ],
)
def test_how_they_stand_there_already(state, said):
    there = replace(THERE, state=state)
    if said is None:
        transfer(HERE, there, **WHY)
    else:
        with pytest.raises(Refused, match=said):
            transfer(HERE, there, **WHY)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"left_on": date(2026, 11, 24)}, "left_on"),
        ({"left_on": date(2026, 11, 9)}, "left_on"),
        ({"cause": Cause.NEVER_CAME}, "cause"),
        ({"reason": "no"}, "reason"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(wrong, field):
    with pytest.raises(Invalid) as refused:
        transfer(HERE, THERE, **WHY | wrong)
    assert set(refused.value.fields) == {field}


# The last seat is kept for an agreement.
KEPT = Room("A", 10, 9, (Share(7, 1, 0),))
UNDONE = {
    "room": Room("A", 10, 9), "state": "transferred", "reason": "Fue un error",
    "share": None, "is_closed": False, "moved_at": NOW, "state_there": "enrolled",
    "last_seen_there": None, "has_documents_there": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, None),
        ({"last_seen_there": NOW}, None),
        ({"last_seen_there": NOW + timedelta(seconds=1)}, "done something in the other"),
        ({"has_documents_there": True}, "done something in the other"),
        ({"state_there": "withdrawn"}, "cannot be undone any more"),
        ({"state": "withdrawn"}, "cannot be undone any more"),
        ({"room": Room("A", 10, 10)}, "All seats of A are taken"),
        ({"room": KEPT}, "All seats of A are taken"),
        ({"room": KEPT, "share": 7}, None),
        ({"is_closed": True}, "its grades stand"),
        ({"reason": "no"}, "Write the reason"),
    ],
)
def test_it_is_undone_while_nothing_was_done_there_and_a_seat_is_free(given, said):
    if said is None:
        undo(**UNDONE | given)
    else:
        with pytest.raises((Refused, Invalid), match=said):
            undo(**UNDONE | given)
