"""A transfer carries lessons and attempts, takes a seat that nobody else gets, and is undone."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, true

from lms.assessment.actions.finish import hand_in
from lms.assessment.actions.start import start
from lms.assessment.models import Attempt
from lms.enrollment.actions.ask import ask
from lms.enrollment.actions.quotas import keep_seats
from lms.enrollment.actions.transfer import transfer, undo
from lms.enrollment.actions.waiting import keep_list
from lms.enrollment.actions.withdraw import Why
from lms.enrollment.models import Cohort, Departure, Enrollment
from lms.enrollment.queries.transfers import options
from lms.enrollment.rules.quotas import Plan
from lms.enrollment.rules.waiting import Promotion
from lms.foundation.kernel.actor import SYSTEM, Actor
from lms.foundation.kernel.errors import DomainError, NotFound, Refused
from lms.foundation.mail.models import Letter, Notice
from lms.grading.models import CourseResult
from lms.learning.actions.lessons import mark_seen
from lms.learning.models import Progress
from tests.conftest import MORNING
from tests.enrollment.actions.test_race import at_once
from tests.factories.enrollment import make_cohort, put_in
from tests.factories.teaching import COURSE, LESSONS, QUIZZES, open_classroom
from tests.factories.world import make_person

WHY = Why(MORNING.date(), "work", "Turnos de noche en la municipalidad")


@pytest.fixture
def room(app, db, world):
    found = open_classroom(app, db, world, capacity=2)
    found.enrol("learner")
    return found


@pytest.fixture
def there(db, room) -> Cohort:
    """Another cohort of the same course, with one seat."""

    def make(work):
        return make_cohort(
            work, key="otra", title="Otra promoción", capacity=1, door="open",
            starts_at=work.now - timedelta(days=2),
            enrollment_opens_at=work.now - timedelta(days=9),
        )  # fmt: skip

    return db.perform(make, SYSTEM)


def go(room, there, name="learner", why=WHY):
    uid = room.enrollments[name].uid
    return room.db.perform(transfer, room.actor("registrar"), room.cohort.uid, uid, there.uid, why)


def back(room, name="learner"):
    uid = room.enrollments[name].uid
    return room.db.perform(undo, room.actor("registrar"), room.cohort.uid, uid, "Fue un error")


def place(db, cohort, person) -> Enrollment:
    with db.reading() as session:
        return session.scalars(
            select(Enrollment).where(
                Enrollment.cohort_id == cohort.id, Enrollment.person_id == person
            )
        ).one()


def of(db, model, enrollment):
    with db.reading() as session:
        return session.scalars(
            select(model).where(model.enrollment_id == enrollment.id).order_by(model.id)
        ).all()


def test_lessons_and_attempts_go_along_and_the_seat_is_free(room, there, db, world, clock):
    room.see("learner", "derecho", "plazos")
    room.take("learner", QUIZZES[0])
    clock.advance(hours=1)
    done = go(room, there)
    old, new = room.row("learner"), place(db, there, world.people["learner"])
    assert (old.state, new.state, new.uid) == ("transferred", "enrolled", done.enrollment)
    marks = {each.activity_key: each.state for each in of(db, Progress, new)}
    assert marks == {"derecho": "seen", "plazos": "seen", QUIZZES[0]: "passed"}
    assert [each.activity_key for each in of(db, Attempt, new)] == [QUIZZES[0]]
    assert of(db, Attempt, old) == []
    assert len(of(db, Progress, old)) == 3  # what was reached when they left stays on record
    (kept,) = of(db, Departure, old)
    assert kept.to_id == new.id
    (result,) = of(db, CourseResult, new)
    assert [each["passed"] for each in result.explanation["lines"]] == [True, False]


def test_they_go_on_where_they_were(room, there, db, world):
    room.see("learner", "derecho", "plazos")
    room.take("learner", QUIZZES[0], right=False)
    done = go(room, there)
    actor = room.actor("learner")
    attempt = db.perform(start, actor, done.enrollment, room.activities[QUIZZES[0]].uid)
    with db.reading() as session:
        found = session.scalars(select(Attempt).where(Attempt.uid == attempt)).one()
    assert found.number == 2
    with pytest.raises(Refused):  # here they have no place any more
        room.see("learner", "datos")


def test_a_running_attempt_goes_on_with_the_time_it_had(room, there, db):
    room.see("learner", "derecho", "plazos")
    actor, uid = room.actor("learner"), room.enrollments["learner"].uid
    attempt = db.perform(start, actor, uid, room.activities[QUIZZES[0]].uid)
    with db.reading() as session:
        before = session.scalars(select(Attempt.deadline)).one()
    go(room, there)
    db.perform(hand_in, actor, attempt)
    with db.reading() as session:
        found = session.scalars(select(Attempt)).one()
        assert found.deadline == before
        graded = session.scalars(
            select(CourseResult).where(CourseResult.enrollment_id == found.enrollment_id)
        ).one()
    assert graded.explanation["lines"][0]["ratio"] is not None


def test_a_course_that_was_completed_keeps_its_day_and_is_told_once(room, there, db, world, clock):
    """Its cohort had another course beside it, so that it was not all."""
    room.finish("learner")
    (before,) = of(db, CourseResult, room.enrollments["learner"])

    def reopen(work):
        work.session.get_one(Enrollment, room.enrollments["learner"].id).state = "enrolled"

    db.perform(reopen, SYSTEM)
    clock.advance(days=1)
    go(room, there)
    new = place(db, there, world.people["learner"])
    (after,) = of(db, CourseResult, new)
    assert (after.completed, after.completed_at, after.ratio) == (
        True, before.completed_at, before.ratio,
    )  # fmt: skip
    assert new.state == "completed"
    with db.reading() as session:
        told = select(func.count()).select_from(Notice)
        assert session.scalar(told.where(Notice.template == "grading/completed")) == 1


def test_the_person_is_told_where_to_go_on(room, there, db, world):
    done = go(room, there)
    with db.reading() as session:
        letter = session.scalars(select(Letter)).one()
    assert letter.template == "enrollment/transferred"
    assert letter.link == f"/aula/{done.enrollment}"
    assert letter.context["from_cohort"] == room.cohort.title


def test_whoever_waited_there_gets_that_place(room, there, db, world):
    waiting = db.perform(
        lambda work: put_in(work, there.uid, world.people["learner"], "applied").uid, SYSTEM
    )
    assert go(room, there).enrollment == waiting


def test_the_seat_they_leave_goes_to_the_first_of_the_list(room, there, db, world):
    room.enrol("learner2")
    here = room.cohort.uid
    db.perform(keep_list, SYSTEM, here, takes=True, promotes=Promotion.AUTOMATIC)
    waiting = db.perform(lambda work: make_person(work, "espera").id, SYSTEM)
    db.perform(lambda work: put_in(work, here, waiting, "waitlisted"), SYSTEM)
    go(room, there)
    assert place(db, room.cohort, waiting).state == "enrolled"
    with pytest.raises(Refused, match="All seats"):  # so their own seat is gone
        back(room)


def test_undone_their_seat_there_goes_to_the_first_of_its_list(room, there, db, clock):
    go(room, there)
    db.perform(keep_list, SYSTEM, there.uid, takes=True, promotes=Promotion.AUTOMATIC)
    waiting = db.perform(lambda work: make_person(work, "espera").id, SYSTEM)
    db.perform(lambda work: put_in(work, there.uid, waiting, "waitlisted"), SYSTEM)
    clock.advance(hours=1)
    back(room)
    assert place(db, there, waiting).state == "enrolled"


def test_a_seat_that_is_kept_for_an_agreement_is_not_offered_and_not_taken(room, there, db):
    db.perform(keep_seats, SYSTEM, there.uid, Plan("Convenio ANAM", 1))
    with db.reading() as session:
        (offered,) = options(session, room.cohort.id, true(), db.clock())
    assert offered.room.is_full
    with pytest.raises(Refused, match="All seats"):
        go(room, there)


def test_undone_all_is_as_before(room, there, db, world, clock):
    room.see("learner", "derecho", "plazos")
    room.take("learner", QUIZZES[0])
    clock.advance(hours=1)
    go(room, there)
    clock.advance(hours=1)
    back(room)
    assert room.row("learner").state == "enrolled"
    assert len(of(db, Attempt, room.row("learner"))) == 1
    assert place(db, there, world.people["learner"]).state == "transferred"
    room.see("learner", "datos")
    room.take("learner", QUIZZES[1])
    assert room.row("learner").state == "completed"


def test_it_can_be_done_again_after_it_was_undone(room, there, db, world, clock):
    first = go(room, there)
    clock.advance(hours=1)
    back(room)
    clock.advance(hours=1)
    assert go(room, there).enrollment == first.enrollment


@pytest.mark.parametrize("deed", ["sees", "begins", "hands in"])
def test_it_is_not_undone_over_something_that_was_done_there(room, there, db, clock, deed):
    actor = room.actor("learner")
    if deed != "sees":
        room.see("learner", "derecho", "plazos")
    if deed == "hands in":
        quiz = room.activities[QUIZZES[0]].uid
        attempt = db.perform(start, actor, room.enrollments["learner"].uid, quiz)
    clock.advance(hours=1)
    done = go(room, there)
    clock.advance(minutes=1)
    if deed == "sees":
        db.perform(mark_seen, actor, done.enrollment, COURSE, LESSONS[0])
    elif deed == "begins":
        db.perform(start, actor, done.enrollment, room.activities[QUIZZES[0]].uid)
    else:
        db.perform(hand_in, actor, attempt)
    with pytest.raises(Refused, match="done something in the other cohort"):
        back(room)
    assert room.row("learner").state == "transferred"


def test_two_registrars_and_one_seat_never_both(room, there, db, world):
    """Two are transferred to the last seat while others ask for it, over connections of their
    own."""
    room.enrol("learner2")
    people = db.perform(lambda work: [make_person(work, f"p{n}").id for n in range(2)], SYSTEM)
    outcomes = at_once(
        [
            lambda: go(room, there),
            lambda: go(room, there, "learner2"),
            *[lambda p=p: db.perform(ask, Actor(p), there.uid) for p in people],
        ]
    )
    assert sum(not isinstance(each, DomainError) for each in outcomes) == 1


def test_there_and_back_at_once_nobody_waits_for_the_other(room, there, db, world):
    """Both cohorts are locked in one order, whichever is left."""

    def widen(work):
        work.session.get_one(Cohort, there.id).capacity = 5
        work.session.get_one(Cohort, room.cohort.id).capacity = 5
        return put_in(work, there.uid, world.people["learner2"]).uid

    other = db.perform(widen, SYSTEM)
    registrar = room.actor("registrar")
    outcomes = at_once(
        [
            lambda: go(room, there),
            lambda: db.perform(transfer, registrar, there.uid, other, room.cohort.uid, WHY),
        ]
    )
    assert not [each for each in outcomes if isinstance(each, DomainError)]


def test_strangers_do_not_exist(room, there, db):
    uid = room.enrollments["learner"].uid
    for here, other in ((there.uid, room.cohort.uid), (room.cohort.uid, room.cohort.uid)):
        with pytest.raises(NotFound):
            db.perform(transfer, room.actor("registrar"), here, uid, other, WHY)
