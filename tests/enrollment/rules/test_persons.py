"""Names taken apart, and put beside each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.enrollment.rules.persons import given_first, may_be_one, surnames, surnames_first, units

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Tzoc Mucún", ("Tzoc", "Mucún")),
        ("Tzoc", ("Tzoc", "")),
        ("de la Cruz Hernández", ("de la Cruz", "Hernández")),
        ("Xiloj de la Cruz", ("Xiloj", "de la Cruz")),
        ("Q'eqchi' Xiloj de León", ("Q'eqchi'", "Xiloj de León")),
        ("", ("", "")),
    ],
)
def test_surnames_are_two_with_their_particles(text, parts):
    assert surnames(text) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Ana Paz", ("Ana", "Paz", "")),
        ("Ana Paz Tzoc", ("Ana", "Paz", "Tzoc")),
        ("Ana Lucía Paz Tzoc", ("Ana Lucía", "Paz", "Tzoc")),
        ("María del Rosario de la Cruz Ruiz", ("María del Rosario", "de la Cruz", "Ruiz")),
        ("Paz Tzoc, Ana Lucía", ("Ana Lucía", "Paz", "Tzoc")),
        ("Ana", ("Ana", "", "")),
    ],
)  # fmt: skip
def test_a_whole_name_is_taken_apart(text, parts):
    assert given_first(text) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Quispe Mamani Ana", ("Ana", "Quispe", "Mamani")),
        ("Quispe Mamani Ana Lucía", ("Ana Lucía", "Quispe", "Mamani")),
        ("de la Cruz Huamán José", ("José", "de la Cruz", "Huamán")),
        ("Quispe Ana", ("Ana", "Quispe", "")),
        ("Quispe Mamani, Ana", ("Ana", "Quispe", "Mamani")),
    ],
)
def test_a_name_that_begins_with_its_surnames(text, parts):
    assert surnames_first(text) == parts


@given(st.text(alphabet="abcde de la ", max_size=40))
def test_no_word_of_a_name_is_lost(text):
    assert " ".join(units(text)).split() == text.split()
    for split in (given_first, surnames_first):
        assert sorted(" ".join(split(text)).split()) == sorted(text.split())


@pytest.mark.parametrize(
    ("written", "known", "one"),
    [
        (("Rosa", "Xiloj", ""), ("Rosa Elena", "Xiloj", "Tzunún"), True),
        (("ROSA ELENA", "XILOJ", "TZUNUN"), ("Rosa Elena", "Xiloj", "Tzunún"), True),
        (("Elena", "Tzunún", ""), ("Rosa Elena", "Xiloj", "Tzunún"), True),
        (("Pedro", "Xiloj", ""), ("Rosa Elena", "Xiloj", "Tzunún"), False),
        (("Rosa", "Paz", ""), ("Rosa Elena", "Xiloj", "Tzunún"), False),
        (("", "", ""), ("Rosa Elena", "Xiloj", "Tzunún"), True),
        (("María", "de la Cruz", ""), ("Ana", "de la Peña", ""), False),
    ],
)
def test_whether_two_names_can_be_one_persons(written, known, one):
    assert may_be_one(written, known) is one
