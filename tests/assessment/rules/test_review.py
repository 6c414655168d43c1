"""What a learner sees of an attempt, by moment."""

from datetime import UTC, datetime, timedelta

import pytest

from lms.assessment.rules.review import (
    Explained,
    Item,
    Moment,
    Shown,
    check,
    matrix_of,
    moment_of,
    shown,
)

pytestmark = pytest.mark.pure

ENDED = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
CLOSES = ENDED + timedelta(days=2)


@pytest.mark.parametrize(
    ("now", "moment"),
    [
        (ENDED, Moment.AFTER),
        (ENDED + timedelta(minutes=9, seconds=59), Moment.AFTER),
        (ENDED + timedelta(minutes=10), Moment.OPEN),
        (CLOSES - timedelta(seconds=1), Moment.OPEN),
        (CLOSES, Moment.CLOSED),
    ],
)
def test_moments(now, moment):
    assert moment_of(ENDED, CLOSES, now) is moment


def test_closing_comes_before_just_after():
    assert moment_of(CLOSES, CLOSES, CLOSES) is Moment.CLOSED


@pytest.mark.parametrize("moment", Moment)
def test_where_nothing_is_said_right_answers_wait_until_they_help_nobody(moment):
    assert shown({}, moment, spent=False) == Shown(True, True, False, Explained.EARNED)
    assert shown({}, moment, spent=True) == Shown(True, True, True, Explained.ALL)
    assert shown({}, moment, spent=True, running=True) == Shown(True, True, False, Explained.EARNED)


def test_what_was_said_holds_at_its_moment_and_elsewhere_what_is_usual():
    matrix = matrix_of({"after": [], "closed": ["answer", "right", "feedback"]})
    assert shown(matrix, Moment.AFTER, spent=True) == Shown(False, False, False, Explained.NONE)
    assert shown(matrix, Moment.OPEN, spent=True) == Shown(True, True, True, Explained.ALL)
    closed = shown(matrix, Moment.CLOSED, spent=False)
    assert closed == Shown(True, False, True, Explained.ALL)


@pytest.mark.parametrize("moment", Moment)
@pytest.mark.parametrize("spent", [True, False])
def test_nothing_that_helps_is_shown_while_another_attempt_runs(moment, spent):
    for matrix in ({}, {each: frozenset(Item) for each in Moment}):
        seen = shown(matrix, moment, spent=spent, running=True)
        assert not seen.right
        assert seen.feedback is not Explained.ALL


@pytest.mark.parametrize(
    ("attempts", "review", "told"),
    [
        (3, {"after": ["right"]}, True),
        (3, {"open": ["right"]}, True),
        (3, {"closed": ["right"]}, False),
        (1, {"after": ["right"]}, True),
        (1, {"closed": ["right"]}, False),
        (None, {"after": ["right"]}, False),
        (3, None, False),
    ],
)
def test_right_answers_too_early_are_told(attempts, review, told):
    source = {"attempts": attempts} | ({"review": review} if review else {})
    assert [each.is_error for each in check(source)] == ([False] if told else [])
    assert not check(source | {"purpose": "practice"})
