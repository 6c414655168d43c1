"""Which of two accounts stays, when they may be joined, and when parted."""

import pytest

from lms.foundation.kernel.errors import Refused
from lms.people.models.person import PersonState
from lms.people.rules import merging as rules
from lms.people.rules.merging import Side, check

pytestmark = pytest.mark.pure

#: stays, goes → why not
TABLE = {
    ("active", "active"): None,
    ("active", "invited"): None,
    ("active", "pending"): None,
    ("active", "closed"): rules.CLOSED,
    ("active", "merged"): rules.CLOSED,
    ("invited", "active"): rules.NOT_ENTERED,
    ("invited", "invited"): None,
    ("invited", "pending"): None,
    ("invited", "closed"): rules.CLOSED,
    ("invited", "merged"): rules.CLOSED,
    ("pending", "active"): rules.NOT_CONFIRMED,
    ("pending", "invited"): rules.NOT_CONFIRMED,
    ("pending", "pending"): rules.NOT_CONFIRMED,
    ("pending", "closed"): rules.CLOSED,
    ("pending", "merged"): rules.CLOSED,
    **{("closed", other): rules.CLOSED for other in PersonState},
    **{("merged", other): rules.CLOSED for other in PersonState},
}


def why_not(act, *given, **named) -> str | None:
    try:
        act(*given, **named)
    except Refused as refusal:
        return refusal.message
    return None


def test_the_table_has_every_pair():
    assert set(TABLE) == {(one, other) for one in PersonState for other in PersonState}


@pytest.mark.parametrize(("pair", "expected"), TABLE.items(), ids=lambda each: str(each))
def test_an_account_that_is_used_stays(pair, expected):
    stays, goes = pair
    assert why_not(check, Side(1, stays), Side(2, goes)) == expected


def test_not_the_same_and_not_ones_own():
    assert why_not(check, Side(1, "active"), Side(1, "active")) == rules.SAME
    mine = Side(1, "active", is_own=True)
    assert why_not(check, mine, Side(2, "active")) == rules.OWN
    assert why_not(check, Side(2, "active"), mine) == rules.OWN


@pytest.mark.parametrize(
    ("state", "other", "better"),
    [
        ("active", "invited", True), ("active", "pending", True), ("invited", "pending", True),
        ("active", "active", False), ("pending", "active", False), ("pending", "merged", True),
    ],
)  # fmt: skip
def test_which_one_is_proposed_to_stay(state, other, better):
    assert rules.is_better(state, other) is better


@pytest.mark.parametrize(
    ("reason", "good"),
    [("", False), ("no", False), ("sí.", True), ("x" * 500, True), ("x" * 501, False)],
)
def test_a_reason_is_three_to_five_hundred_characters(reason, good):
    assert (why_not(rules.check_reason, reason) is None) is good


def test_what_goes_along_has_an_end():
    assert why_not(rules.check_size, rules.MOST) is None
    assert why_not(rules.check_size, rules.MOST + 1) == rules.TOO_MUCH


@pytest.mark.parametrize(
    ("is_undone", "state", "left", "expected"),
    [
        (False, "active", 1, None),
        (False, "invited", 2, None),
        (True, "active", 1, rules.UNDONE),
        (False, "merged", 1, rules.JOINED_AGAIN),
        (False, "active", 0, rules.NOTHING_LEFT),
        (True, "merged", 0, rules.UNDONE),
    ],
)
def test_parted_once_the_last_joined_first_and_never_without_a_way_in(
    is_undone, state, left, expected
):
    assert (
        why_not(rules.check_part, is_undone=is_undone, stays_state=state, identifiers_left=left)
        == expected
    )


def test_what_is_gone_since_is_named():
    known = {"4": "ana@example.org", "7": "+502 5512 3456"}
    assert rules.gone_since(known, [4, 7]) == []
    assert rules.gone_since(known, [7]) == ["ana@example.org"]
