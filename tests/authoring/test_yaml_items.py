"""One question of a file is changed, and nothing around it."""

import pytest

from lms.authoring.formats.yaml_items import with_item_set
from lms.catalog.formats.yaml_text import read_yaml
from lms.catalog.formats.yaml_write import plain

pytestmark = pytest.mark.pure

USUAL = """\
title: Una   # el título
questions:
  - key: a
    stem: "Qué"      # se pregunta
    options:
      - text: x   # la primera
      - text: y
    nota: sin formulario
  # sobre la que sigue
  - key: b
    stem: >-
      Otra
      más
# al final
pass: 61
"""
TIGHT = "questions:\n- {key: a, stem: Qué}\n- {key: b, stem: Otra}\npass: 61\n"
WIDE = "questions:\n  -   key: a\n      stem: Qué\n\n  -   key: b\n      stem: Otra\n\npass: 61\n"
FLOW = "{questions: [{key: a, stem: Qué}, {key: b, stem: Otra}], pass: 61}\n"


def said(text):
    data, problems = read_yaml(text, "")
    assert problems == []
    return plain(data)


@pytest.mark.parametrize("text", [USUAL, TIGHT, WIDE, FLOW])
@pytest.mark.parametrize("at", [0, 1])
@pytest.mark.parametrize(
    "values",
    [{"stem": "Nueva: sí"}, {"stem": "Uno\n\nDos"}, {"points": 2}, {"stem": None}, {"f": ["x"]}],
)
def test_it_says_what_was_asked_and_everything_else_as_before(text, at, values):
    wanted = said(text)
    changed = {**wanted["questions"][at], **values}
    wanted["questions"][at] = {key: each for key, each in changed.items() if each is not None}
    assert said(with_item_set(text, "questions", at, values)) == wanted


def test_lines_of_what_did_not_change_stay_with_their_comments():
    after = with_item_set(
        USUAL, "questions", 0, {"stem": "Nueva", "options": [{"text": "x"}, {"text": "z"}]}
    )
    before = USUAL.split("\n")
    assert after.split("\n") == [
        *before[:3], "    stem: Nueva", before[4], before[5], "      - text: z", *before[7:]
    ]  # fmt: skip


def test_setting_what_stands_there_changes_not_a_byte():
    for text in (USUAL, TIGHT, WIDE, FLOW):
        for at, item in enumerate(said(text)["questions"]):
            assert with_item_set(text, "questions", at, item) == text


def test_a_value_that_is_none_stays_written():
    text = "questions:\n  - key: a\n    limit: null\n"
    assert with_item_set(text, "questions", 0, {"limit": None}) == text
