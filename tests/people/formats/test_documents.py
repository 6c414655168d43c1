import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.foundation.kernel.errors import Invalid
from lms.people.formats.documents import HIDDEN, cui_check_digit, document, possible

pytestmark = pytest.mark.pure
COUNTRIES = ("GT", "PE", "MX", "SV")
CURP = "BOXW310820HNERXN09"


def cui(eight: str, birthplace: str = "0101") -> str:
    """A CUI whose check digit fits."""
    return f"{eight}{cui_check_digit(eight)}{birthplace}"


@pytest.mark.parametrize(
    ("kind", "typed", "value", "shown"),
    [
        ("dpi", "2345 67895 0101", "GT:dpi:2345678950101", "•••• 6789 •••••"),
        ("dpi", "2345-67895-0101", "GT:dpi:2345678950101", "•••• 6789 •••••"),
        ("dni", "45678912", "PE:dni:45678912", "•••789••"),
        ("curp", CURP.lower(), f"MX:curp:{CURP}", "BOXW••••••••••••••"),
        ("passport", "ab 123456", "SV:passport:AB123456", "••12••••"),
        ("other", "12-34567-8", "SV:other:12345678", "••34••••"),
    ],
)
def test_documents_have_one_form_and_show_little(kind, typed, value, shown):
    found = document(kind, typed, "SV")
    assert (found.value, found.shown) == (value, shown)


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("dpi", "123456789012"), ("dpi", "12345678901234"), ("dpi", "234567895010A"), ("dpi", ""),
        ("dni", "1234567"), ("dni", "1234567890"), ("dni", "1234567A"),
        ("curp", "BOXW310820"), ("passport", "123"), ("other", "9" * 31), ("other", "—"),
    ],
)  # fmt: skip
def test_what_cannot_be_such_a_document_is_refused(kind, typed):
    with pytest.raises(Invalid):
        document(kind, typed, "GT")


@given(st.from_regex(r"[0-9]{8}", fullmatch=True).filter(lambda e: cui_check_digit(e) < 10),
       st.from_regex(r"[0-9]{4}", fullmatch=True))  # fmt: skip
def test_a_cui_is_doubted_exactly_when_its_check_digit_does_not_fit(eight, birthplace):
    right = cui(eight, birthplace)
    assert not document("dpi", right, "GT").doubtful
    for digit in set("0123456789") - {right[8]}:
        assert document("dpi", right[:8] + digit + right[9:], "GT").doubtful


@given(st.from_regex(r"[0-9]{13}", fullmatch=True))
def test_no_cui_of_thirteen_figures_is_refused_and_none_shows_the_birthplace(number):
    found = document("dpi", number, "GT")
    assert found.number == number
    assert found.shown.replace(" ", "") == HIDDEN * 4 + number[4:8] + HIDDEN * 5


def test_petatan_is_a_municipality_too():
    assert not document("dpi", cui("23456789", "1333"), "GT").doubtful


def test_checked_documents_of_neighbours_are_doubted_not_refused():
    assert document("curp", CURP[:-1] + "8", "MX").doubtful
    assert not document("curp", CURP, "MX").doubtful
    assert document("dni", "101174102", "PE").value == "PE:dni:10117410"
    assert not document("dni", "101174102", "PE").doubtful
    assert document("dni", "101174103", "PE").doubtful


@given(st.text(max_size=40))
def test_a_masked_document_never_shows_most_of_it(typed):
    try:
        found = document("other", typed, "GT")
    except Invalid:
        return
    assert found.shown.count(HIDDEN) >= len(found.number) / 2
    assert len(found.shown) == len(found.number)


@given(st.sampled_from(["dpi", "dni", "curp", "passport", "other"]), st.text(max_size=40),
       st.sampled_from(COUNTRIES))  # fmt: skip
def test_whoever_signs_in_with_the_number_finds_the_document(kind, typed, country):
    try:
        found = document(kind, typed, country)
    except Invalid:
        return
    assert found.value in possible(typed, COUNTRIES)
    assert document(kind, found.number, country).value == found.value
