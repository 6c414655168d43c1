"""What a call may ask, what of it can be changed, and what stands in the way of handing in."""

from dataclasses import replace
from uuid import UUID

import pytest

from lms.enrollment.rules import applying, calls
from lms.enrollment.rules.applying import Slot
from lms.enrollment.rules.calls import Asked
from lms.foundation.kernel.errors import Invalid, Refused

pytestmark = pytest.mark.pure
GOOD = Asked("document", "Documento de identidad", "", is_obligatory=True)
SOME = UUID("01a1fc63-ba3c-70fe-bed1-86403cbd786d")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"sort": "dance"}, "sort"),
        ({"name": ""}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"why": "x" * 301}, "why"),
        ({"formats": ()}, "formats"),
        ({"formats": ("exe",)}, "formats"),
        ({"megabytes": 0}, "megabytes"),
        ({"megabytes": 11}, "megabytes"),
    ],
)
def test_a_requirement_is_well_made(wrong, field):
    calls.check(GOOD)
    with pytest.raises(Invalid) as refusal:
        calls.check(replace(GOOD, **wrong))
    assert list(refusal.value.fields) == [field]


def test_an_answer_has_no_format_and_no_size():
    calls.check(replace(GOOD, sort="answer", formats=(), megabytes=0))


@pytest.mark.parametrize(
    ("obligatory", "handed_in", "taken"),
    [(True, 0, True), (False, 0, True), (False, 3, True), (True, 3, False)],
)
def test_nothing_becomes_obligatory_once_somebody_has_handed_in(obligatory, handed_in, taken):
    asked = replace(GOOD, is_obligatory=obligatory)
    before = replace(GOOD, is_obligatory=False)
    for deed in (
        lambda: calls.add(asked, there=2, handed_in=handed_in),
        lambda: calls.change(before, asked, handed_in=handed_in),
    ):
        if taken:
            deed()
        else:
            with pytest.raises(Invalid) as refusal:
                deed()
            assert "is_obligatory" in refusal.value.fields
    calls.change(GOOD, replace(GOOD, is_obligatory=False), handed_in=handed_in)


def test_a_call_asks_for_fifteen_things_at_most():
    calls.add(GOOD, there=14, handed_in=0)
    with pytest.raises(Refused):
        calls.add(GOOD, there=15, handed_in=0)


def test_a_document_stays_one():
    with pytest.raises(Invalid):
        calls.change(GOOD, replace(GOOD, sort="answer"), handed_in=0)


@pytest.mark.parametrize(
    ("door", "many", "asks"),
    [("approval", 1, True), ("approval", 0, False), ("open", 2, False), ("key", 2, False)],
)
def test_documents_are_asked_for_where_requests_are_answered(door, many, asks):
    assert calls.asks_documents(door, many) is asks


def slot(obligatory=True, state=None, turn=0):
    return Slot(SOME, "Documento", obligatory, state, turn)


@pytest.mark.parametrize(
    ("one", "lacks"),
    [
        (slot(), True),
        (slot(obligatory=False), False),
        (slot(state="sent", turn=1), False),
        (slot(state="accepted", turn=1), False),
        (slot(state="observed", turn=1), True),
        (slot(obligatory=False, state="observed", turn=1), True),
    ],
)
def test_what_stands_in_the_way_of_handing_in(one, lacks):
    assert applying.missing([one]) == (["Documento"] if lacks else [])
    for state in ("preparing", "correcting"):
        if lacks:
            with pytest.raises(Refused):
                applying.hand_in(state, [one])
        else:
            applying.hand_in(state, [one])


def test_nothing_is_handed_in_twice():
    with pytest.raises(Refused):
        applying.hand_in("handed_in", [])


@pytest.mark.parametrize(
    ("state", "one", "opens"),
    [
        ("preparing", slot(), True),
        ("preparing", slot(state="sent", turn=1), True),
        ("handed_in", slot(state="sent", turn=1), False),
        ("handed_in", slot(obligatory=False), False),
        ("correcting", slot(state="observed", turn=1), True),
        ("correcting", slot(state="accepted", turn=1), False),
        ("correcting", slot(state="sent", turn=1), False),
        ("correcting", slot(state="sent", turn=2), True),
        ("correcting", slot(obligatory=False), False),
    ],
)
def test_what_can_be_sent_when(state, one, opens):
    assert applying.is_open(state, 2, one) is opens
    if opens:
        applying.put(state, 2, one)
    else:
        with pytest.raises(Refused):
            applying.put(state, 2, one)


@pytest.mark.parametrize(
    ("state", "waits"),
    [("applied", True), ("waitlisted", True), ("enrolled", False), ("declined", False)],
)
def test_a_correction_is_taken_until_the_request_is_decided(state, waits):
    if waits:
        applying.still_waits(state)
    else:
        with pytest.raises(Refused):
            applying.still_waits(state)
