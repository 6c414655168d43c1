"""The life of an attempt, as tables."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.rules.attempts import (
    Result,
    State,
    Times,
    attempts_left,
    closes_at,
    counting,
    deadline,
    over_since,
    refuse_start,
    state,
)
from lms.assessment.rules.quiz import Counts, Settings
from lms.foundation.kernel.errors import Refused
from lms.foundation.kernel.points import SCALE, points

pytestmark = pytest.mark.pure

NOON = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def at(minutes):
    return NOON + minutes * MINUTE


@pytest.mark.parametrize(
    ("own", "closed", "closes"),
    [
        ({}, None, 90),
        ({"closes_at": 9}, None, 9),
        ({}, 12, 12),
        ({"closes_at": 9}, 12, 9),
        ({"closes_at": 99}, None, 90),
        ({"opens_at": 5}, None, 90),
    ],
)
def test_a_quiz_closes_with_the_cohort_or_earlier(own, closed, closes):
    days = {name: at(minutes).isoformat() for name, minutes in own.items()}
    found = closes_at(days, at(90), closed and at(closed))
    assert found == at(closes)


@pytest.mark.parametrize(("limit", "ends"), [(None, 90), (40, 40), (120, 90)])
def test_an_attempt_ends_with_its_own_time_or_the_quiz(limit, ends):
    assert deadline(NOON, limit and limit * MINUTE, at(90)) == at(ends)


@pytest.mark.parametrize(
    ("ends", "handed_in", "now", "expected", "since"),
    [
        (None, None, 10_000, State.OPEN, None),
        (40, None, 39, State.OPEN, None),
        (40, None, 40, State.OPEN, None),
        (40, None, 41, State.OUT_OF_TIME, 40),
        (40, 12, 13, State.HANDED_IN, 12),
        (40, 12, 41, State.HANDED_IN, 12),
        (40, 40, 900, State.HANDED_IN, 40),
        (None, 12, 13, State.HANDED_IN, 12),
    ],
)
def test_state_is_derived_from_the_clock(ends, handed_in, now, expected, since):
    times = Times(NOON, ends and at(ends), handed_in and at(handed_in))
    assert state(times, at(now)) is expected
    assert over_since(times, at(now)) == (since and at(since))


def settings(**source):
    return Settings.of({"pass": 61, **source})


@pytest.mark.parametrize(
    ("allowed", "used", "left"), [(None, 7, None), (3, 0, 3), (3, 3, 0), (1, 2, 0)]
)
def test_attempts_left(allowed, used, left):
    assert attempts_left(allowed, used) == left


def test_one_attempt_unless_the_author_says_otherwise():
    assert settings().attempts == 1
    assert settings(attempts=None).attempts is None


@pytest.mark.parametrize(
    ("attempts", "used", "closes", "allowed"),
    [
        (1, 0, 1, True),
        (1, 1, 1, False),
        (None, 99, 1, True),
        (None, 500, 1, False),
        (3, 0, 0, False),
    ],
)
def test_an_attempt_begins_while_some_are_left_and_the_quiz_is_open(
    attempts, used, closes, allowed
):
    if allowed:
        refuse_start(settings(attempts=attempts), used, at(closes), NOON)
    else:
        with pytest.raises(Refused):
            refuse_start(settings(attempts=attempts), used, at(closes), NOON)


RESULTS = [Result(2, 8, 10), Result(1, 6, 10), Result(3, 8, 10), Result(4, 3, 10)]


@pytest.mark.parametrize(
    ("counts", "number", "reached"),
    [(Counts.BEST, 2, 8), (Counts.FIRST, 1, 6), (Counts.LAST, 4, 3)],
)
def test_which_attempt_counts(counts, number, reached):
    found = counting(RESULTS, counts)
    assert (found.number, found.points) == (number, reached)


def test_an_average_is_exact_to_the_millionth():
    thirds = [
        Result(1, points(1), points(3)),
        Result(2, points(2), points(3)),
        Result(3, 0, points(3)),
    ]
    assert counting(thirds, Counts.AVERAGE).points == points(1)


@pytest.mark.parametrize("counts", list(Counts))
def test_nothing_marked_counts_nothing(counts):
    assert counting([], counts) is None


results = st.lists(
    st.integers(0, 20).map(lambda reached: (points(reached), points(20))), min_size=1, max_size=6
).map(lambda pairs: [Result(n, *pair) for n, pair in enumerate(pairs, 1)])


@given(results, st.sampled_from(Counts))
def test_whatever_counts_lies_between_the_worst_and_the_best(found, counts):
    chosen = counting(found, counts)
    parts = [result.part for result in found]
    assert min(parts) <= chosen.part <= max(parts)
    assert counting(list(reversed(found)), counts) == chosen


@pytest.mark.parametrize(
    ("reached", "out_of", "passed"),
    [("8.54", 14, True), ("8.539999", 14, False), ("61", 100, True), ("60.99", 100, False)],
)
def test_the_pass_mark_is_met_exactly_or_not_at_all(reached, out_of, passed):
    assert settings().passed(points(reached), points(out_of)) is passed


def test_a_pass_mark_of_a_third_of_a_per_cent_is_read_exactly():
    assert Settings.of({"pass": "66.5"}).pass_ratio == SCALE * 665 // 1000
