"""A calendar is checked as a whole: what cannot be is refused, what is odd is said."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from lms.enrollment.rules.calendar import (
    Calendar,
    Window,
    doubts,
    in_time,
    moments,
    named,
    stored,
    wrong,
)
from lms.enrollment.rules.changes import changes

pytestmark = pytest.mark.pure
START = datetime(2027, 2, 1, 14, tzinfo=UTC)
DAY = timedelta(days=1)
BEFORE = START - 60 * DAY
GOOD = Calendar(START - 30 * DAY, START - 2 * DAY, START, START + 90 * DAY)
QUIZ, LESSON = "transparencia/evaluacion", "transparencia/derecho"


def window(opens=None, closes=None, key=QUIZ, **given):
    """A window by the days of its opening and closing, counted from the start."""
    at = [None if days is None else START + days * DAY for days in (opens, closes)]
    return Window(key, "Evaluación 1", *at, **given)


def test_a_good_calendar_is_neither_refused_nor_doubted():
    calendar = replace(GOOD, windows=(window(0, 30), window(None, 60, LESSON)))
    assert wrong(calendar) == {}
    assert doubts(calendar, BEFORE) == []


@pytest.mark.parametrize(
    ("own", "field"),
    [
        ((10, 10), named("closes_at", QUIZ)),
        ((10, 5), named("closes_at", QUIZ)),
        ((None, 0), named("closes_at", QUIZ)),
        ((None, -1), named("closes_at", QUIZ)),
        ((90, None), named("opens_at", QUIZ)),
        ((100, 110), named("opens_at", QUIZ)),
    ],
)
def test_an_activity_that_nobody_could_do_is_refused(own, field):
    assert list(wrong(replace(GOOD, windows=(window(*own),)))) == [field]


@pytest.mark.parametrize(
    ("change", "own", "said"),
    [
        ({"enrollment_closes_at": START + 10 * DAY}, (None, 9), "before enrolment closes"),
        ({"enrollment_closes_at": START + 10 * DAY}, None, "stays open after the start"),
        ({}, (-1, 20), "opens before the cohort starts"),
        ({}, (None, 91), "closes after the cohort ends"),
        ({}, (3, 3.5), "less than a day"),
        ({}, (None, 0.5), "less than a day"),
    ],
)
def test_what_is_odd_is_said(change, own, said):
    windows = () if own is None else (window(*own),)
    found = [doubt.message for doubt in doubts(replace(GOOD, windows=windows, **change), BEFORE)]
    assert [message for message in found if said in message]


def test_nothing_closes_before_enrolment_closes_without_a_word():
    """To the very moment: closing together is no doubt, a minute earlier is."""
    late = replace(GOOD, enrollment_closes_at=START + 10 * DAY)
    together = replace(late, windows=(window(None, 10),))
    earlier = replace(late, windows=(window(None, 10 - 1 / 1440),))
    said = [
        [d for d in doubts(each, BEFORE) if "closes" in d.params] for each in (together, earlier)
    ]
    assert [len(each) for each in said] == [0, 1]
    assert said[1][0].params == {
        "title": "Evaluación 1", "closes": START + 10 * DAY - timedelta(minutes=1)
    }  # fmt: skip


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (START, ["start", "closed already"]),
        (START + 90 * DAY, ["end of the cohort"]),
        (START - 3 * DAY, []),
    ],
)
def test_what_has_passed_is_said(now, said):
    found = [doubt.message for doubt in doubts(GOOD, now)]
    assert len(found) == len(said)
    assert all(part in message for part, message in zip(said, found, strict=True))


@pytest.mark.parametrize(("in_order", "doubted"), [(True, True), (False, False)])
def test_what_comes_after_does_not_close_before_what_must_be_done_first(in_order, doubted):
    windows = (window(30, 60, LESSON), window(5, 20, in_order=in_order))
    found = doubts(replace(GOOD, windows=windows), BEFORE)
    assert bool([d for d in found if "must be done first" in d.message]) is doubted


def test_two_courses_may_have_an_activity_of_the_same_key():
    calendar = stored([window(1, 2), window(3, 4, "finanzas/evaluacion"), window(key=LESSON)])
    assert set(calendar) == {QUIZ, "finanzas/evaluacion"}
    assert moments(calendar, "finanzas", "evaluacion")["opens_at"] == (START + 3 * DAY).isoformat()
    assert moments(calendar, "transparencia", "derecho") == {}
    assert moments({"evaluacion": {"opens_at": "x"}}, "finanzas", "evaluacion")["opens_at"] == "x"


def test_dates_are_read_over_in_the_order_of_time():
    found = in_time(replace(GOOD, windows=(window(-3, 95),)))
    assert [what for _at, what, _title in found] == [
        "enrollment_opens_at", "opens_at", "enrollment_closes_at", "starts_at", "ends_at",
        "closes_at",
    ]  # fmt: skip


def test_changes_name_each_date_that_is_another():
    before = replace(GOOD, windows=(window(1, 20), window(key=LESSON)))
    after = replace(
        before, ends_at=GOOD.ends_at + DAY, windows=(window(1, 25), window(2, None, LESSON))
    )
    assert [(c.what, c.title) for c in changes(before, after)] == [
        ("ends_at", ""), ("closes_at", "Evaluación 1"), ("opens_at", "Evaluación 1"),
    ]  # fmt: skip
    assert changes(before, before) == []
