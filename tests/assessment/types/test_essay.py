"""Texts of one's own: kept whatever their length, marked by nobody but a person."""

import pytest

from lms.assessment.rules.marking import Slot, mark
from lms.assessment.types import TYPES
from lms.assessment.types.given import Given
from lms.catalog.rules.nodes import Map

pytestmark = pytest.mark.pure

ESSAY = TYPES["essay"]


def source(**given):
    return Map({"key": "k", "type": "essay", "points": 4, "stem": "?", **given})


@pytest.mark.parametrize(
    ("limits", "count", "whole"),
    [
        ({}, 1, True),
        ({"least": 3}, 2, False),
        ({"least": 3}, 3, True),
        ({"most": 3}, 3, True),
        ({"most": 3}, 4, False),
        ({"least": 2, "most": 3}, 1, False),
    ],
)
def test_too_few_and_too_many_words_are_told_and_kept(limits, count, whole):
    text = "palabra\n" * count
    answer = ESSAY.read(source(**limits), {}, Given.from_json({"text": text}))
    assert answer == text.strip()
    assert ESSAY.complete(source(**limits), answer) is whole
    assert ESSAY.layout(source(**limits), {}, answer).words == count


def test_limits_that_no_text_can_keep_are_refused():
    (wrong,) = ESSAY.check(source(least=10, most=9))
    assert wrong.is_error
    assert ESSAY.check(source(least=9, most=9)) == []


@pytest.mark.parametrize(
    ("answer", "points", "waits"),
    [("Un texto", 4_000_000, True), (None, 4_000_000, False), ("Un texto", 0, False)],
)
def test_what_was_written_and_may_earn_something_waits_for_a_person(answer, points, waits):
    (one,) = mark([Slot(1, source(), {}, points)], {1: answer})
    assert (one.waits, one.points) == (waits, 0)
