"""A seat is held elsewhere where the same course is taught, and only while that cohort lasts."""

from datetime import timedelta

import pytest

from lms.enrollment.actions.open import Choices
from lms.enrollment.models import Cohort
from lms.enrollment.queries.doubles import doubts_about, held_elsewhere
from lms.foundation.kernel.actor import SYSTEM
from tests.factories.catalog import make_course, make_programme
from tests.factories.certificates import complete
from tests.factories.enrollment import make_cohort, put_in


@pytest.fixture
def wanted(open_cohort):
    return open_cohort()


def put(db, world, cohort, state="enrolled", name="learner"):
    return db.perform(lambda work: put_in(work, cohort.uid, world.people[name], state), SYSTEM)


def held(db, world, wanted, name="learner"):
    person = world.people[name]
    with db.reading() as session:
        found = held_elsewhere(session, wanted.id, [person], db.clock())
    return [each.cohort for each in found.get(person, ())]


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("enrolled", ["Otra"]), ("completed", ["Otra"]), ("failed", ["Otra"]),
        ("applied", []), ("waitlisted", []), ("declined", []), ("withdrawn", []),
    ],
)  # fmt: skip
def test_only_a_seat_is_held(db, world, open_cohort, wanted, state, found):
    put(db, world, open_cohort(key="otra", title="Otra"), state)
    assert held(db, world, wanted) == found


def test_the_seat_asked_for_is_not_elsewhere(db, world, wanted):
    put(db, world, wanted)
    assert held(db, world, wanted) == []


def test_a_cohort_that_is_over_holds_nobody(db, world, open_cohort, wanted, clock):
    other = open_cohort(key="otra", title="Otra", ends_at=clock.now + timedelta(days=60))
    put(db, world, other)
    assert held(db, world, wanted) == ["Otra"]
    clock.advance(days=60)
    assert held(db, world, wanted) == []


def test_a_cohort_closed_by_hand_holds_nobody(db, world, open_cohort, wanted):
    other = open_cohort(key="otra", title="Otra")
    put(db, world, other)

    def close(work):
        work.session.get_one(Cohort, other.id).closed_at = work.now

    db.perform(close, SYSTEM)
    assert held(db, world, wanted) == []


def test_a_cohort_of_other_courses_of_the_programme_holds_nobody(db, world):
    """A diploma may be taught course by course, each in a cohort of its own."""

    def make(work):
        igm = world.institutions["igm"]
        courses = [make_course(work, igm, key) for key in ("transparencia", "finanzas")]
        make_programme(work, igm, courses=courses)
        return [
            make_cohort(work, key=key, title=key, chosen=Choices(courses=(key,)))
            for key in ("transparencia", "finanzas")
        ]

    first, second = db.perform(make, SYSTEM)
    put(db, world, first)
    assert held(db, world, second) == []


def test_what_was_passed_in_another_cohort_is_told(db, world, open_cohort, wanted, clock):
    earlier = open_cohort(key="antes", title="Antes", ends_at=clock.now + timedelta(days=50))
    for name, done in (("learner", True), ("learner2", False)):
        enrollment = put(db, world, earlier, name=name)
        db.perform(lambda work, e=enrollment, d=done: complete(work, e, completed=d), SYSTEM)
    clock.advance(days=60)
    people = [world.people[name] for name in ("learner", "learner2", "tutor")]
    with db.reading() as session:
        found = doubts_about(session, wanted.id, people, db.clock())
    assert [[each.params for each in found[person]] for person in found] == [
        [{"course": "Transparencia", "cohort": "Antes"}]
    ]
    assert list(found) == [world.people["learner"]]


def test_nobody_costs_nothing(db, wanted):
    with db.reading() as session:
        assert doubts_about(session, wanted.id, [], db.clock()) == {}
