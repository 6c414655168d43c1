"""What we write we read back: the very same questions, field by field."""

import base64

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.assessment.formats import FORMATS
from lms.assessment.formats.interface import Item
from lms.assessment.formats.judging import _fault
from tests.assessment.formats.sources import ITEMS, sources

pytestmark = pytest.mark.pure

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
KEEPERS = [name for name, format_ in FORMATS.items() if format_.keeps_all]
SLOW = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


def sound(items):
    return [each for each in items if _fault(each.source) is None]


@pytest.mark.parametrize("name", KEEPERS)
@SLOW
@given(items=ITEMS)
def test_every_field_of_every_question_comes_back(name, items):
    items = sound(items)
    if not items:
        return
    written = FORMATS[name].write(items)
    assert written.left_out == []
    back = FORMATS[name].read(written.data)
    assert [each.refused for each in back] == [None] * len(items)
    assert [dict(each.item.source) for each in back] == [dict(each.source) for each in items]


@SLOW
@given(items=st.lists(sources(["single_choice"]).map(Item), min_size=1, max_size=3))
def test_aiken_names_what_does_not_come_back(items):
    items = sound(items)
    if not items:
        return
    written = FORMATS["aiken"].write(items)
    kept = [(at, each) for at, each in enumerate(items) if at not in written.left_out]
    back = FORMATS["aiken"].read(written.data) if kept else []
    assert len(back) == len(kept)
    for (at, item), entry in zip(kept, back, strict=True):
        if entry.item is None:
            continue
        for key, value in item.source.items():
            if key not in written.lost.get(at, ()):
                assert entry.item.source[key] == value


def test_pictures_come_back_byte_by_byte():
    source = {"key": "foto", "type": "single_choice", "points": 1,
              "stem": "¿Qué muestra?\n\n![Un sello](media/sello.png)",
              "options": [{"text": "![Otro](media/sello-2.png)", "correct": True},
                          {"text": "Nada"}]}  # fmt: skip
    item = Item(source, {"sello.png": PICTURE, "sello-2.png": PICTURE[:-1] + b"\x81"})
    written = FORMATS["moodle-xml"].write([item])
    (back,) = FORMATS["moodle-xml"].read(written.data)
    assert back.item == item
    assert b"@@PLUGINFILE@@/sello.png" in written.data
    assert "files" not in written.lost.get(0, ())
    for name in ("gift", "csv", "xlsx", "yaml"):
        assert "files" in FORMATS[name].write([item]).lost[0]


def test_who_changes_the_file_is_right_over_what_travelled_beside_it():
    source = {"key": "a", "type": "true_false", "points": 3, "stem": "Es así. ", "answer": True}
    written = FORMATS["gift"].write([Item(source)]).data.decode()
    assert '"stem"' in written
    (same,) = FORMATS["gift"].read(written.encode())
    assert same.item.source == source
    changed = written.replace("]Es así.", "]No es así.").encode()
    (back,) = FORMATS["gift"].read(changed)
    assert back.item.source == source | {"stem": "No es así."}
