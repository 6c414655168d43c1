import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.foundation.kernel.errors import Invalid
from lms.people.formats.phones import phone, possible

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("typed", "country", "value"),
    [
        ("5512 3456", "GT", "+50255123456"),
        ("+502 5512-3456", "PE", "+50255123456"),
        ("00502 55123456", "GT", "+50255123456"),
        ("987 654 321", "PE", "+51987654321"),
        ("55 1234 5678", "MX", "+525512345678"),
    ],
)
def test_a_phone_has_one_form(typed, country, value):
    found = phone(typed, country)
    assert found.value == value
    assert found.shown.startswith("+")


@pytest.mark.parametrize("typed", ["", "123", "55123", "no tengo", "5512 3456 ext. 2", "9" * 60])
def test_what_nobody_can_dial_is_refused(typed):
    with pytest.raises(Invalid):
        phone(typed, "GT")


@given(st.text(max_size=50))
def test_whatever_is_typed_the_form_is_stable_or_refused(typed):
    try:
        found = phone(typed, "GT")
    except Invalid:
        return
    assert phone(found.shown, "PE").value == found.value
    assert found.value in possible(typed, ("GT", "PE"))
