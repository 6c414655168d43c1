"""What is to be done today: what, in which order, for whom."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from lms.desk.rules.standings import Stand
from lms.desk.rules.today import MOST, Closing, CohortNow, Todo, today

pytestmark = pytest.mark.pure
NOW = datetime(2026, 11, 23, 16, 42, tzinfo=UTC)
DAY = timedelta(days=1)
EVERYTHING = frozenset(Todo)


def cohort(title="A", **given) -> CohortNow:
    """A cohort that began ten days ago, lasts a month, and takes nobody any more."""
    values = {
        "uid": UUID(int=1), "title": title, "starts_at": NOW - 10 * DAY, "ends_at": NOW + 30 * DAY,
        "enrollment_opens_at": NOW - 30 * DAY, "enrollment_closes_at": NOW - 10 * DAY,
        "capacity": 30, "seated": 10,
    }  # fmt: skip
    return CohortNow(**(values | given))


def found(*cohorts: CohortNow, may=EVERYTHING) -> list[Todo]:
    return [line.todo for line in today(cohorts, may, NOW)[0]]


TAKING = {"enrollment_closes_at": NOW + DAY}
QUIZ = Closing("q", "Evaluación", NOW + 2 * DAY)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, []),
        ({"applied": 2, "oldest": NOW}, [Todo.APPLICATIONS]),
        ({"questions": 1, "asked_at": NOW}, [Todo.QUESTIONS]),
        ({"works": 2, "essays": 1}, [Todo.ESSAYS, Todo.WORKS]),
        ({"ready": 1}, [Todo.ISSUE]),
        ({"late": 1}, [Todo.LATE]),
        ({"bounced": 1}, [Todo.BOUNCED]),
        ({"standing": {Stand.ABSENT: 2, Stand.STUCK: 1}}, [Todo.ABSENT, Todo.STUCK]),
        ({"standing": {Stand.UNNAMED: 1, Stand.ON_THE_WAY: 9}}, [Todo.UNNAMED]),
        ({"closing": [QUIZ]}, [Todo.QUIZ_CLOSES]),
        ({"closing": [Closing("q", "E", NOW)]}, []),
        ({"closing": [Closing("q", "E", NOW + 4 * DAY)]}, []),
        ({"seated": 27, **TAKING}, [Todo.SEATS]),
        ({"seated": 26, **TAKING}, []),
        ({"seated": 31, **TAKING}, [Todo.SEATS]),
        ({"seated": 20, "applied": 11, **TAKING}, [Todo.APPLICATIONS, Todo.SEATS]),
        ({"seated": 29}, []),
        ({"seated": 29, "capacity": None, **TAKING}, []),
        ({"starts_at": NOW + 7 * DAY}, [Todo.BEGINS]),
        ({"starts_at": NOW + 8 * DAY}, []),
        ({"ends_at": NOW + 7 * DAY}, [Todo.ENDS]),
    ],
)
def test_what_is_to_be_done(given, expected):
    assert found(cohort(**given)) == expected


def test_in_a_cohort_that_is_over_only_documents_and_questions_wait():
    over = cohort(
        ends_at=NOW, applied=1, oldest=NOW, ready=1, questions=1, asked_at=NOW, late=1, bounced=1,
        standing={Stand.ABSENT: 1}, closing=[QUIZ],
    )  # fmt: skip
    assert found(over) == [Todo.QUESTIONS, Todo.ISSUE]


def test_nobody_is_told_what_they_may_not_do():
    both = cohort(applied=1, oldest=NOW, late=1)
    assert found(both, may=frozenset({Todo.LATE})) == [Todo.LATE]


def test_the_longest_wait_and_the_nearest_day_come_first():
    lines, _ = today(
        [
            cohort("nueva", applied=9, oldest=NOW - DAY),
            cohort("vieja", applied=1, oldest=NOW - 6 * DAY),
            cohort("pocos", standing={Stand.ABSENT: 1}),
            cohort("muchos", standing={Stand.ABSENT: 8}),
        ],
        EVERYTHING,
        NOW,
    )
    assert [line.cohort.title for line in lines] == ["vieja", "nueva", "muchos", "pocos"]


def test_the_list_is_bounded_and_says_how_many_there_are():
    lines, total = today([cohort(str(n), ready=1) for n in range(50)], EVERYTHING, NOW)
    assert (len(lines), total) == (MOST, 50)
