"""A list as an address asks for it, as it is kept, and back."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.desk.rules.asked import (
    BY_GRADE,
    NAME,
    PRIVATE,
    SORTABLE,
    USUAL,
    Asked,
    Column,
    as_kept,
    asked,
    read_kept,
)
from lms.desk.rules.standings import Stand

pytestmark = pytest.mark.pure
GRADED = ("uno", "dos")
KEPT = Asked(shown=Stand.STUCK, municipality="Sololá", order="nota", columns=(Column.SEEN,))


def read(kept=KEPT, private=True, **parts):
    return asked({name: [said] for name, said in parts.items()}, kept, GRADED, private=private)


lists = st.builds(
    Asked,
    shown=st.none() | st.sampled_from(Stand),
    text=st.sampled_from(["", "tzunún", "ana maría"]),
    municipality=st.sampled_from(["", "Sololá"]),
    order=st.sampled_from([NAME, f"{BY_GRADE}dos", *(each.value for each in SORTABLE)]),
    descending=st.booleans(),
    columns=st.sets(st.sampled_from(Column), min_size=1).map(
        lambda some: tuple(each for each in Column if each in some)
    ),
)


@given(lists)
def test_an_address_says_the_whole_list(wanted):
    parts = {
        name: list(said) if isinstance(said, list) else [said]
        for name, said in wanted.address().items()
        if said is not None
    }
    assert asked(parts, Asked(), GRADED, private=True) == wanted


@given(lists)
def test_a_list_is_kept_but_for_whom_one_looked_for(wanted):
    kept = as_kept(wanted)
    assert read_kept(kept, elsewhere=False) == replace(wanted, text="")
    there = read_kept(kept, elsewhere=True)
    assert (there.shown, there.municipality) == (None, "")
    assert (there.order, there.columns) == (wanted.order, wanted.columns)


def test_an_address_that_says_nothing_opens_what_was_kept():
    assert read() == KEPT


@pytest.mark.parametrize("parts", [{"ver": "todas"}, {"q": "ana"}, {"orden": "ingreso"}])
def test_an_address_that_says_something_filters_by_that_alone(parts):
    found = read(**parts)
    assert (found.shown, found.municipality) == (None, "")
    assert found.columns == KEPT.columns


@pytest.mark.parametrize("order", ["notas", "documento", "notas:tres", "-lo-que-sea", ""])
def test_what_cannot_be_sorted_stands_by_surname(order):
    found = read(ver="todas", orden=order)
    assert (found.order, found.descending) == (NAME, False)


def test_odd_columns_are_as_if_not_said():
    assert read(kept=Asked(), col="lo-que-sea").columns == USUAL


def test_who_may_not_know_it_sees_no_document_mail_or_telephone():
    every = [each.value for each in Column]
    found = asked({"col": every}, Asked(columns=tuple(PRIVATE)), GRADED, private=False)
    assert not PRIVATE & set(found.columns)
    assert asked({}, Asked(columns=tuple(PRIVATE)), GRADED, private=False).columns == USUAL


def test_a_heading_pressed_twice_turns_the_order_round():
    once = Asked().sorted_by("nota")
    assert (once.order, once.descending) == ("nota", False)
    twice = once.sorted_by("nota")
    assert (twice.order, twice.descending) == ("nota", True)
    assert not twice.sorted_by("nota").descending
