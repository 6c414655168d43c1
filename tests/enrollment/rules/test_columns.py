"""Headings as people write them, and columns that have none."""

import pytest

from lms.enrollment.rules.columns import Column as C
from lms.enrollment.rules.columns import completed, guessed, heading, headings, kind_of

pytestmark = pytest.mark.pure
CUI = ("3000054820199", "3000 13710 0199", "3000-02742-0199")


@pytest.mark.parametrize(
    ("cell", "column"),
    [
        ("Correo electrónico", C.EMAIL),
        ("  CORREO  ELECTRÓNICO: ", C.EMAIL),
        ("e-mail", C.EMAIL),
        ("No. de DPI", C.DOCUMENT),
        ("Nº DNI", C.DOCUMENT),
        ("DPI / CUI", C.DOCUMENT),
        ("Tipo de documento", C.DOCUMENT_KIND),
        ("Apellidos", C.SURNAMES),
        ("Apellido Paterno", C.FIRST_SURNAME),
        ("2do. apellido", C.SECOND_SURNAME),
        ("Nombre(s)", C.GIVEN),
        ("Apellidos y nombres", C.SURNAMES_FIRST),
        ("Nombre completo", C.FULL),
        ("Teléfono/Celular", C.PHONE),
        ("Tel. celular", C.PHONE),
        ("Celular", C.PHONE),
        ("D.P.I.", C.DOCUMENT),
        ("C. U. I.", C.DOCUMENT),
        ("Municipalidad", C.MUNICIPALITY),
        ("Distrito", C.MUNICIPALITY),
        ("Depto.", C.REGION),
        ("Cargo o puesto", C.POSITION),
        ("No.", C.SKIP),
        ("Talla de camisa", None),
        ("", None),
    ],
)
def test_a_heading_means_what_people_mean_by_it(cell, column):
    assert heading(cell) is column


@pytest.mark.parametrize(
    ("cells", "columns"),
    [
        (["No.", "Nombre", "Apellidos", "DPI"], [C.SKIP, C.GIVEN, C.SURNAMES, C.DOCUMENT]),
        (["Nombre", "Correo", "Talla"], [C.FULL, C.EMAIL, C.SKIP]),
        (["Nombres", "Primer apellido", "", ""], [C.GIVEN, C.FIRST_SURNAME, C.SKIP, C.SKIP]),
        (["Ana Lucía", "Paz", "3000054820199", "ana@x.gt"], None),
        (["Ana Lucía", "Paz", "Sololá"], None),
        (["Talla", "Color", "Correo", "Zapatos", "Gorra"], None),
        (["No."], None),
    ],
)
def test_the_first_row_is_a_heading_or_a_person(cells, columns):
    assert headings(cells) == columns


@pytest.mark.parametrize(
    ("cells", "columns"),
    [
        (["Nombre completo", "Ficha"], [C.FULL, C.DOCUMENT]),
        (["Nombre completo", "DPI", "Ficha"], [C.FULL, C.DOCUMENT, C.SKIP]),
        (["Nombre completo", "No."], [C.FULL, C.SKIP]),
    ],
)
def test_a_strange_heading_is_told_by_its_cells_unless_something_else_is_that(cells, columns):
    rows = [[name, *CUI[:1] * (len(cells) - 1)] for name in ("Ana Paz", "José Ruiz")]
    assert completed(headings(cells), cells, rows, "GT") == columns


@pytest.mark.parametrize(
    ("rows", "country", "columns"),
    [
        (
            [["1", "Ana", "Paz", CUI[0], "a@x.gt", "5512 3456"],
             ["2", "Delia", "Tzoc", CUI[1], "", "5512-3457"],
             ["3", "José", "Ñáñez", CUI[2], "c@x.gt", ""]],
            "GT", [C.SKIP, C.GIVEN, C.SURNAMES, C.DOCUMENT, C.EMAIL, C.PHONE],
        ),
        ([["Ana Paz Tzoc", "a@x.gt"], ["Delia Ruiz", "d@x.gt"]], "GT", [C.FULL, C.EMAIL]),
        ([["Quispe Mamani, Ana", "40123456"], ["Huamán, José", "40123457"]], "PE",
         [C.FULL, C.DOCUMENT]),
        ([["40123456", "987654321"], ["40123457", "987654322"]], "PE", [C.DOCUMENT, C.PHONE]),
        ([["a@x.gt"], [""]], "GT", [C.EMAIL]),
        ([["Ana", "Paz", "San José", "Petén"]], "GT",
         [C.GIVEN, C.SURNAMES, C.MUNICIPALITY, C.REGION]),
    ],
)  # fmt: skip
def test_without_a_heading_the_cells_tell(rows, country, columns):
    assert guessed(rows, country) == columns


@pytest.mark.parametrize(
    ("cell", "kind"),
    [("DPI", "dpi"), ("No. de CUI", "dpi"), ("dni", "dni"), ("Pasaporte", "passport"), ("D", None)],
)
def test_the_kind_of_a_document_is_named(cell, kind):
    assert kind_of(cell) == kind
