"""An address says what is looked for, whatever stands in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.catalog.rules.search import LONGEST, NAMES, Wanted, wanted
from lms.foundation.kernel.text import fold

pytestmark = pytest.mark.pure


def test_everything_can_be_asked_at_once():
    found = wanted(
        {
            "q": "  Gestión   MUNICIPAL ", "tipo": "diploma", "publico": "staff",
            "tema": "finance", "horas": "41-100", "modalidad": "in_person",
        }
    )  # fmt: skip
    assert found == Wanted(
        "Gestión MUNICIPAL", "diploma", "staff", "finance", "41-100", "in_person"
    )
    assert found.words == ("gestion", "municipal")
    assert (found.least_hours, found.most_hours) == (41, 100)
    assert found.is_narrowed
    assert found.has_more


def test_a_filter_nobody_knows_is_left_out():
    assert wanted({"tipo": "x", "publico": "", "tema": "%", "horas": "1-", "modalidad": "y"}) == (
        Wanted()
    )
    assert not Wanted().is_narrowed
    assert Wanted().words == ()


def test_the_last_range_has_no_end():
    assert (Wanted(hours="101-").least_hours, Wanted(hours="101-").most_hours) == (101, None)
    assert (Wanted().least_hours, Wanted().most_hours) == (None, None)


def test_an_address_keeps_what_was_asked_and_changes_one_thing():
    asked = wanted({"q": "agua", "tema": "finance"})
    assert asked.address() == {"q": "agua", "tema": "finance"}
    assert asked.address(topic="") == {"q": "agua"}
    assert asked.address(topic="planning") == {"q": "agua", "tema": "planning"}


@given(st.dictionaries(st.sampled_from(sorted(NAMES)), st.text(max_size=2_000)))
def test_any_address_is_read_and_read_again_the_same(address):
    found = wanted(address)
    assert wanted(found.address()) == found
    assert len(found.text) <= LONGEST
    assert len(found.words) <= 8
    assert all(word and word == fold(word) for word in found.words)
