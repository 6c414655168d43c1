"""Only the plain part of YAML is read, with the line of everything."""

import sys
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from lms.catalog.formats.yaml_text import DEEPEST, MOST_NODES, read_yaml

pytestmark = pytest.mark.pure


def read(text: str) -> Any:
    data, problems = read_yaml(text, "x.yaml")
    assert problems == []
    return data


def test_values_are_what_an_author_means() -> None:
    data = read(
        "a: 1\nb: 1.50\nc: no\nd: true\ne: null\nf:\ng: 2026-11-01\nh: 007\ni: '12'\nj: 1_000\n"
        "k: 12:30\non: yes\nl: -3\nm: .5\nn: 1e3\no: ~\n"
    )
    assert data == {
        "a": 1,
        "b": Decimal("1.50"),
        "c": "no",
        "d": True,
        "e": None,
        "f": None,
        "g": date(2026, 11, 1),
        "h": "007",
        "i": "12",
        "j": "1_000",
        "k": "12:30",
        "on": "yes",
        "l": -3,
        "m": ".5",
        "n": "1e3",
        "o": None,
    }


def test_every_key_and_item_knows_its_line() -> None:
    data = read("a: 1\nlist:\n  - x\n  - {k: v,\n     l: w}\ntext: |\n  uno\n  dos\n")
    assert data.lines == {"a": 1, "list": 2, "text": 6}
    assert data["list"].lines == [3, 4]
    assert data["list"][1].lines == {"k": 4, "l": 5}
    assert data.text_line_of("text") == 7


def test_front_matter_counts_from_the_top_of_its_file() -> None:
    data, problems = read_yaml("a: 1\nb: [\n", "x.md", first_line=2)
    assert data is None
    assert problems[0].line in (3, 4)


def test_a_billion_laughs_is_refused_before_it_is_built() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    data, problems = read_yaml("\n".join(lines), "x.yaml")
    assert data is None
    assert [each.line for each in problems] == [1]


@pytest.mark.parametrize("brackets", ["[", "{a: ", "- "])
def test_depth_is_refused_without_recursion(brackets: str) -> None:
    depth = sys.getrecursionlimit() * 4
    data, problems = read_yaml("a:\n  " + brackets * depth, "x.yaml")
    assert data is None
    assert problems[0].params == {"deepest": DEEPEST}


def test_width_is_refused() -> None:
    data, problems = read_yaml("a: [" + "x, " * (MOST_NODES + 10) + "]", "x.yaml")
    assert data is None
    assert problems[0].params == {"most": MOST_NODES}


plain = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=30)
values = st.recursive(
    st.booleans() | st.integers(-(10**17), 10**17) | plain | st.dates(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(plain, inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(plain, values, min_size=1, max_size=6))
def test_what_a_writer_of_yaml_writes_is_read_back(data: dict[str, Any]) -> None:
    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, data: Any) -> bool:
            return True

    text = yaml.dump(data, Dumper=Dumper, allow_unicode=True)
    found, problems = read_yaml(text, "x.yaml")
    if not problems:
        assert found == data


@given(st.text(max_size=200))
def test_no_text_whatever_breaks_the_reader(text: str) -> None:
    data, problems = read_yaml(text, "x.yaml")
    assert (data is None) <= bool(problems)
    lines = text.count("\n") + 1
    assert all(1 <= each.line <= lines + 1 for each in problems)
    assert all(each.message % each.params and each.remedy % each.params for each in problems)


@given(st.text("{}[]&*!|>'\"%@`#,:-? \n\tab0", max_size=60))
def test_no_marks_whatever_break_the_reader(text: str) -> None:
    test_no_text_whatever_breaks_the_reader.hypothesis.inner_test(text)  # type: ignore[attr-defined]
