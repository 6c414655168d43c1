"""A row of a list: what it says of somebody, and what is wrong with it."""

import pytest

from lms.enrollment.formats.entries import Entry, entry_of, read, usual
from lms.enrollment.rules.columns import Column as C
from lms.people.formats.documents import cui_check_digit

pytestmark = pytest.mark.pure


def cui(eight="30000137"):
    return f"{eight}{cui_check_digit(eight)}0199"


GOOD = Entry("Ana Lucía", "Paz", email="ana@x.gt")


@pytest.mark.parametrize(
    ("cells", "columns", "heading", "said"),
    [
        (["Ana", "Paz Tzoc"], [C.GIVEN, C.SURNAMES], [],
         {"given_names": "Ana", "first_surname": "Paz", "second_surname": "Tzoc"}),
        (["Ana", "Lucía", "Paz"], [C.GIVEN, C.GIVEN, C.FIRST_SURNAME], [],
         {"given_names": "Ana Lucía", "first_surname": "Paz"}),
        (["Paz, Ana"], [C.FULL], [], {"given_names": "Ana", "first_surname": "Paz"}),
        (["San José, Petén"], [C.MUNICIPALITY], [],
         {"municipality": "San José", "region": "Petén"}),
        (["San José (Petén)"], [C.MUNICIPALITY], [],
         {"municipality": "San José", "region": "Petén"}),
        (["San José", "Petén"], [C.MUNICIPALITY, C.REGION], [],
         {"municipality": "San José", "region": "Petén"}),
        ([cui(), "DPI"], [C.DOCUMENT, C.DOCUMENT_KIND], [], {"document_kind": "dpi"}),
        (["A123456"], [C.DOCUMENT], ["Pasaporte"], {"document_kind": "passport"}),
        (["x"], [C.SKIP], [], {"given_names": ""}),
        (["x" * 300], [C.POSITION], [], {"position": "x" * 120}),
    ],
)  # fmt: skip
def test_cells_are_read_by_what_their_columns_are(cells, columns, heading, said):
    found = entry_of(cells, columns, heading, "GT")
    assert {name: getattr(found, name) for name in said} == said


@pytest.mark.parametrize(
    ("number", "country", "kind"),
    [
        ("3000 13710 0199", "GT", "dpi"),
        ("40123456", "PE", "dni"),
        ("XEXX010101HNEXXXA4", "MX", "curp"),
        ("XEXX010101HNEXXXA4", "GT", "curp"),
        ("123", "GT", "dpi"),
        ("123", "CO", "other"),
    ],
)
def test_a_number_looks_like_a_kind_of_document(number, country, kind):
    assert usual(number, country) == kind


@pytest.mark.parametrize(
    ("change", "about"),
    [
        ({"given_names": ""}, "given_names"),
        ({"first_surname": ""}, "first_surname"),
        ({"second_surname": "4567"}, "second_surname"),
        ({"email": "esto no es"}, "email"),
        ({"email": ""}, "email"),
        ({"phone": "12"}, "phone"),
        ({"document_kind": "dpi", "document_number": "12345"}, "document_number"),
        ({"document_kind": "dpi", "document_number": "2.34568E+12"}, "document_number"),
        ({"municipality": "San José"}, "region"),
        ({"municipality": "SAN JOSE"}, "region"),
    ],
)
def test_what_is_wrong_is_said_of_its_field(change, about):
    entry = Entry(**(GOOD.kept() | change))
    assert [problem.about for problem in read(entry, "GT").problems] == [about]


@pytest.mark.parametrize(
    "change",
    [
        {"municipality": "San José", "region": "Petén"},
        {"municipality": "Nebaj"},
        {"second_surname": "Q'eqchi'"},
        {"phone": "5512 3456"},
        {"email": "", "phone": "+502 5512-3456"},
        {"email": "", "document_kind": "dpi", "document_number": cui()},
        {"document_kind": "dpi", "document_number": "3000-01371-0199"},
    ],
)
def test_nothing_is_wrong(change):
    assert read(Entry(**(GOOD.kept() | change)), "GT").problems == ()


def test_a_doubtful_check_digit_is_a_note_and_no_problem():
    number = cui()
    wrong = number[:8] + str((int(number[8]) + 1) % 10) + number[9:]
    found = read(Entry(**(GOOD.kept() | {"document_number": wrong})), "GT")
    assert found.problems == ()
    assert [note.about for note in found.notes] == ["document_number"]


def test_a_zero_that_a_spreadsheet_took_away_is_put_back():
    entry = Entry(**(GOOD.kept() | {"document_kind": "dni", "document_number": "1234567"}))
    found = read(entry, "PE")
    assert found.document.value == "PE:dni:01234567"
    assert [note.about for note in found.notes] == ["document_number"]


def test_a_homonym_names_the_departments():
    found = read(Entry(**(GOOD.kept() | {"municipality": "La Democracia"})), "GT")
    assert found.problems[0].params == {"departments": "Escuintla, Huehuetenango"}
