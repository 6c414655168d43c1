import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.foundation.kernel.errors import Invalid
from lms.people.rules.addresses import email

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("rosa@example.org", "rosa@example.org"),
        ("  Rosa.Quispe@Example.ORG ", "rosa.quispe@example.org"),
        ("o'brien+aula@example.org", "o'brien+aula@example.org"),
        ("rosa@muni.gob.gt\u200b", "rosa@muni.gob.gt"),
        ("rosa@peñablanca.gt", "rosa@xn--peablanca-m6a.gt"),
    ],
)
def test_an_address_has_one_form(typed, kept):
    assert email(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "rosa", "@example.org", "rosa@", "rosa@example", "rosa quispe@example.org", "rosa@@x.org",
        "rosa@exa mple.org", "ro..sa@example.org", "rosa@-x.org", "rosa@x..org", "rosa@1.2.3.4",
        "niña@example.org", "rosa@example.org\r\nBcc: all@example.org", "a" * 65 + "@example.org",
        "rosa@" + "x." * 130 + "org", "<rosa@example.org>", ".rosa@example.org",
    ],
)  # fmt: skip
def test_what_no_letter_can_reach_is_refused(typed):
    with pytest.raises(Invalid):
        email(typed)


@given(st.text(max_size=80))
def test_whatever_is_typed_the_form_is_stable_or_refused(typed):
    try:
        kept = email(typed)
    except Invalid:
        return
    assert email(kept) == kept
    assert kept.isascii()
    assert kept == kept.lower()
