"""When a course is completed and what is missing: a truth table, and what must hold always."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.foundation.kernel.points import SCALE, SCALES
from lms.grading.rules.completion import Lack, Task, decide
from lms.grading.rules.grade import Component

pytestmark = pytest.mark.pure

HALF = SCALE // 2
SEEN, UNSEEN = Task("l1", "One", True), Task("l2", "Two", False)


def quiz(ratio: int | None, passed: bool = False, *, key: str = "q1", weight: int = HALF, **more):  # type: ignore[no-untyped-def]
    return Component(key, key.upper(), weight, ratio, passed, **more)


def decided(tasks, components, mark=610_000):  # type: ignore[no-untyped-def]
    return decide(tasks, components, scale=SCALES["0-100"], pass_mark=mark)


PASSED, BARELY = quiz(900_000, True), quiz(650_000, True, key="q2")
TABLE = {
    "all done": ([SEEN], [PASSED, BARELY], True, False, []),
    "a lesson unseen": ([SEEN, UNSEEN], [PASSED, BARELY], False, False, [Lack.SEE]),
    "a quiz not taken": ([SEEN], [PASSED, quiz(None, key="q2")], False, False, [Lack.TAKE]),
    "a quiz waiting": (
        [SEEN], [PASSED, quiz(None, key="q2", waiting=True)], False, False, [Lack.WAIT],
    ),
    "a quiz failed, another try": (
        [SEEN], [PASSED, quiz(300_000, key="q2")], False, False, [Lack.RETRY],
    ),
    "a quiz failed for good": (
        [SEEN], [PASSED, quiz(600_000, key="q2", may_retry=False)], False, True, [Lack.FAILED],
    ),
    "a high grade does not replace a quiz that was not passed": (
        [SEEN], [quiz(SCALE, True), quiz(500_000, key="q2")], False, False, [Lack.RETRY],
    ),
    "all passed, grade below the mark, tries left": (
        [SEEN], [quiz(620_000, True), quiz(580_000, True, key="q2")], False, False, [Lack.GRADE],
    ),
    "all passed, grade below the mark, no try left": (
        [SEEN],
        [quiz(620_000, True, may_retry=False), quiz(580_000, True, key="q2", may_retry=False)],
        False, True, [Lack.GRADE],
    ),
    "a quiz without weight is practice": (
        [SEEN], [PASSED, quiz(100_000, key="q2", weight=0, may_retry=False)], True, False, [],
    ),
    "lessons alone": ([SEEN], [], True, False, []),
    "nothing to do is nothing done": ([], [], False, False, [Lack.EMPTY]),
    "everything missing": (
        [UNSEEN], [quiz(None), quiz(None, key="q2")], False, False,
        [Lack.SEE, Lack.TAKE, Lack.TAKE],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", TABLE)
def test_truth_table(case):
    tasks, components, completed, failed, lacks = TABLE[case]
    found = decided(tasks, components, 610_000)
    assert (found.completed, found.failed) == (completed, failed)
    assert [reason.lack for reason in found.reasons] == lacks


def test_each_reason_names_its_activity():
    found = decided([UNSEEN], [quiz(None)])
    assert [(reason.key, dict(reason.params)) for reason in found.reasons] == [
        ("l2", {"title": "Two"}),
        ("q1", {"title": "Q1"}),
    ]


tasks = st.lists(st.builds(Task, st.sampled_from("abcd"), st.just("T"), st.booleans()), max_size=6)
components = st.lists(
    st.builds(
        Component,
        key=st.sampled_from("wxyz"),
        title=st.just("T"),
        weight=st.integers(0, SCALE),
        ratio=st.none() | st.integers(0, SCALE),
        passed=st.booleans(),
        may_retry=st.booleans(),
    ).map(
        lambda each: (
            each if each.ratio is not None else quiz(None, key=each.key, weight=each.weight)
        )
    ),
    max_size=6,
)


@given(tasks, components, st.randoms())
def test_order_never_matters(given_tasks, given_parts, dice):
    other_tasks, other_parts = given_tasks.copy(), given_parts.copy()
    dice.shuffle(other_tasks)
    dice.shuffle(other_parts)
    one, two = decided(given_tasks, given_parts), decided(other_tasks, other_parts)
    assert (one.completed, one.failed, one.seen) == (two.completed, two.failed, two.seen)
    assert sorted(map(repr, one.reasons)) == sorted(map(repr, two.reasons))


@given(tasks, components)
def test_completed_means_nothing_is_missing_and_never_failed(given_tasks, given_parts):
    found = decided(given_tasks, given_parts)
    assert found.completed == (not found.reasons)
    assert not (found.completed and found.failed)


@given(tasks, components)
def test_seeing_one_more_lesson_never_takes_completion_away(given_tasks, given_parts):
    before = decided(given_tasks, given_parts)
    after = decided([Task(each.key, each.title, True) for each in given_tasks], given_parts)
    assert after.completed or not before.completed
    assert len(after.reasons) <= len(before.reasons)
