"""A row of earlier diplomas: all that is wrong with it is said at once."""

from datetime import date

import pytest

from lms.certificates.rules.books import Place
from lms.certificates.rules.transcribing import COLUMNS, EXAMPLE, against, headings, read

pytestmark = pytest.mark.pure
TODAY = date(2026, 11, 23)
CELLS = dict(zip(COLUMNS, EXAMPLE, strict=True))


def line(**changed: str):
    found, wrong = read(CELLS | changed, TODAY)
    assert wrong == []
    return found


def test_the_example_of_the_template_is_right():
    found = line()
    assert (found.given_names, found.document) == ("Rosa Elvira", "DPI 1234 56789 0101")
    assert (found.on, found.hours) == (date(2019, 6, 28), 120)
    assert (found.book, found.folio, found.number, found.order) == (2, 31, "845", 845)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"nombres": ""}, "“nombres” is missing."),
        ({"titulo": "x" * 121}, "“titulo” is too long."),
        ({"folio": "31a"}, "“folio” is not a whole number."),
        ({"libro": "0"}, "“libro” is not a whole number."),
        ({"horas": "-3"}, "“horas” is not a whole number."),
        ({"fecha": "2019-02-30"}, "The date is not one. Write it as 2019-06-28 or 28/06/2019."),
        ({"fecha": "2026-11-24"}, "The date is still to come."),
    ],
)
def test_what_cannot_be_read_is_said(changed, said):
    found, wrong = read(CELLS | changed, TODAY)
    assert found is None
    assert [message % params for message, params in wrong] == [said]


def test_everything_that_is_wrong_is_said_at_once():
    _found, wrong = read({"nombres": "Rosa", "fecha": "ayer"}, TODAY)
    assert len(wrong) == 7


@pytest.mark.parametrize("day", ["28/06/2019", "28-6-2019", "28.06.2019", "2019-06-28"])
def test_days_are_read_as_people_write_them(day):
    assert line(fecha=day).on == date(2019, 6, 28)


def test_headings_may_be_written_in_another_way():
    assert headings(["Nombres", "Primer apellido", "Número", "Observaciones"]) == [
        "nombres", "primer_apellido", "numero", None
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("reached", "last", "fits"),
    [
        (Place(3, 1, 0), 900, True),
        (Place(2, 31, 5), 845, True),
        (Place(2, 31, 5), 844, False),  # the register would give 845 again
        (Place(2, 31, 5), None, True),
        (Place(2, 30, 20), 900, False),
        (Place(1, 200, 20), 900, False),
    ],
)
def test_what_is_brought_in_lies_before_what_the_register_writes(reached, last, fits):
    assert (against(line(), reached, last, set()) == []) is fits


def test_no_line_of_the_book_is_taken_twice():
    assert len(against(line(), Place(3, 1, 0), None, {(2, 31, "845")})) == 1
    assert against(line(numero="846"), Place(3, 1, 0), None, {(2, 31, "845")}) == []
