"""Numbers as people write them, and what counts as right."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.types import TYPES
from lms.assessment.types.given import Given
from lms.assessment.types.numerical.figures import read_number, write_number
from lms.foundation.kernel.errors import Invalid
from lms.foundation.kernel.points import SCALE

pytestmark = pytest.mark.pure

TYPE = TYPES["numerical"]
POINT = {"decimal": ".", "group": ","}
COMMA = {"decimal": ",", "group": "."}

BOTH = [
    ("7", "7"),
    ("007", "7"),
    ("1,234.50", "1234.50"),
    ("1.234,50", "1234.50"),
    ("1,234,567", "1234567"),
    ("1.234.567", "1234567"),
    ("1,234,567.5", "1234567.5"),
    ("3,5", "3.5"),
    ("3.5", "3.5"),
    ("0,125", "0.125"),
    ("0.125", "0.125"),
    ("1234,567", "1234.567"),
    ("1234.567", "1234.567"),
    ("1 234", "1234"),
    ("1\u00a0234,5", "1234.5"),
    ("1'000,000", "1000000"),
    ("1’234.50", "1234.50"),
    ("-3", "-3"),
    ("\u22123.5", "-3.5"),
    ("+4", "4"),
    ("- 4", "-4"),
    (".5", "0.5"),
    (",5", "0.5"),
    ("-0", "0"),
]


@pytest.mark.parametrize("signs", [POINT, COMMA], ids=["point", "comma"])
@pytest.mark.parametrize(("text", "number"), BOTH)
def test_read_alike_everywhere(text, number, signs):
    if text == "1'000,000" and signs is COMMA:
        number = "1000.000"
    if text == "1’234.50" and signs is COMMA:
        number = "1234.50"
    assert read_number(text, **signs) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "signs", "number"),
    [
        ("42,000", POINT, "42000"),
        ("42,000", COMMA, "42"),
        ("42.000", COMMA, "42000"),
        ("42.000", POINT, "42"),
    ],
)
def test_forty_two_thousand_is_read_as_the_country_writes_it(text, signs, number):
    assert read_number(text, **signs) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        ".",
        "abc",
        "12 días",
        "1,23,456",
        "1,2.3",
        "1.2,3",
        "5,",
        "1e5",
        "٣",
        "²",
        "1..2",
        "1,234.5.6",
        "12 34",
        "9" * 25,
        "1/2",
        "--1",
        "0,000,000",
    ],
)
def test_what_cannot_be_read_is_refused_rather_than_guessed(text):
    with pytest.raises(Invalid) as refused:
        read_number(text)
    assert str(refused.value).endswith(".")


@given(
    st.decimals(-(10**9), 10**9, places=4, allow_nan=False, allow_infinity=False),
    st.sampled_from([POINT, COMMA]),
)
def test_what_we_write_we_read(number, signs):
    written = write_number(number, **signs)
    digits = written.lstrip("-").replace(signs["group"], "").partition(signs["decimal"])
    assert digits[0].isdigit()
    assert read_number(written, **signs) == number


@given(st.text("0123456789., '-+", max_size=12), st.sampled_from([POINT, COMMA]))
def test_anything_typed_is_a_number_or_a_sentence(text, signs):
    try:
        number = read_number(text, **signs)
    except Invalid:
        return
    assert number.is_finite()
    assert {ch for ch in text if ch.isdigit()} >= {ch for ch in f"{number:f}" if ch in "123456789"}


@pytest.mark.parametrize(
    ("answer", "tolerance", "typed", "right"),
    [
        (10, None, "10", True),
        (10, None, "10.0", True),
        (10, None, "10.01", False),
        (Decimal("0.3"), Decimal("0.1"), "0.2", True),
        (Decimal("0.3"), Decimal("0.1"), "0.4", True),
        (Decimal("0.3"), "0.1", "0.41", False),
        (42_000, 0, "42,000", True),
        (-5, 1, "-6", True),
    ],
)
def test_right_within_the_tolerance_to_the_last_decimal(answer, tolerance, typed, right):
    source = {"answer": answer, "tolerance": tolerance}
    value = TYPE.read(source, POINT, Given.from_json({"text": typed}))
    assert TYPE.score(source, POINT, value).ratio == (SCALE if right else 0)


@pytest.mark.parametrize("typed", ["10 días hábiles", "10 dias habiles", "10 DÍAS HÁBILES", "10"])
def test_the_unit_may_be_typed_along(typed):
    source = {"answer": 10, "unit": "días hábiles"}
    assert TYPE.read(source, POINT, Given.from_json({"text": typed}))["number"] == "10"


def test_a_currency_may_stand_before():
    source = {"answer": 1200, "unit": "Q"}
    assert TYPE.read(source, POINT, Given.from_json({"text": "Q 1,200"}))["number"] == "1200"


def test_what_was_understood_is_said():
    source = {"answer": 42_000, "unit": "quetzales"}
    value = TYPE.read(source, POINT, Given.from_json({"text": "42000.50"}))
    assert TYPE.layout(source, POINT, value).understood == "42,000.5"
    assert TYPE.layout(source, POINT, value).value == "42000.50"
    assert TYPE.describe(source, POINT, value) == ("42,000.5 quetzales",)


@pytest.mark.parametrize(
    ("typed", "surprising"),
    [("42000", False), ("42,000", False), ("42 000", False), ("42.000", True), ("3,5", True)],
)
def test_what_may_surprise_is_pointed_out(typed, surprising):
    source = {"answer": 42_000}
    value = TYPE.read(source, POINT, Given.from_json({"text": typed}))
    assert TYPE.layout(source, POINT, value).surprising is surprising


def test_a_tolerance_that_swallows_the_answer_is_looked_at_again():
    assert [problem.is_error for problem in TYPE.check({"answer": 5, "tolerance": 5})] == [False]
    assert TYPE.check({"answer": 0, "tolerance": 1}) == []
    assert TYPE.check({"answer": 5, "tolerance": 1}) == []


@pytest.mark.parametrize(
    ("tolerance", "percent", "typed", "right"),
    [
        (None, 5, "95", True),
        (None, 5, "94.99", False),
        (10, 5, "110", True),
        (2, 5, "105", True),
        (2, "2.5", "102.6", False),
    ],
)
def test_where_both_tolerances_stand_the_wider_one_holds(tolerance, percent, typed, right):
    source = {"answer": 100, "tolerance": tolerance, "tolerance_percent": percent}
    value = TYPE.read(source, POINT, Given.from_json({"text": typed}))
    assert TYPE.score(source, POINT, value).right is right


METRES = {
    "answer": 42_000,
    "unit": "m",
    "units": [{"unit": "km", "factor": 1000}, {"unit": "cm", "factor": Decimal("0.01")}],
}


@pytest.mark.parametrize(
    "typed", ["42000", "42,000 m", "42 km", "km 42", "42.0 KM", "4,200,000 cm"]
)
def test_another_unit_that_the_author_takes_is_reckoned_in_the_questions_own(typed):
    value = TYPE.read(METRES, POINT, Given.from_json({"text": typed}))
    assert TYPE.score(METRES, POINT, value).right
    assert TYPE.describe(METRES, POINT, value) == ("42,000 m",)


def test_what_was_written_in_another_unit_is_pointed_out():
    value = TYPE.read(METRES, POINT, Given.from_json({"text": "42 km"}))
    assert TYPE.layout(METRES, POINT, value).surprising
    with pytest.raises(Invalid):
        TYPE.read(METRES, POINT, Given.from_json({"text": "42 millas"}))


def test_units_that_say_nothing_are_told():
    units = [{"unit": "M", "factor": 1}, {"unit": "km", "factor": 0}]
    found = [each.message for each in TYPE.check({**METRES, "units": units})]
    assert found == ["this unit stands twice: “%(text)s”", "one of this unit is nothing"]
