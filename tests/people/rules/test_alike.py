"""Documents that are perhaps one document, typed twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.people.rules.alike import bare, one_slip, slips

pytestmark = pytest.mark.pure
NUMBERS = st.text("0123456789", min_size=4, max_size=18)


@pytest.mark.parametrize(
    ("one", "other"),
    [("O12345", "012345"), ("A1B2C3", "AI82C3"), ("0012345", "12345"), ("5Z6G", "s266")],
)
def test_what_is_taken_for_each_other_is_one_number(one, other):
    assert bare(one) == bare(other)


def test_other_numbers_stay_others():
    assert bare("2345678990101") != bare("2345678990102")


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("123456", "123456", True),
        ("123456", "123457", True),
        ("123456", "132456", True),
        ("123456", "12345", True),
        ("123456", "23456", True),
        ("123456", "143256", False),
        ("123456", "123478", False),
        ("123456", "1234", False),
        ("1234", "4321", False),
    ],
)
def test_one_slip_of_the_hand(one, other, alike):
    assert one_slip(one, other) is alike
    assert one_slip(other, one) is alike


@given(NUMBERS, st.data())
def test_every_single_slip_is_recognised(number, data):
    at = data.draw(st.integers(0, len(number) - 1))
    figure = data.draw(st.sampled_from("0123456789"))
    assert one_slip(number, number[:at] + figure + number[at + 1 :])
    assert one_slip(number, number[:at] + figure + number[at:])
    assert one_slip(number, number[:at] + number[at + 1 :])
    if at + 1 < len(number):
        swapped = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
        assert one_slip(number, swapped)


@given(NUMBERS)
def test_all_that_are_one_slip_away_and_nothing_else(number):
    found = slips(number)
    assert number not in found
    assert all(one_slip(number, each) for each in found)


@given(NUMBERS, st.data())
def test_no_slip_is_forgotten(number, data):
    at = data.draw(st.integers(0, len(number) - 1))
    figure = data.draw(st.sampled_from("0123456789"))
    meant = {
        number[:at] + figure + number[at + 1 :],
        number[:at] + figure + number[at:],
        number[:at] + number[at + 1 :],
    }
    if at + 1 < len(number):
        meant.add(number[:at] + number[at + 1] + number[at] + number[at + 2 :])
    assert meant - {number} <= slips(number)
