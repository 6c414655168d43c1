"""YAML that is written says the same when it is read; an edit leaves the rest as it was."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.authoring.formats.yaml_edit import Unreadable, with_items, with_values
from lms.catalog.formats.yaml_text import read_yaml
from lms.catalog.formats.yaml_write import plain, write_yaml

pytestmark = pytest.mark.pure

ODD = st.sampled_from(
    ["007", "1.50", "no", "true", "~", "", "2026-11-01", "- x", "a: b", "#", "'", '"', "@", "ñ",
     " a", "uno\ndos", "uno\n\n  dos\n", "largo " * 30, "{x}", "[x]", "*x", "&x", "!x", "%", "|",
     ">", "1e3", "0x1F", "null", "=", "<<", "a\tb", "…", "\u2028", "x: |", "?"]
)  # fmt: skip
TEXT = ODD | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)
NAME = st.sampled_from(["key", "title", "stem", "options", "answer", "minutes", "other"])
VALUE = st.recursive(
    TEXT
    | st.integers(-(10**17), 10**17)
    | st.booleans()
    | st.decimals(-9999, 9999, places=2)
    | st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=4)
        | st.dictionaries(NAME, inner, min_size=1, max_size=4)
    ),
    max_leaves=6,
)
MAP = st.dictionaries(NAME, VALUE, min_size=1, max_size=6)


def said(text: str):
    found, problems = read_yaml(text, "x.yaml")
    assert problems == [], (problems, text)
    return plain(found)


def kinds(value):
    """The same with the type of each value, since 1 == True == Decimal(1)."""
    if isinstance(value, dict):
        return {key: kinds(each) for key, each in value.items()}
    if isinstance(value, list):
        return [kinds(each) for each in value]
    return type(value).__name__, value


@settings(max_examples=50)
@given(MAP)
def test_what_is_written_is_read_again(data):
    assert kinds(said(write_yaml(data))) == kinds(data)


@settings(max_examples=50)
@given(MAP, MAP)
def test_setting_keys_says_what_was_asked_and_nothing_else(data, values):
    edited = with_values(write_yaml(data), values)
    assert kinds(said(edited)) == kinds({**data, **values})


@given(st.lists(st.dictionaries(st.sampled_from(["key", "text"]), TEXT, min_size=1), min_size=1,
                max_size=5), st.randoms())  # fmt: skip
def test_items_can_be_moved_taken_out_and_added(items, random):
    text = write_yaml({"title": "x", "items": items, "after": 1})
    wanted = [each for each in items if random.random() > 0.3] + [{"key": "nuevo"}]
    random.shuffle(wanted)
    assert said(with_items(text, "items", wanted)) == {"title": "x", "items": wanted, "after": 1}


HAND = """\
# El curso de la casa
key: uno
title: "Con comillas"   # se queda

# lo que sigue cuenta
minutes: {reading: 9}
questions:
  # la primera
  - key: a
    stem: "¿Cuánto?"
    points: 1.50
  - {key: b, stem: Corta}
  - key: c
    stem: >-
      Una pregunta larga
      en dos líneas.
counts: best
"""


def test_an_edit_touches_only_its_own_lines():
    edited = with_values(HAND, {"minutes": {"reading": 12}})
    before, after = HAND.split("\n"), edited.split("\n")
    assert [line for line in after if line not in before] == ["minutes:", "  reading: 12"]
    assert [line for line in before if line not in after] == ["minutes: {reading: 9}"]


def test_a_moved_item_keeps_its_lines_and_comments():
    items = list(read_yaml(HAND, "")[0]["questions"])
    edited = with_items(HAND, "questions", [items[2], items[0]])
    assert (
        "  - key: c\n    stem: >-\n      Una pregunta larga\n      en dos líneas.\n  - key: a\n"
        in edited
    )
    assert "points: 1.50" in edited
    assert said(edited)["questions"] == plain([items[2], items[0]])
    assert edited.endswith("counts: best\n")


def test_a_key_is_taken_out_with_its_lines_and_the_comment_before_the_next_stays():
    edited = with_values(HAND, {"title": None})
    assert "Con comillas" not in edited
    assert "# lo que sigue cuenta\nminutes" in edited


def test_a_file_on_one_line_is_written_anew():
    assert said(with_values("{a: 1, b: [x, y]}", {"b": ["z"]})) == {"a": 1, "b": ["z"]}


def test_numbers_keep_their_decimals():
    assert write_yaml({"answer": Decimal("14.40")}) == "answer: 14.40\n"


@pytest.mark.parametrize("text", ["a: [", "- x", "a: &b 1"])
def test_what_cannot_be_read_is_not_edited(text):
    with pytest.raises(Unreadable):
        with_values(text, {"a": 1})


def test_every_shipped_file_can_be_edited_without_losing_a_word():
    for path in sorted(Path("courses").rglob("*.yaml")):
        text = path.read_text("utf-8")
        before = said(text)
        assert said(with_values(text, {"title": "Otro"})) == {**before, "title": "Otro"}
        assert with_values(text, before) == text
        assert said(write_yaml(before)) == before
