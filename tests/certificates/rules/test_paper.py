"""Numbers, dates, signers, paper and status: what a document says that no row says."""

from datetime import date
from uuid import UUID

import pytest

from lms.certificates.formats.record import KINDS, LANGUAGES
from lms.certificates.queries.draw_up import RECOGNISED
from lms.certificates.rules import links, numbers, paper, status
from lms.certificates.rules.status import Compared, Status, compare
from lms.foundation.kernel.errors import Refused

pytestmark = pytest.mark.pure
D = date


@pytest.mark.parametrize(
    ("key", "demo", "expected"),
    [
        ("igm", False, "IGM-CA-2026"),
        ("san-marcos", False, "SAN-MARCOS-CA-2026"),
        ("igm", True, "MUESTRA-CA-2026"),
    ],
)
def test_each_institution_has_a_book_a_year_and_samples_have_their_own(key, demo, expected):
    assert numbers.book(key, "course_certificate", 2026, demo=demo) == expected


def test_numbers_are_printed_with_six_figures_and_more_when_needed():
    assert numbers.printed("MUESTRA-CA-2026", 1) == "MUESTRA-CA-2026-000001"
    assert numbers.printed("X", 1234567) == "X-1234567"


def test_every_kind_of_document_has_a_book_and_every_language_a_title():
    # A course that is recognised is written into the book of the courses passed here.
    # Grade acts have one of their own.
    assert set(numbers.BOOKS) == set(KINDS) - {RECOGNISED} | {"grade_act"}
    assert set(paper.TITLES) == set(LANGUAGES)


def test_the_log_is_named_after_the_address_of_its_first_day():
    assert numbers.origin("https://aula.muni.example") == "aula.muni.example/registro"


@pytest.mark.parametrize(
    ("ends", "completed", "today", "expected"),
    [
        (D(2026, 4, 18), D(2026, 4, 10), D(2026, 4, 24), D(2026, 4, 18)),
        (D(2026, 4, 18), D(2026, 4, 10), D(2026, 4, 18), D(2026, 4, 18)),
        (D(2026, 4, 18), D(2026, 4, 10), D(2026, 4, 12), D(2026, 4, 10)),
        (D(2026, 4, 18), D(2026, 1, 1), D(2026, 4, 12), D(2026, 2, 3)),
    ],
)
def test_no_day_is_attested_before_it_has_come(ends, completed, today, expected):
    assert paper.taught(D(2026, 2, 3), ends, completed, today) == (D(2026, 2, 3), expected)


def test_somebody_signs_and_no_more_than_there_is_room_for():
    one = {"name": "Mtra. Ibáñez", "position": "Directora"}
    assert paper.signers({"signers": [one]}) == [("Mtra. Ibáñez", "Directora")]
    for wrong in ({}, {"signers": []}, {"signers": [one] * 4}):
        with pytest.raises(Refused):
            paper.signers(wrong)


@pytest.mark.parametrize(
    ("country", "expected"), [("GT", "letter"), ("MX", "letter"), ("PE", "a4")]
)
def test_the_paper_is_the_one_that_offices_use(country, expected):
    assert paper.paper(country) == expected


def test_the_title_is_the_programmes():
    assert paper.title({"title": "Constancia de estudios"}, "es") == "Constancia de estudios"
    assert paper.title({}, "es") == "Constancia de aprobación"


def test_every_status_has_a_word_and_an_unknown_one_is_never_valid():
    assert set(status.WORDS) == set(Status)
    with pytest.raises(ValueError):
        status.word("lost")


@pytest.mark.parametrize(
    ("sealed", "expected"),
    [
        (["a"], Compared.SAME),
        (["b", "a"], Compared.SAME),
        (["a", None], Compared.SAME),
        (["b"], Compared.ALTERED),
        ([None], Compared.NOT_SEALED),
        (["b", None], Compared.NOT_SEALED),
    ],
)
def test_a_file_is_genuine_when_it_is_a_sealed_edition(sealed, expected):
    assert compare("a", sealed) is expected


def test_links_are_the_addresses_of_the_pages(app):
    uid = UUID(int=7)
    with app.test_request_context():
        from flask import url_for

        assert links.own(uid) == url_for("certificates.download", credential=uid)
        assert links.public("http://x", "A") == "http://x" + url_for(
            "certificates.public", code="A"
        )
