"""What somebody is allowed beyond the rules: it adds up, expires, and takes nothing away."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.enrollment.rules.allowances import (
    WHOLE,
    Allowed,
    Extra,
    calendar_of,
    end_of,
    extra,
    later,
    stored,
    wrong,
)
from lms.foundation.kernel.errors import Invalid

pytestmark = pytest.mark.pure
NOW = datetime(2026, 11, 23, 16, 42, tzinfo=UTC)
DAY = timedelta(days=1)
QUIZ = "curso/uno"


def at(days: float) -> datetime:
    return NOW + days * DAY


def test_attempts_and_time_add_up_until_each_expires():
    kept = stored([Allowed(QUIZ, attempts=1, expires_at=at(2)), Allowed(QUIZ, None, 2, 10)], NOW)
    assert extra(kept, "curso", "uno", NOW) == Extra(3, 10)
    assert extra(kept, "curso", "uno", at(2)) == Extra(2, 10)
    assert extra(kept, "curso", "dos", NOW) == Extra()
    assert extra(kept, "otro", "uno", NOW) == Extra()
    assert extra({}, "curso", "uno", NOW) == extra(None, "curso", "uno", NOW) == Extra()


def test_what_has_expired_is_not_kept():
    assert stored([Allowed(QUIZ, attempts=1, expires_at=at(-1))], NOW) == {}


@pytest.mark.parametrize("calendar_key", ["uno", QUIZ])
def test_a_later_day_stands_in_the_calendar_and_an_earlier_one_does_not(calendar_key):
    opens = at(-9).isoformat()
    calendar = {calendar_key: {"opens_at": opens, "closes_at": at(5).isoformat()}}
    for days, expected in ((8, at(8)), (3, at(5))):
        found = calendar_of(calendar, stored([Allowed(QUIZ, closes_at=at(days))], NOW))
        assert found[QUIZ] == {"opens_at": opens, "closes_at": expected.isoformat()}
    assert calendar[calendar_key]["closes_at"] == at(5).isoformat()  # everybody else's stays


def test_of_two_later_days_the_latest_holds():
    kept = stored([Allowed(QUIZ, at(8)), Allowed(QUIZ, at(6))], NOW)
    found = calendar_of({QUIZ: {"closes_at": at(5).isoformat()}}, kept)
    assert found[QUIZ]["closes_at"] == at(8).isoformat()


def test_the_end_of_the_cohort_is_nobodys_calendar():
    kept = stored([Allowed(WHOLE, at(30))], NOW)
    assert end_of(kept) == at(30)
    assert end_of({}) is None
    assert calendar_of({}, kept) == {}
    assert later(at(10), at(30)) == at(30)
    assert later(at(40), at(30)) == at(40)
    assert later(at(10), None) == at(10)


@given(
    st.lists(
        st.builds(
            Allowed,
            st.just(QUIZ),
            st.none() | st.integers(-20, 40).map(at),
            st.integers(0, 5),
            st.integers(0, 60),
            st.none() | st.integers(-20, 40).map(at),
        ),
        max_size=5,
    )
)
def test_nothing_is_ever_taken_away(given):
    closes = at(5)
    kept = stored(given, NOW)
    found = calendar_of({QUIZ: {"closes_at": closes.isoformat()}}, kept)
    assert datetime.fromisoformat(found[QUIZ]["closes_at"]) >= closes
    more = extra(kept, "curso", "uno", NOW)
    assert more.attempts >= 0
    assert more.minutes >= 0


def refused(allowed: Allowed, reason="Corte de luz", ends=30, closes=5) -> set[str]:
    moment = at(closes) if closes is not None else None
    try:
        wrong(allowed, reason, now=NOW, ends_at=at(ends), closes_at=moment)
    except Invalid as refusal:
        return set(refusal.fields)
    return set()


@pytest.mark.parametrize(
    ("allowed", "fields"),
    [
        (Allowed(QUIZ, at(8)), set()),
        (Allowed(QUIZ, None, 1), set()),
        (Allowed(WHOLE, at(40)), set()),
        (Allowed(QUIZ), {"closes_at"}),
        (Allowed(QUIZ, at(3)), {"closes_at"}),
        (Allowed(QUIZ, at(31)), {"closes_at"}),
        (Allowed(QUIZ, at(-1)), {"closes_at"}),
        (Allowed(WHOLE, at(20)), {"closes_at"}),
        (Allowed(WHOLE, at(400)), {"closes_at"}),
        (Allowed(WHOLE, None, 1), {"attempts"}),
        (Allowed(QUIZ, None, 1, expires_at=at(-1)), {"expires_at"}),
    ],
)
def test_what_gives_nothing_or_cannot_be_is_refused(allowed, fields):
    assert refused(allowed) == fields


def test_a_reason_is_needed_and_what_closes_with_the_cohort_has_no_day_of_its_own():
    assert refused(Allowed(QUIZ, None, 1), reason="sí") == {"reason"}
    assert refused(Allowed(QUIZ, at(8)), closes=None) == {"closes_at"}
