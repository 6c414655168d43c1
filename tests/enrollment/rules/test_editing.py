"""What of a cohort may still be changed, and why the rest may not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from lms.enrollment.rules.calendar import Calendar, Window, named
from lms.enrollment.rules.editing import Standing, check, fixed, fixed_openings, kept
from lms.foundation.kernel.errors import Invalid

pytestmark = pytest.mark.pure
NOW = datetime(2027, 1, 11, 14, tzinfo=UTC)
DAY = timedelta(days=1)
GRADES = {"scale", "mark_of", "pass_mark"}


def calendar(start=30, *windows):
    """A cohort that starts so many days from now; enrolment opens 20 days before, closes then."""
    at = NOW + start * DAY
    return Calendar(at - 20 * DAY, at, at, at + 90 * DAY, windows)


def window(key, opens=None, closes=None):
    return Window(key, key, *(None if d is None else NOW + d * DAY for d in (opens, closes)))


@pytest.mark.parametrize(
    ("standing", "names"),
    [
        (Standing(NOW, calendar(30)), set()),
        (Standing(NOW, calendar(20)), {"enrollment_opens_at"}),
        (Standing(NOW, calendar(5)), {"enrollment_opens_at"}),
        (Standing(NOW, calendar(0)), {"enrollment_opens_at", "starts_at", "mode"}),
        (Standing(NOW, calendar(30), seated=1), GRADES),
        (Standing(NOW, calendar(30), has_documents=True), {"signers"}),
    ],
)
def test_what_has_happened_is_not_undone(standing, names):
    assert set(fixed(standing)) == names


def test_a_closed_cohort_stays_as_it_is():
    names = set(fixed(Standing(NOW, calendar(30), is_closed=True)))
    assert {"title", "ends_at", "capacity", "signers", "door"} <= names | GRADES


@pytest.mark.parametrize(
    ("start", "opens", "is_fixed"),
    [
        (5, None, False), (5, -1, False), (0, None, True), (-3, 1, False), (-3, -1, True),
        (-3, 0, True),
    ],
)  # fmt: skip
def test_what_is_open_is_not_shut_again(start, opens, is_fixed):
    standing = Standing(NOW, calendar(start, window("t/q", opens, 50)))
    assert bool(fixed_openings(standing)) is is_fixed


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ends_at": NOW}, "ends_at"),
        ({"enrollment_closes_at": NOW - DAY}, "enrollment_closes_at"),
        ({"windows": (window("t/q", None, -1),)}, named("closes_at", "t/q")),
        ({"windows": (window("t/q", 1, 0.5),)}, named("closes_at", "t/q")),
    ],
)
def test_no_date_is_put_into_the_past_or_against_another(change, field):
    standing = Standing(NOW, calendar(-10, window("t/q", None, 20)))
    with pytest.raises(Invalid) as refused:
        check(standing, replace(standing.calendar, **change), None)
    assert field in refused.value.fields


def test_what_has_passed_may_stay_and_be_put_off():
    standing = Standing(NOW, calendar(-80, window("t/q", None, -30)))
    check(standing, standing.calendar, None)
    later = replace(standing.calendar, windows=(window("t/q", None, 5),))
    check(standing, later, None)
    check(standing, replace(standing.calendar, ends_at=NOW + 100 * DAY), None)


@pytest.mark.parametrize(("capacity", "good"), [(None, True), (12, True), (11, False)])
def test_there_are_never_fewer_seats_than_are_held(capacity, good):
    standing = Standing(NOW, calendar(30), seated=12)
    if good:
        check(standing, standing.calendar, capacity)
    else:
        with pytest.raises(Invalid, match="12 people") as refused:
            check(standing, standing.calendar, capacity)
        assert list(refused.value.fields) == ["capacity"]


def test_what_cannot_be_changed_is_kept_whatever_is_wanted():
    before = calendar(-3, window("t/q", -1, 20), window("t/r", 4, 20))
    standing = Standing(NOW, before)
    wanted = replace(
        before, starts_at=NOW + 9 * DAY, ends_at=NOW + 99 * DAY,
        windows=(window("t/q", 5, 21), window("t/r", 5, None)),
    )  # fmt: skip
    found = kept(standing, wanted)
    assert found.starts_at == before.starts_at
    assert found.ends_at == NOW + 99 * DAY
    assert found.windows == (window("t/q", -1, 21), window("t/r", 5, None))


def test_a_form_knows_minutes_and_seconds_are_no_change():
    before = replace(calendar(30), ends_at=NOW + 100 * DAY + timedelta(seconds=59))
    wanted = replace(before, ends_at=NOW + 100 * DAY)
    assert kept(Standing(NOW, before), wanted) == before


def test_an_activity_that_the_form_does_not_name_has_no_dates_any_more():
    before = calendar(30, window("t/q", 40, 50))
    assert kept(Standing(NOW, before), replace(before, windows=())).windows == (window("t/q"),)
