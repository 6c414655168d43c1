"""What is open and why the rest is not: a table, and what must hold for any course."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.learning.rules.gate import ALL_BEFORE, Access, Days, Standing, Step, standings
from lms.learning.rules.marks import DONE, Mark

pytestmark = pytest.mark.pure

NOW = datetime(2026, 11, 23, 16, 42, tzinfo=UTC)
DAY = timedelta(days=1)
RUNNING = Days(NOW - 10 * DAY, NOW + 10 * DAY)


def course(*marks: Mark | None) -> list[Step]:
    """Lesson, quiz, lesson, quiz, … with these marks."""
    return [
        Step(f"a{n}", f"Title {n}", graded=bool(n % 2), mark=mark) for n, mark in enumerate(marks)
    ]


def access(steps: list[Step], days: Days = RUNNING, *, sequential: bool = True) -> list[str]:
    return [
        each.access.value for each in standings(steps, sequential=sequential, days=days, now=NOW)
    ]


def last(steps: list[Step], days: Days = RUNNING, *, sequential: bool = True) -> Standing:
    return standings(steps, sequential=sequential, days=days, now=NOW)[-1]


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ((None, None, None), ["open", "locked", "locked"]),
        ((Mark.SEEN, None, None), ["open", "open", "locked"]),
        ((Mark.SEEN, Mark.PASSED, None), ["open", "open", "open"]),
        ((Mark.SEEN, Mark.FAILED, None), ["open", "open", "locked"]),
        ((Mark.SEEN, Mark.EXHAUSTED, None), ["open", "open", "locked"]),
        ((Mark.SEEN, Mark.WAITING, None), ["open", "open", "locked"]),
        ((None, None, Mark.SEEN), ["open", "locked", "open"]),
    ],
)
def test_a_sequential_course_opens_one_activity_after_the_other(marks, expected):
    assert access(course(*marks)) == expected


def test_a_free_course_is_all_open():
    assert access(course(None, None, None), sequential=False) == ["open"] * 3


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        ((None, None), "It opens when you finish “%(title)s”."),
        ((Mark.SEEN, None, None), "It opens when you pass “%(title)s”."),
        ((Mark.SEEN, Mark.FAILED, None), "It opens when you pass “%(title)s”."),
        ((Mark.SEEN, Mark.WAITING, None), "It opens when “%(title)s” has been marked."),
        ((Mark.SEEN, Mark.PASSED, None, None), "It opens when you finish “%(title)s”."),
        (
            (Mark.SEEN, Mark.EXHAUSTED, None),
            "“%(title)s” was not passed and has no attempts left. Ask your instructor what can be "
            "done.",
        ),
    ],
)
def test_the_reason_names_what_is_in_the_way(marks, words):
    found = last(course(*marks))
    assert (found.access, found.message) == (Access.LOCKED, words)
    assert found.params == {"title": f"Title {len(marks) - 2}"}


@pytest.mark.parametrize(
    ("marks", "message", "first"),
    [
        ((None, None, None), ALL_BEFORE, 0),
        ((Mark.SEEN, Mark.FAILED, None, None), ALL_BEFORE, 1),
        ((Mark.SEEN, None, Mark.SEEN, None, None), ALL_BEFORE, 1),
        ((Mark.SEEN, Mark.WAITING, None, None), "It opens when “%(title)s” has been marked.", 1),
    ],
)
def test_of_several_in_the_way_all_are_meant_and_the_first_is_named(marks, message, first):
    found = last(course(*marks))
    assert (found.message, found.params) == (message, {"title": f"Title {first}"})


def test_nothing_opens_before_the_cohort_begins():
    found = last(course(None), Days(NOW + DAY, NOW + 2 * DAY), sequential=False)
    assert found.access is Access.LOCKED
    assert found.opens_at == NOW + DAY


@pytest.mark.parametrize(
    "days",
    [
        Days(NOW - 2 * DAY, NOW),
        Days(NOW - 2 * DAY, NOW + DAY, closed_at=NOW - timedelta(seconds=1)),
    ],
)
def test_after_the_end_what_was_open_can_be_read_and_no_more(days):
    steps = course(Mark.SEEN, None, None)
    assert access(steps, days) == ["over", "over", "locked"]
    assert {each.message for each in standings(steps, sequential=True, days=days, now=NOW)} == {
        "The cohort has ended."
    }


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ({"opens_at": "2026-11-24T06:00:00+00:00"}, "locked"),
        ({"opens_at": "2026-11-23T16:42:00+00:00"}, "open"),
        ({"closes_at": "2026-11-23T16:42:00+00:00"}, "over"),
        ({"closes_at": "2026-11-23T16:42:01+00:00"}, "open"),
        ({"opens_at": None, "closes_at": None}, "open"),
    ],
)
def test_the_calendar_opens_and_closes_a_single_activity(own, expected):
    days = Days(RUNNING.starts_at, RUNNING.ends_at, calendar={"a0": own})
    assert access(course(None, None), days, sequential=False) == [expected, "open"]


def test_what_opens_by_waiting_says_when():
    days = Days(
        RUNNING.starts_at,
        RUNNING.ends_at,
        calendar={"a0": {"opens_at": "2026-12-01T00:00:00+00:00"}},
    )
    assert last(course(None), days).opens_at == datetime(2026, 12, 1, tzinfo=UTC)


marks = st.lists(st.sampled_from([None, *Mark]), min_size=1, max_size=12)


@given(marks, st.booleans())
def test_there_is_always_something_to_do_until_all_is_done(found, sequential):
    steps = course(*found)
    open_now = {
        step.key
        for step, each in zip(
            steps, standings(steps, sequential=sequential, days=RUNNING, now=NOW), strict=True
        )
        if each.is_open
    }
    undone = [step.key for step in steps if not step.is_done]
    assert not undone or undone[0] in open_now


@given(marks, st.integers(0, 11), st.booleans())
def test_doing_something_never_locks_anything(found, at, sequential):
    before = access(course(*found), sequential=sequential)
    found[at % len(found)] = Mark.PASSED
    after = access(course(*found), sequential=sequential)
    assert all(b == "locked" or a == b for b, a in zip(before, after, strict=True))


@given(marks)
def test_whatever_is_not_open_says_why_and_what_is_done_stays_open(found):
    steps = course(*found)
    for step, each in zip(
        steps, standings(steps, sequential=True, days=RUNNING, now=NOW), strict=True
    ):
        assert each.is_open == (each.message == "")
        assert each.is_open or step.mark not in DONE
