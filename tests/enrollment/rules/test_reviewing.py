"""Verdicts, deadlines, and what can be taken back."""

from datetime import timedelta
from uuid import UUID

import pytest

from lms.enrollment.rules import reviewing, seats
from lms.enrollment.rules.reviewing import Verdict
from lms.enrollment.rules.seats import Request, Room
from lms.foundation.kernel.errors import Invalid, Refused
from tests.conftest import MORNING

pytestmark = pytest.mark.pure
SOME = UUID("01a1fc63-ba3c-70fe-bed1-86403cbd786d")
ROOM = Room("Promoción", 1, 1)


@pytest.mark.parametrize(
    ("state", "words", "well"),
    [
        ("accepted", "", True),
        ("observed", "Falta el reverso.", True),
        ("observed", "", False),
        ("observed", "x" * 501, False),
    ],
)
def test_an_observation_says_what_is_wrong(state, words, well):
    verdict = Verdict(SOME, state, words, "words-1")
    if well:
        reviewing.check("handed_in", [verdict])
    else:
        with pytest.raises(Invalid) as refusal:
            reviewing.check("handed_in", [verdict])
        assert list(refusal.value.fields) == ["words-1"]
    with pytest.raises(Refused):
        reviewing.check("correcting", [verdict])


@pytest.mark.parametrize(
    ("states", "until", "error"),
    [
        (["accepted", "observed"], timedelta(days=7), None),
        (["accepted", "sent"], timedelta(days=7), Refused),
        (["observed"], timedelta(minutes=5), Invalid),
        (["observed"], timedelta(days=-1), Invalid),
        (["observed"], None, Invalid),
    ],
)
def test_it_is_sent_back_with_something_observed_and_time(states, until, error):
    moment = MORNING + until if until is not None else None
    if error is None:
        assert reviewing.send_back(states, moment, MORNING) == moment
    else:
        with pytest.raises(error):
            reviewing.send_back(states, moment, MORNING)


@pytest.mark.parametrize(
    ("state", "waits"),
    [("applied", True), ("waitlisted", True), ("enrolled", False), ("declined", False)],
)
def test_what_was_decided_is_not_read_over_again(state, waits):
    if waits:
        reviewing.refuse_decided(state)
    else:
        with pytest.raises(Refused):
            reviewing.refuse_decided(state)


@pytest.mark.parametrize(
    ("state", "begun", "back"),
    [
        ("enrolled", False, True),
        ("enrolled", True, False),
        ("completed", False, False),
        ("applied", False, False),
        ("withdrawn", False, False),
    ],
)
def test_an_admission_is_taken_back_while_nothing_was_done_with_it(state, begun, back):
    request = Request(SOME, state, MORNING, begun)
    if back:
        sorting = seats.take_back(ROOM, [request], "Fue un error.", is_over=False)
        assert sorting.granted == (SOME,)
    else:
        with pytest.raises(Refused):
            seats.take_back(ROOM, [request], "Fue un error.", is_over=False)


def test_taking_back_needs_a_reason_and_a_cohort_that_runs():
    request = Request(SOME, "enrolled", MORNING)
    with pytest.raises(Invalid):
        seats.take_back(ROOM, [request], "", is_over=False)
    with pytest.raises(Refused):
        seats.take_back(ROOM, [request], "Fue un error.", is_over=True)


@pytest.mark.parametrize(
    ("state", "again"), [("declined", True), ("applied", False), ("enrolled", False)]
)
def test_what_was_declined_waits_again(state, again):
    request = Request(SOME, state, MORNING)
    if again:
        assert seats.reopen(ROOM, [request], is_over=False).granted == (SOME,)
    else:
        with pytest.raises(Refused):
            seats.reopen(ROOM, [request], is_over=False)
