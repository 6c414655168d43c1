"""An import takes what changed in the package and never loses an edit made here."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.authoring.rules.difference import Change, base_of, difference

pytestmark = pytest.mark.pure

hashes = st.dictionaries(st.sampled_from("abcde"), st.sampled_from("123"), max_size=5)


@pytest.mark.parametrize(
    ("imported", "current", "incoming", "change"),
    [
        (None, None, "1", Change.NEW),
        ("1", "1", "1", Change.SAME),
        ("1", "1", "2", Change.CHANGED),
        ("1", "1", None, Change.REMOVED),
        ("1", "2", "1", Change.KEPT),
        (None, "2", None, Change.KEPT),
        ("1", None, "1", Change.KEPT),
        ("1", "2", "3", Change.CONFLICT),
        ("1", "2", None, Change.CONFLICT),
        ("1", None, "2", Change.CONFLICT),
        (None, "1", "2", Change.CONFLICT),
        ("1", "2", "2", Change.SAME),
        ("1", None, None, None),
    ],
)
def test_each_way_a_file_may_have_gone(
    imported: str | None, current: str | None, incoming: str | None, change: Change | None
) -> None:
    def at(value: str | None) -> dict[str, str]:
        return {} if value is None else {"a": value}

    files = difference(at(imported), at(current), at(incoming)).files
    assert [each.change for each in files] == ([] if change is None else [change])


@given(hashes)
def test_the_same_again_is_nothing(files: dict[str, str]) -> None:
    assert difference(files, files, files).nothing


@given(hashes, hashes)
def test_without_edits_the_package_is_what_stands_afterwards(
    current: dict[str, str], incoming: dict[str, str]
) -> None:
    found = difference(current, current, incoming)
    assert found.conflicts == found.of(Change.KEPT) == ()
    assert found.nothing == (current == incoming)


@given(hashes, hashes)
def test_what_was_never_imported_is_never_overwritten(
    current: dict[str, str], incoming: dict[str, str]
) -> None:
    found = difference(None, current, incoming)
    assert found.of(Change.CHANGED, Change.REMOVED) == ()
    assert set(found.of(Change.NEW)) == set(incoming) - set(current)


@given(hashes, hashes, hashes)
def test_no_edit_is_lost_without_being_named(
    imported: dict[str, str], current: dict[str, str], incoming: dict[str, str]
) -> None:
    found = difference(imported, current, incoming)
    edited = {path for path in {*imported, *current} if imported.get(path) != current.get(path)}
    overwritten = set(found.of(Change.NEW, Change.CHANGED, Change.REMOVED))
    assert not edited & overwritten


@given(hashes, hashes, hashes, hashes)
def test_a_package_that_tells_how_it_left_is_compared_with_that(
    incoming: dict[str, str], left: dict[str, str], said: dict[str, str], published: dict[str, str]
) -> None:
    base = base_of(incoming, left, said, published)
    for path in {*incoming, *left}:
        decided = path in incoming and said.get(path) == incoming[path]
        assert base.get(path) == (incoming[path] if decided else left.get(path))
    assert base_of(incoming, None, said, published) == (said or published)
