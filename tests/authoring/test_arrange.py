"""Where files stand in a course: numbers change, few of them, and nothing gets lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.authoring.rules import arrange
from lms.foundation.kernel.errors import Refused

pytestmark = pytest.mark.pure
ROW = ["c/01-m/01-a.md", "c/01-m/02-b.md", "c/01-m/05-c.quiz.yaml"]


@pytest.mark.parametrize(
    ("path", "to", "becomes"),
    [
        (0, 1, {"01-a.md": "02-a.md", "02-b.md": "01-b.md"}),
        (2, 0, {"05-c.quiz.yaml": "01-c.quiz.yaml", "01-a.md": "02-a.md", "02-b.md": "05-b.md"}),
        (1, 1, {}),
        (0, 99, {"01-a.md": "05-a.md", "02-b.md": "01-b.md", "05-c.quiz.yaml": "02-c.quiz.yaml"}),
        (0, -3, {}),
    ],
)
def test_moving_within_a_row(path, to, becomes):
    renames = arrange.moved(ROW, ROW[path], to).paths
    assert {old[7:]: new[7:] for old, new in renames.items()} == becomes


@given(st.lists(st.integers(1, 99), min_size=1, max_size=20), st.data())
def test_after_moving_the_row_has_the_order_that_was_asked(numbers, data):
    row = [f"c/01-m/{number:02d}-{at:02d}.md" for at, number in enumerate(sorted(numbers))]
    path = data.draw(st.sampled_from(row))
    to = data.draw(st.integers(0, len(row) - 1))
    renames = arrange.moved(row, path, to).paths
    result = [renames.get(each, each) for each in row]
    assert len(set(result)) == len(row)
    order = [each for each in row if each != path]
    order.insert(to, path)
    assert [each[-5:] for each in sorted(result)] == [each[-5:] for each in order]


def test_a_module_takes_along_what_lies_in_it():
    paths = ["c/01-m/module.yaml", "c/01-m/01-a.md", "c/02-n/module.yaml", "c/010-x/y.md"]
    plan = arrange.moved(["c/01-m", "c/02-n"], "c/02-n", 0)
    assert arrange.inside(paths, plan).paths == {
        "c/01-m/module.yaml": "c/02-m/module.yaml",
        "c/01-m/01-a.md": "c/02-m/01-a.md",
        "c/02-n/module.yaml": "c/01-n/module.yaml",
    }


def test_to_another_module_at_its_end_and_never_over_another_file():
    assert arrange.into([], "c/01-m/03-a.md", "c/02-n").paths == {
        "c/01-m/03-a.md": "c/02-n/01-a.md"
    }
    there = ["c/02-n/01-a.md", "c/02-n/04-b.md"]
    assert arrange.into(there, "c/01-m/03-a.md", "c/02-n").paths == {
        "c/01-m/03-a.md": "c/02-n/05-a-2.md"
    }


def test_modules_and_activities_are_found_in_order_and_media_are_neither():
    paths = [*reversed(ROW), "c/01-m/module.yaml", "c/media/01-x.svg", "c/course.yaml", "d/01-m/x"]
    assert arrange.activities_of(paths, "c/01-m") == ROW
    assert arrange.modules_of(paths, "c") == ["c/01-m"]


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("¿Qué es la Autonomía?", "que-es-la-autonomia"),
        ("Q'eqchi' y ẍ", "q-eqchi-y-x"),
        ("…", "sin-titulo"),
        ("a" * 80, "a" * 50),
    ],
)
def test_a_title_becomes_part_of_a_file_name(title, key):
    assert arrange.slug(title) == key


def test_a_key_that_is_taken_gets_a_number():
    assert arrange.free_key("Evaluación", {"evaluacion", "evaluacion-2"}) == "evaluacion-3"


def test_a_row_of_99_is_full():
    row = [f"c/01-m/{n:02d}-x.md" for n in range(1, 100)]
    with pytest.raises(Refused):
        arrange.place_at_end(row, "c/01-m", "y.md")
