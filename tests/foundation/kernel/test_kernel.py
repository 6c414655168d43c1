"""The kernel: points, text, ids, errors."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.foundation.kernel.errors import Invalid, Refused
from lms.foundation.kernel.ids import ALPHABET, new_code, read_code, uuid7
from lms.foundation.kernel.points import SCALE, SCALES, divide, points, scale_of, written
from lms.foundation.kernel.text import fold, like, nfc, one_line

pytestmark = pytest.mark.pure


@given(st.lists(st.sampled_from(["0.1", "0.2", "0.3", "1.5", "2.25"]), max_size=50))
def test_points_add_up_exactly(written_points):
    total = sum(points(text) for text in written_points)
    assert written(total) == sum((Decimal(text) for text in written_points), Decimal(0))


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_part_of_a_whole_is_within_half_a_millionth(part, whole):
    exact = Decimal(part) * SCALE / whole
    assert abs(divide(part, whole) - exact) <= Decimal("0.5")


def test_nothing_of_nothing_is_nothing():
    assert divide(0, 0) == 0


@pytest.mark.parametrize(
    ("scale", "ratio", "grade"),
    [
        ("0-100", "0.605", "61"),
        ("0-100", "0.6049", "60"),
        ("0-20", "0.525", "11"),  # 10.5 favours the learner
        ("0-20", "0.524", "10"),
        ("0-10", "0.5951", "6.0"),
        ("0-10", "1", "10.0"),
    ],
)
def test_each_scale_rounds_by_its_own_rule(scale, ratio, grade):
    assert SCALES[scale].grade(points(ratio)) == Decimal(grade)


@pytest.mark.parametrize("key", ["", "0-7", "0-100 "])
def test_an_unknown_scale_is_never_taken_for_another(key):
    with pytest.raises(Refused, match="is not known here"):
        scale_of(key)
    assert {scale_of(each).key for each in SCALES} == set(SCALES)


def test_passing_is_decided_on_the_grade_that_is_shown():
    scale = SCALES["0-100"]
    assert scale.passed(points("0.6050"), points("0.61"))
    assert not scale.passed(points("0.6049"), points("0.61"))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  GESTIÓN   Municipal ", "gestion municipal"),
        ("Q’eqchi’", "q'eqchi'"),
        ("Ñáñez", "nanez"),
        ("Mun\u00adicipio\u200b", "municipio"),
    ],
)
def test_searching_forgives_accents_case_spaces_and_invisible_characters(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


def test_a_percent_sign_means_itself_in_a_search():
    assert like("100 %_") == r"%100 \%\_%"


def test_names_keep_their_letters():
    assert one_line(" Q'eqchi'  Xo\u0302ch\n") == nfc("Q'eqchi' Xôch")


def test_uids_sort_by_the_moment_they_were_made():
    made = [uuid7() for _ in range(50)]
    assert all(uid.version == 7 and uid.variant.endswith("4122") for uid in made)
    assert [uid.int >> 80 for uid in made] == sorted(uid.int >> 80 for uid in made)


def test_codes_have_no_letters_that_look_alike_and_are_read_however_typed():
    code = new_code()
    assert set(code) <= set(ALPHABET) | {"-"}
    assert read_code(f" {code.lower().replace('-', ' ')} ") == code


def test_an_error_is_a_sentence_with_its_values_filled_in():
    assert str(Refused("The cohort %(title)s is full.", title="2026-A")) == (
        "The cohort 2026-A is full."
    )
    assert Invalid("Look", fields={"name": "Write it."}).fields == {"name": "Write it."}
