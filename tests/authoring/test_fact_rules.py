"""When a fact of law asks for attention, and when two courses speak of the same one."""

from datetime import date, timedelta

import pytest

from lms.authoring.rules.facts import SOON, Standing, edited, is_same, standing
from lms.catalog.rules.sources import FactSource

pytestmark = pytest.mark.pure
TODAY = date(2026, 11, 21)


def fact(text="Diez días.", source="Decreto 57-2008", **more):
    return FactSource("plazo", text, source, **more)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"verified_on": TODAY}, Standing.HOLDS),
        ({}, Standing.UNVERIFIED),
        ({"verified_on": TODAY, "expires": TODAY}, Standing.SOON),
        ({"verified_on": TODAY, "expires": TODAY + SOON}, Standing.SOON),
        ({"verified_on": TODAY, "expires": TODAY + SOON + timedelta(1)}, Standing.HOLDS),
        ({"expires": TODAY - timedelta(1)}, Standing.EXPIRED),
        ({"doubtful": True}, Standing.DOUBTFUL),
        ({"doubtful": True, "expires": TODAY - timedelta(1)}, Standing.EXPIRED),
    ],
)
def test_where_a_fact_stands(more, expected):
    assert standing(fact(**more), TODAY) is expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (fact(article="42"), fact("Son diez.", article="42"), True),
        (fact(article="42"), fact("Son diez.", article="43"), False),
        (fact(article="42"), fact("Son diez.", "Otra ley", article="42"), False),
        (fact(), fact("Son diez."), False),
        (fact("DIEZ DÍAS."), fact(source="Otra ley"), True),
    ],
)
def test_the_same_article_or_the_same_words(one, other, same):
    assert is_same(one, other) is same
    assert is_same(other, one) is same


def test_what_a_form_does_not_touch_stays():
    item = {"key": "plazo", "text": "Diez.", "article": "42", "url": "https://example.org"}
    assert edited(item, {"text": "Veinte.", "article": None}) == {
        "key": "plazo", "text": "Veinte.", "url": "https://example.org",
    }  # fmt: skip
