"""Lists as people paste them."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lms.enrollment.formats.pasted import LONGEST_CELL, delimiter, rows_of
from lms.foundation.kernel.errors import Invalid

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a\tb\nc\td", [["a", "b"], ["c", "d"]]),
        ("a;b\nc;d\n", [["a", "b"], ["c", "d"]]),
        ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]),
        ("a\rb", [["a"], ["b"]]),
        ("\ufeffNombres\tDPI\nAna\t1", [["Nombres", "DPI"], ["Ana", "1"]]),
        ("María\u00a0José\tTzoc\u200b", [["María José", "Tzoc"]]),
        ("Jose\u0301\tx", [["José", "x"]]),
        ("\n\na\tb\n \t \n\nc\n", [["a", "b"], ["c", ""]]),
        ('"Paz, Delia",d@x.gt\nTzoc,e@x.gt', [["Paz, Delia", "d@x.gt"], ["Tzoc", "e@x.gt"]]),
        ('a\t"dos\nlíneas"\tb', [["a", "dos líneas", "b"]]),
        ("San José, Petén\tAna; Paz", [["San José, Petén", "Ana; Paz"]]),
        ("sola", [["sola"]]),
    ],
)  # fmt: skip
def test_rows_and_cells_are_what_was_meant(text, rows):
    assert rows_of(text) == rows


def test_a_lonely_quotation_mark_swallows_nobody():
    text = 'Ana\t"Paz\n' + "\n".join(f"Persona {n}\tApellido largo {n}" for n in range(40))
    found = rows_of(text)
    assert len(found) == 41
    assert found[0] == ["Ana", '"Paz']


@pytest.mark.parametrize(
    ("text", "mark"),
    [("a\tb", "\t"), ("a,b;c\nd;e", ";"), ("a,b\nc,d", ","), ("a b", "\t"), ("a,b\nc\nd", "\t")],
)
def test_what_parts_the_cells(text, mark):
    assert delimiter(text) == mark


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "first"),
        (" \n\t\n ", "first"),
        ("\n".join(f"a{n}\tb" for n in range(1002)), "1,000"),
        ("x" * 1_000_001, "1,000"),
        ("\t".join("abcdefghijklmnopqrstuvwxyzabcdefghijk"), "columns"),
    ],
)
def test_what_is_no_list_of_people_is_refused_beside_its_field(text, said):
    with pytest.raises(Invalid, match=said) as refused:
        rows_of(text)
    assert list(refused.value.fields) == ["text"]


def test_a_thousand_rows_and_a_heading_are_read():
    assert len(rows_of("Nombres\tDPI\n" + "\n".join(f"a{n}\tb" for n in range(1000)))) == 1001


@given(st.text(max_size=3000))
@example("\u00ad")
def test_whatever_is_pasted_is_read_or_refused(text):
    try:
        rows = rows_of(text)
    except Invalid:
        return
    assert len({len(row) for row in rows}) == 1
    assert all(any(row) for row in rows)
    assert all(len(cell) <= LONGEST_CELL and "\n" not in cell for row in rows for cell in row)
