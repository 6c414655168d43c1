"""Book, folio and line: each entry follows the one before, and the book only goes on."""

from dataclasses import replace

import pytest

from lms.certificates.rules.books import Kept, Layout, Place, check_kept, following
from lms.certificates.rules.numbers import book, is_number
from lms.foundation.kernel.errors import Invalid

pytestmark = pytest.mark.pure
NOW = Kept(True, Layout(20, 200), 57, Place(2, 14, 9))


def test_entries_fill_folios_and_folios_books():
    place, layout = Place(), Layout(entries_per_folio=2, folios_per_book=2)
    seen = []
    for _ in range(6):
        place = following(place, layout)
        seen.append((place.book, place.folio, place.line))
    assert seen == [(1, 1, 1), (1, 1, 2), (1, 2, 1), (1, 2, 2), (2, 1, 1), (2, 1, 2)]


def test_a_folio_that_was_begun_is_filled_up():
    assert following(Place(3, 47, 8), Layout(10, 100)) == Place(3, 47, 9)
    assert following(Place(3, 47, 10), Layout(10, 100)) == Place(3, 48, 1)
    assert following(Place(3, 47, 0), Layout(10, 100)) == Place(3, 47, 1)
    assert following(Place(3, 100, 10), Layout(10, 100)) == Place(4, 1, 1)


@pytest.mark.parametrize(
    ("wanted", "wrong"),
    [
        (replace(NOW, number=56), "number"),
        (replace(NOW, place=Place(2, 14, 8)), "book"),
        (replace(NOW, place=Place(2, 13, 20)), "book"),
        (replace(NOW, place=Place(1, 200, 20)), "book"),
        (replace(NOW, place=Place(3, 201, 0)), "folio"),
        (replace(NOW, place=Place(0, 1, 0)), "book"),
        (replace(NOW, place=Place(2, 14, 21)), "line"),
        (replace(NOW, layout=Layout(0, 200)), "entries_per_folio"),
        (replace(NOW, layout=Layout(51, 200)), "entries_per_folio"),
        (replace(NOW, layout=Layout(20, 0)), "folios_per_book"),
        (replace(NOW, layout=Layout(20, 13)), "folio"),
    ],
)
def test_it_never_goes_back_nor_out_of_the_book(wanted, wrong):
    for written in (False, True):
        with pytest.raises(Invalid) as refusal:
            check_kept(NOW, wanted, written=written)
        assert set(refusal.value.fields) == {wrong}


def test_before_the_first_number_was_given_here_it_may_go_up():
    ahead = replace(NOW, number=1401, place=Place(3, 47, 8))
    check_kept(NOW, ahead, written=False)
    with pytest.raises(Invalid) as refusal:
        check_kept(NOW, ahead, written=True)
    assert set(refusal.value.fields) == {"number"}
    check_kept(NOW, replace(NOW, place=Place(3, 1, 0)), written=True)
    check_kept(NOW, NOW, written=True)


def test_numbers_that_go_on_through_the_years_have_none():
    assert book("igm", "course_certificate", None, demo=False) == "IGM-CA"
    assert book("igm", "course_certificate", None, demo=True) == "MUESTRA-CA"
    assert is_number("IGM-CA-001402")
    assert not is_number("K7QX-9M3P-4RTD")
    assert not is_number("QCAX-9M34-346789")
