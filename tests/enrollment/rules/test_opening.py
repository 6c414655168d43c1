"""A cohort that could not be taught is not opened."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from lms.enrollment.rules.opening import (
    LONGEST_KEY,
    Grades,
    Offered,
    Plan,
    Term,
    check,
    check_grades,
    check_signers,
    choose,
    first_moment,
    free_key,
    key_of,
    last_moment,
)
from lms.foundation.kernel.errors import Invalid, Refused

pytestmark = pytest.mark.pure
NOW = datetime(2027, 1, 11, tzinfo=UTC)
PLAN = Plan(
    key="2027-1", title="Promoción 1", mode="online", door="approval", capacity=40,
    enrollment_opens_at=NOW - timedelta(days=30), enrollment_closes_at=NOW,
    starts_at=NOW, ends_at=NOW + timedelta(days=140),
)  # fmt: skip
COURSES = [
    Offered("gobierno", "Gobierno municipal", True),
    Offered("transparencia", "Transparencia", False),
    Offered("finanzas", "Finanzas", False),
]


def test_a_good_plan_is_taken():
    check(PLAN, ["online", "blended"])
    check(replace(PLAN, capacity=None), ["online"])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"key": "2027 1"}, "key"),
        ({"key": ""}, "key"),
        ({"title": ""}, "title"),
        ({"mode": "in_person"}, "mode"),
        ({"door": "window"}, "door"),
        ({"capacity": 0}, "capacity"),
        ({"ends_at": NOW}, "ends_at"),
        ({"enrollment_opens_at": NOW}, "enrollment_closes_at"),
        ({"enrollment_closes_at": NOW + timedelta(days=200)}, "enrollment_closes_at"),
    ],
)
def test_what_is_wrong_is_named(change, field):
    with pytest.raises(Invalid) as refused:
        check(replace(PLAN, **change), ["online"])
    assert list(refused.value.fields) == [field]


def test_by_default_a_cohort_takes_every_course_that_is_written():
    assert [course.key for course in choose(COURSES, [])] == ["transparencia", "finanzas"]


def test_courses_keep_the_order_of_the_programme():
    chosen = choose(COURSES, ["finanzas", "transparencia"])
    assert [course.key for course in chosen] == ["transparencia", "finanzas"]


@pytest.mark.parametrize(
    ("courses", "wanted", "said"),
    [
        (COURSES, ["gobierno"], "Gobierno municipal is still being prepared"),
        (COURSES, ["otro"], "no course otro"),
        (COURSES[:1], [], "All courses of the programme are still being prepared"),
    ],
)
def test_nobody_is_taught_by_an_outline(courses, wanted, said):
    with pytest.raises(Refused) as refused:
        choose(courses, wanted)
    assert said in str(refused.value)


def test_days_begin_and_end_where_the_institution_is():
    day = date(2027, 1, 11)
    assert first_moment(day, "America/Guatemala") == datetime(2027, 1, 11, 6, tzinfo=UTC)
    assert last_moment(day, "America/Guatemala") == datetime(2027, 1, 12, 5, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Promoción 2027-I", "promocion-2027-i"),
        ("  ¡Ñandú & Cía.!  ", "nandu-cia"),
        ("***", ""),
        ("Promoción por convenio con la Asociación Nacional de Municipalidades", None),
    ],
)
def test_a_title_suggests_a_key(title, key):
    found = key_of(title)
    assert key is None or found == key
    assert len(found) <= LONGEST_KEY


def test_a_key_that_is_taken_is_numbered():
    assert free_key("a", []) == "a"
    assert free_key("a", ["a", "a-2"]) == "a-3"
    longest = "x" * LONGEST_KEY
    assert len(free_key(longest, [longest])) <= LONGEST_KEY


@pytest.mark.parametrize(
    ("grades", "field"),
    [
        (Grades("0-20", 550_000, for_all=True), None),
        (Grades("0-20", 0), None),
        (Grades("0-20", 0, for_all=True), "pass_mark"),
        (Grades("0-20", 1_000_001, for_all=True), "pass_mark"),
    ],
)
def test_a_pass_mark_lies_on_its_scale(grades, field):
    if field is None:
        check_grades(grades)
        return
    with pytest.raises(Invalid) as refused:
        check_grades(grades)
    assert list(refused.value.fields) == [field]


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ([Term("A", date(2027, 1, 1))], None),
        ([Term("A", date(2027, 1, 1), date(2027, 6, 30))], None),
        ([Term("A", date(2027, 1, 1), date(2027, 6, 29))], "A is not in office"),
        ([Term("A", date(2027, 7, 1))], "A is not in office"),
        ([Term("A", date(2027, 1, 1))] * 4, "three signatures"),
        ([], None),
    ],
)
def test_whoever_signs_is_in_office_on_the_last_day(terms, said):
    if said is None:
        check_signers(terms, date(2027, 6, 30))
        return
    with pytest.raises(Invalid, match=said):
        check_signers(terms, date(2027, 6, 30))
