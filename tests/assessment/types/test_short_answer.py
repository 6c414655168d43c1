"""Short answers: what is forgiven and what is not."""

import pytest

from lms.assessment.types import TYPES
from lms.assessment.types.given import Given
from lms.foundation.kernel.errors import Invalid

pytestmark = pytest.mark.pure

TYPE = TYPES["short_answer"]


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("recurso de revisión", True),
        ("Recurso de  Revision ", True),
        ("«Recurso de revisión».", True),
        ("recurso de revisio\u0301n", True),
        ("recurso", False),
        ("recurso-de-revisión", False),
    ],
)
def test_capitals_accents_spaces_and_final_stops_are_forgiven(typed, right):
    source = {"accept": ["Recurso de revisión"]}
    value = TYPE.read(source, {}, Given.from_json({"text": typed}))
    assert TYPE.score(source, {}, value).right is right


@pytest.mark.parametrize(
    ("flags", "typed", "right"),
    [
        ({"ignore_case": False}, "laip", False),
        ({"ignore_case": False}, "LÁIP", True),
        ({"ignore_accents": False}, "LÁIP", False),
        ({"ignore_accents": False}, "laip", True),
        ({}, "LAIP", True),
    ],
)
def test_the_author_may_be_strict(flags, typed, right):
    assert TYPE.score({"accept": ["LAIP"], **flags}, {}, typed).right is right


@pytest.mark.parametrize("typed", ["K'iche'", "K’iche’", "k´iche´", "Kʼicheʼ"])
def test_every_apostrophe_is_the_same_letter(typed):
    assert TYPE.score({"accept": ["K'iche'"]}, {}, typed).right


@pytest.mark.parametrize("typed", ["57-2008", "57 - 2008", "57–2008"])
def test_every_hyphen_is_the_same(typed):
    assert TYPE.score({"accept": ["57-2008"]}, {}, typed).right


def test_a_telephone_without_enye_is_forgiven():
    assert TYPE.score({"accept": ["año"]}, {}, "ano").right
    assert not TYPE.score({"accept": ["año"], "ignore_accents": False}, {}, "ano").right


def test_an_answer_too_long_is_refused():
    with pytest.raises(Invalid, match="200"):
        TYPE.read({"accept": ["a"]}, {}, Given.from_json({"text": "a" * 201}))


def test_checks():
    def messages(accept):
        return [problem.message for problem in TYPE.check({"accept": accept})]

    assert "equals another" in messages(["Público", "publico"])[0]
    assert "nothing is left" in messages(["..."])[0]
    assert messages(["Público", "abierto"]) == []


@pytest.mark.parametrize(
    ("accepted", "text", "right"),
    [
        ("*57-2008*", "Decreto 57-2008", True),
        ("*57-2008*", "57 - 2008", True),
        ("*57-2008", "57-2008 reformado", False),
        ("decreto*2008", "Decreto número 57-2008", True),
        ("decreto*57*2008", "Decreto 2008 y 57", False),
        ("a*a", "a", False),
        ("unidad de información*", "UNIDAD DE INFORMACION pública", True),
        ("*", "lo que sea", True),
    ],
)
def test_an_asterisk_stands_for_any_letters(accepted, text, right):
    source = {"accept": [accepted], "wildcards": True}
    assert TYPE.score(source, {}, text).right is right
    assert TYPE.score({"accept": [accepted]}, {}, text).right is False


def test_an_asterisk_is_itself_unless_the_author_says_otherwise():
    assert TYPE.score({"accept": ["5*3"]}, {}, "5*3").right


def test_an_answer_of_asterisks_alone_is_refused_and_the_model_answer_shows_none():
    assert "nothing is left" in TYPE.check({"accept": ["**"], "wildcards": True})[0].message
    source = {"accept": ["* 57-2008 *"], "wildcards": True}
    assert TYPE.review(source, {}, None, TYPE.score(source, {}, "x")).right == ("57-2008",)


def test_a_long_answer_is_compared_at_once():
    source = {"accept": ["*a" * 90], "wildcards": True}
    assert not TYPE.score(source, {}, "b" * 200).right
