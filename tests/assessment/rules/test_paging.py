"""The pages of an attempt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.rules.marking import Slot
from lms.assessment.rules.paging import left_before, open_from, page_at, pages_of

pytestmark = pytest.mark.pure


def slots(*cases):
    return [Slot(n, {"case": case} if case else {}, {}, 1) for n, case in enumerate(cases, 1)]


def spans(settings, *cases):
    return [(page.first, page.last) for page in pages_of(settings, slots(*cases))]


def test_pages():
    assert spans({}, "", "", "") == [(1, 3)]
    assert spans({"per_page": 2}, "", "", "") == [(1, 2), (3, 3)]
    assert spans({"per_page": 9}, "", "", "") == [(1, 3)]
    assert spans({"sequential": True}, "", "", "") == [(1, 1), (2, 2), (3, 3)]
    assert spans({"per_page": 2}, "", "a", "a", "") == [(1, 1), (2, 3), (4, 4)]
    assert spans({"per_page": 1}, "a", "a", "a") == [(1, 3)]


@given(st.lists(st.sampled_from(["", "a", "b"]), min_size=1, max_size=20), st.integers(1, 6))
def test_every_question_stands_on_one_page(cases, size):
    pages = pages_of({"per_page": size}, slots(*cases))
    found = [n for page in pages for n in range(page.first, page.last + 1)]
    assert found == [*range(1, len(cases) + 1)]
    assert [page.number for page in pages] == [*range(1, len(pages) + 1)]
    assert {page.of for page in pages} == {len(pages)}


def test_one_sees_what_one_asks_for_or_what_one_has_reached():
    free = pages_of({"per_page": 2}, slots("", "", "", ""))
    assert [page_at(free, n, 1).number for n in (0, 1, 2, 99)] == [1, 1, 2, 2]
    assert free[1].may_go_back
    bound = pages_of({"per_page": 2, "sequential": True}, slots("", "", "", ""))
    assert [page_at(bound, n, 3).number for n in (0, 1, 2, 99)] == [2, 2, 2, 2]
    assert not bound[1].may_go_back


def test_what_was_left_is_known_by_the_attempt_itself():
    frozen = [{"version": n} for n in range(4)]
    assert open_from(frozen) == 1
    left = left_before(frozen, 3)
    assert (open_from(left), [slot["version"] for slot in left]) == (3, [0, 1, 2, 3])
    assert left_before(left, 0) == frozen
