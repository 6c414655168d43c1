"""How a grade is put together: what is refused, and that it is kept as it was said."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.foundation.kernel.errors import DomainError, Invalid
from lms.foundation.kernel.points import SCALE
from lms.grading.rules.grade import Component
from lms.grading.rules.marks import Kind, read_mark, written_mark
from lms.grading.rules.scheme import (
    NAMED,
    Column,
    Group,
    Item,
    Scheme,
    check,
    of_column,
    scheme_of,
    tree,
)  # fmt: skip

pytestmark = pytest.mark.pure
TENTH = SCALE // 10
GROUP = Group("1", "Cuestionarios", 6 * TENTH, 1)
ITEMS = (Item("q1", "1", SCALE), Item("q2", "1", SCALE))
DEFENCE = Column("columna:1", "", 4 * TENTH, title="Defensa", top=20)
WHOLE = Scheme((GROUP,), ITEMS, (DEFENCE,))


def test_it_is_kept_as_it_was_said():
    policy = json.loads(json.dumps({NAMED: {"c": WHOLE.kept()}}))
    assert scheme_of(policy, "c") == WHOLE
    assert not scheme_of(policy, "other")
    check(WHOLE, ["q1", "q2"], {})


def test_activities_go_to_their_categories_and_the_others_keep_their_weight():
    own = [Component(key, key, 5, 1) for key in ("q1", "q2", "q3")]
    group, alone, column = tree(WHOLE, [*own, of_column(DEFENCE, None)])
    assert ([each.key for each in group.parts], group.drop) == (["q1", "q2"], 1)
    assert (alone.key, alone.weight) == ("q3", 5)
    assert (column.key, column.weight, column.waiting) == ("columna:1", 4 * TENTH, True)


WRONG = {
    "not 100": (Scheme((GROUP,), ITEMS), "add up to 60 %"),
    "no name": (Scheme((GROUP,), ITEMS, (Column("columna:1", "", 4 * TENTH),)), "Write a name"),
    "twice": (
        Scheme((GROUP, Group("2", "cuestionarios", 4 * TENTH)), ITEMS), "the same name",
    ),
    "an empty category": (
        Scheme((GROUP, Group("2", "Otros", 4 * TENTH)), ITEMS), "Nothing counts in “Otros”",
    ),
    "unequal where the lowest do not count": (
        Scheme((GROUP,), (Item("q1", "1", 5), Item("q2", "1", 6)), (DEFENCE,)), "weigh the same",
    ),
    "none would count": (
        Scheme((Group("1", "C", 6 * TENTH, 2),), ITEMS, (DEFENCE,)), "At least one has to count",
    ),
    "an unknown category": (Scheme((), (Item("q1", "9", 1),)), "Choose a category"),
    "an unknown activity": (Scheme((), (Item("zz", "", SCALE),)), "not graded in this course"),
    "out of nothing": (
        Scheme((GROUP,), ITEMS, (Column("columna:1", "", 4 * TENTH, title="D", top=0),)), "1 to 1",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_could_not_be_added_up_is_refused(case):
    scheme, said = WRONG[case]
    with pytest.raises(DomainError, match=said):
        check(scheme, ["q1", "q2"], {})


def test_marks_are_not_left_without_their_column():
    with pytest.raises(DomainError, match="has marks: it stays"):
        check(Scheme((), (Item("q1", "", SCALE),)), ["q1"], {"columna:1": DEFENCE})
    other = Column("columna:1", "", 4 * TENTH, title="Defensa", top=10)
    with pytest.raises(DomainError, match="out of how much"):
        check(Scheme((GROUP,), ITEMS, (other,)), ["q1", "q2"], {"columna:1": DEFENCE})


@pytest.mark.parametrize(
    ("text", "kind", "top", "ratio"),
    [
        ("15", Kind.NUMBER, 20, 750_000), ("15.5", Kind.NUMBER, 20, 775_000),
        ("15,5", Kind.NUMBER, 20, 775_000), ("0", Kind.NUMBER, 20, 0), ("", Kind.NUMBER, 20, None),
        ("80 %", Kind.NUMBER, 100, 800_000), ("b", Kind.LETTERS, 100, 850_000),
        ("Aprobó", Kind.VERDICT, 100, SCALE), ("No aprobado", Kind.VERDICT, 100, 0),
    ],
)  # fmt: skip
def test_a_mark_is_read(text, kind, top, ratio):
    assert read_mark(text, kind, top) == ratio


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("21", Kind.NUMBER, "from 0 to 20"), ("-1", Kind.NUMBER, "from 0 to 20"),
        ("quince", Kind.NUMBER, "Write a number"), ("1.234", Kind.NUMBER, "two decimals"),
        ("F", Kind.LETTERS, "A to E"), ("tal vez", Kind.VERDICT, "approved"),
    ],
)  # fmt: skip
def test_what_is_no_mark_is_said(text, kind, said):
    with pytest.raises(Invalid, match=said):
        read_mark(text, kind, 20)


@given(st.integers(1, 1_000), st.integers(0, 100_000), st.sampled_from([(".", ","), (",", ".")]))
def test_what_was_typed_comes_out_as_it_went_in(top, cents, signs):
    from decimal import Decimal

    number = Decimal(cents % (top * 100 + 1)) / 100
    decimal, group = signs
    shown = written_mark(
        read_mark(
            f"{number}".replace(".", decimal), Kind.NUMBER, top, decimal=decimal, group=group
        ),
        Kind.NUMBER, top, decimal=decimal, group=group,
    )  # fmt: skip
    assert Decimal(shown.replace(group, "").replace(decimal, ".")) == number
