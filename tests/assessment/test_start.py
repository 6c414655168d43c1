"""Beginning an attempt: what is frozen, what is refused, and that there is only ever one."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from lms.assessment import actions
from lms.assessment.models import Attempt
from lms.assessment.queries.attempts import attempts_of
from lms.enrollment.models import Cohort, Enrollment
from lms.enrollment.models.enrollment import EnrollmentState
from lms.foundation.audit.models import AuditEntry
from lms.foundation.kernel.actor import SYSTEM, Actor
from lms.foundation.kernel.errors import NotFound, Refused
from lms.foundation.kernel.points import points
from tests.assessment.school import QUESTIONS, build_school, quiz_source


def change(db, table, **values):
    """Change rows as an administrator's action elsewhere would."""

    def run(work):
        work.session.execute(update(table).values(**values))

    db.perform(run, SYSTEM)


def test_an_attempt_freezes_questions_order_points_and_deadline(learner, clock):
    learner.start()
    attempt = learner.row()
    assert attempt.number == 1
    assert attempt.deadline == clock.now + timedelta(minutes=40)
    assert attempt.out_of == points(10)
    assert [slot["points"] for slot in attempt.slots] == [
        points(question["points"]) for question in QUESTIONS
    ]
    assert attempt.slots[0]["shown"] == {"options": [0, 1, 2]}
    assert sorted(attempt.slots[3]["shown"]["rights"]) == [0, 1, 2, 3]
    assert attempt.slots[4]["shown"] == {"decimal": ".", "group": ","}


def test_beginning_again_goes_on_with_the_open_attempt(learner, db):
    first = learner.start()
    assert learner.start() == first
    with db.reading() as session:
        assert len(session.scalars(select(Attempt)).all()) == 1


def test_each_learner_has_attempts_of_their_own(taker):
    assert taker("learner").start() != taker("learner2").start()


def test_attempts_run_out(learner):
    for _ in range(3):
        learner.start()
        learner.hand_in()
    with pytest.raises(Refused, match="used all"):
        learner.start()


def test_an_attempt_whose_time_is_over_is_marked_when_the_next_begins(learner, clock, db, school):
    learner.start()
    learner.save(1, {"choice": "0"})
    over = learner.row().deadline
    clock.advance(minutes=41)
    learner.start()
    with db.reading() as session:
        first, second = attempts_of(
            session.connection(), school.enrollment_ids["learner"], school.course_id, "evaluacion"
        )
    assert (first.points, first.handed_in_at, first.handed_in_by) == (points(1), over, "time")
    assert second.handed_in_at is None


def test_a_time_limit_never_reaches_beyond_the_end_of_the_cohort(learner, db, clock):
    ends = clock.now + timedelta(minutes=5)
    change(db, Cohort, ends_at=ends)
    learner.start()
    assert learner.row().deadline == ends


@pytest.mark.parametrize(
    ("calendar", "says"),
    [
        ({"evaluacion": {"closes_at": "2026-11-01T00:00:00+00:00"}}, "closed|passed"),
        ({"evaluacion": {"opens_at": "2026-12-01T00:00:00+00:00"}}, "not open"),
        ({"otra": {"closes_at": "2026-11-01T00:00:00+00:00"}}, None),
    ],
)
def test_the_cohorts_calendar_is_kept(learner, db, calendar, says):
    change(db, Cohort, calendar=calendar)
    if says is None:
        learner.start()
        return
    with pytest.raises(Refused, match=says):
        learner.start()


@pytest.mark.parametrize("state", ["applied", "waitlisted", "withdrawn", "failed"])
def test_only_who_is_enrolled_begins(learner, db, state):
    change(db, Enrollment, state=EnrollmentState(state))
    with pytest.raises(Refused, match="does not allow"):
        learner.start()


def test_who_has_completed_keeps_the_grade(learner, db):
    change(db, Enrollment, state=EnrollmentState.COMPLETED)
    with pytest.raises(Refused, match="grades stand"):
        learner.start()


@pytest.mark.parametrize("person", ["learner2", "otra-learner", "registrar"])
def test_somebody_elses_enrollment_does_not_exist(db, world, school, person):
    with pytest.raises(NotFound):
        db.perform(
            actions.start, Actor(world.people[person]), school.enrollments["learner"],
            school.activity,
        )  # fmt: skip


def test_another_institutions_quiz_does_not_exist(db, world, learner):
    other = db.perform(build_school, SYSTEM, world, learners=("otra-learner",), institution="otra")
    with pytest.raises(NotFound):
        db.perform(
            actions.start, learner.actor, learner.school.enrollments["learner"], other.activity
        )


def test_without_limits_one_may_go_on_trying_until_the_cohort_ends(db, world):
    source = quiz_source(time_limit=None, attempts=None)
    school = db.perform(build_school, SYSTEM, world, source)
    actor = Actor(world.people["learner"])
    for _ in range(4):
        attempt = db.perform(actions.start, actor, school.enrollments["learner"], school.activity)
        db.perform(actions.hand_in, actor, attempt)
    with db.reading() as session:
        ends = session.scalars(select(Cohort.ends_at)).one()
        assert set(session.scalars(select(Attempt.deadline))) == {ends}


def test_what_was_done_is_in_the_log(learner, db):
    learner.start()
    learner.hand_in()
    with db.reading() as session:
        deeds = session.scalars(select(AuditEntry.deed).order_by(AuditEntry.id)).all()
    assert deeds == ["attempt.started", "attempt.handed_in"]


def test_shuffled_attempts_differ_and_ask_everything(db, world):
    source = quiz_source(shuffle_questions=True, shuffle_options=True, attempts=None)
    school = db.perform(build_school, SYSTEM, world, source)
    actor = Actor(world.people["learner"])
    orders = set()
    for _ in range(8):
        uid = db.perform(actions.start, actor, school.enrollments["learner"], school.activity)
        with db.reading() as session:
            slots = session.scalars(select(Attempt.slots).where(Attempt.uid == uid)).one()
        orders.add(tuple(slot["version"] for slot in slots))
        db.perform(actions.hand_in, actor, uid)
    assert len(orders) > 1
    assert len({frozenset(order) for order in orders}) == 1


def test_each_attempt_is_given_as_many_as_are_drawn_and_they_add_up(db, world):
    alike = [{**each, "points": 2} for each in QUESTIONS]
    source = quiz_source(draw=2, questions=alike, attempts=None)
    school = db.perform(build_school, SYSTEM, world, source)
    actor = Actor(world.people["learner"])
    asked = set()
    for _ in range(6):
        uid = db.perform(actions.start, actor, school.enrollments["learner"], school.activity)
        with db.reading() as session:
            attempt = session.scalars(select(Attempt).where(Attempt.uid == uid)).one()
        assert (len(attempt.slots), attempt.out_of) == (2, points(4))
        asked |= {slot["version"] for slot in attempt.slots}
        db.perform(actions.hand_in, actor, uid)
    assert len(asked) > 2
