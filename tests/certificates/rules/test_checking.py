"""Four eyes: who decides a list, what drops somebody out of it, what makes two lists the same."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.certificates.rules import checking as rules
from lms.certificates.rules.checking import APART, OPEN, WORDS, Apart, Said, State
from lms.foundation.kernel.errors import Refused

pytestmark = pytest.mark.pure
ANA = Said("Ana Caal", "2500 00001 0101", "87")
TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=8)
SAID = st.builds(Said, TEXT, TEXT, TEXT, TEXT)


def test_a_list_is_decided_once_and_by_somebody_else():
    for state, prepared, decides in product(State, (1, None), (1, 2, None)):
        if state is State.PREPARED and decides is not None and decides != prepared:
            rules.check_decision(state, prepared, decides)
        else:
            with pytest.raises(Refused):
                rules.check_decision(state, prepared, decides)


def test_only_an_approved_list_is_issued_and_only_an_open_one_withdrawn():
    for state in State:
        for check, allowed in (
            (rules.check_issue, {State.APPROVED, State.ISSUED}),
            (rules.check_withdrawal, OPEN),
        ):
            if state in allowed:
                check(state)
            else:
                with pytest.raises(Refused):
                    check(state)


def test_where_two_are_asked_for_nobody_issues_without_a_list():
    rules.check_direct(False)
    with pytest.raises(Refused, match="check list"):
        rules.check_direct(True)


@pytest.mark.parametrize(
    ("now", "has", "why"),
    [
        (ANA, False, ()),
        (ANA, True, (Apart.HAS,)),
        (None, True, (Apart.HAS,)),
        (None, False, (Apart.GONE,)),
        (Said("Ana Kaal", ANA.document, ANA.grade), False, (Apart.NAME,)),
        (Said(ANA.name, "", ANA.grade), False, (Apart.DOCUMENT,)),
        (Said(ANA.name, ANA.document, ANA.grade, "other"), False, (Apart.DOCUMENT,)),
        (Said(ANA.name, ANA.document, "88"), False, (Apart.GRADE,)),
        (Said("Eva", "1", "2"), False, (Apart.NAME, Apart.DOCUMENT, Apart.GRADE)),
    ],
)
def test_whoever_is_not_as_approved_is_set_apart_with_every_reason(now, has, why):
    assert rules.apart(ANA, now, has=has) == why


@given(SAID, SAID)
def test_nobody_drops_out_unless_something_differs(then, now):
    assert bool(rules.apart(then, now, has=False)) is (then != now)


@given(st.lists(st.tuples(SAID, TEXT, TEXT), max_size=4), st.lists(st.tuples(SAID, TEXT, TEXT)))
def test_two_lists_have_one_fingerprint_only_if_they_say_the_same_in_the_same_order(one, other):
    assert (rules.digest(one) == rules.digest(other)) is (one == other)


def test_every_state_and_reason_has_its_words():
    assert set(WORDS) == set(State)
    assert set(APART) == set(Apart)
