import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.people.rules import names

pytestmark = pytest.mark.pure

REAL = [
    "Q’eqchi’",
    "Tz'utujil",
    "Chʼolti",
    "Ñáñez",
    "de la Cruz",
    "María José",
    "D'Angelo",
    "Ma. Elena",
    "Núñez-Prado",
    "ÑAÑEZ",
    "mcDonald",
    "Ixb’alamkej",
    "Żółć",
    "李",
]


@pytest.mark.parametrize("part", REAL)
def test_names_of_people_are_welcome_and_stay_as_written(part):
    assert names.problem(part) is None
    assert names.written(part, part, part).given_names == unicodedata.normalize("NFC", part)


@pytest.mark.parametrize(
    "part",
    [
        "",
        "   ",
        "'",
        "Rosa2",
        "<b>Rosa</b>",
        "rosa@example.org",
        "Rosa\u202eapeup",
        "🌹 Rosa",
        "x" * 81,
    ],
)
def test_what_is_no_name_is_told(part):
    assert names.problem(part)


def test_a_name_decomposed_by_the_keyboard_is_the_same_name():
    assert names.written("José", "Núñez", None).full == "José Núñez"


def test_without_second_surname_there_is_no_gap():
    assert names.written("Rosa", "Quispe", "  ").full == "Rosa Quispe"
    assert names.written("Rosa", "Quispe", "  ").second_surname is None


@pytest.mark.parametrize(
    ("second", "full", "listed", "sort"),
    [
        ("Ñáñez", "José Núñez Ñáñez", "Núñez Ñáñez, José", "nunez nanez jose"),
        (None, "José Núñez", "Núñez, José", "nunez jose"),
    ],
)
def test_one_name_in_each_order(second, full, listed, sort):
    name = names.name_of(names.Name("José", "Núñez", second))
    assert (name.full, name.surnames_first, name.sort) == (full, listed, sort)
    assert name.short == "José Núñez"


def test_searching_forgives_accents_and_case():
    assert names.written("José", "ÑÁÑEZ", "Q’eqchi’").search == "jose nanez q'eqchi'"


@given(
    st.text(alphabet=st.characters(categories=("Lu", "Ll", "Lt", "Lo")), min_size=1, max_size=40)
)
def test_any_letters_in_any_case_stay_as_they_are(part):
    composed = unicodedata.normalize("NFC", part)
    assert names.written(part, part, None).first_surname == composed
