import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.people.formats.typed import alike, possible

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (" Rosa@Example.org ", ("email", "rosa@example.org")),
        ("5512-3456", ("phone", "+50255123456")),
        ("+51 987 654 321", ("phone", "+51987654321")),
        ("987654321", ("phone", "+51987654321")),
        ("2345 67895 0101", ("document", "GT:dpi:2345678950101")),
        ("45678912", ("document", "PE:dni:45678912")),
        ("boxw310820hnerxn09", ("document", "MX:curp:BOXW310820HNERXN09")),
        ("AB-123456", ("document", "GT:passport:AB123456")),
    ],
)
def test_one_field_takes_whatever_somebody_is_known_by(typed, meant):
    assert meant in possible(typed, "GT")


@pytest.mark.parametrize("typed", ["", "x", "rosa@", "@", "¿?"])
def test_what_is_nothing_of_these_is_nobody(typed):
    assert possible(typed, "GT") == []


@given(st.text(max_size=300))
def test_anything_may_be_typed(typed):
    pairs = possible(typed, "GT")
    assert len(pairs) < 100
    assert len(set(pairs)) == len(pairs)


def test_tries_are_counted_for_all_spellings_alike():
    assert alike("2345 67895 0101") == alike("2345-67895-0101") == alike("2345678950101")
    assert alike("Rosa@Example.org") == alike("rosa@example.org ")
