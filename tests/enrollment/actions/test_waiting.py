"""Waiting lists: their order, promotion by hand and at once, and one seat for one person."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.enrollment.actions.ask import ask
from lms.enrollment.actions.decide import admit
from lms.enrollment.actions.edit import Edit, edit_cohort
from lms.enrollment.actions.undo import take_back
from lms.enrollment.actions.waiting import keep_list, promote, put_on_list, take_off_list
from lms.enrollment.actions.withdraw import Why, withdraw
from lms.enrollment.models import Enrollment
from lms.enrollment.queries.editing import editing
from lms.enrollment.rules.waiting import Promotion
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.errors import DomainError, Refused
from lms.foundation.mail.models import Notice
from tests.enrollment.actions.test_race import at_once
from tests.factories.enrollment import put_in
from tests.factories.world import make_person


@pytest.fixture
def line(db):
    """People of a cohort by number, who asked one minute after the other."""

    def lay(cohort, many, state="waitlisted", first=0):
        def put(work):
            found = []
            for number in range(first, first + many):
                person = make_person(work, f"line{number}", given=f"Persona {number}")
                at = work.now + timedelta(minutes=number)
                found.append(put_in(work, cohort.uid, person.id, state, applied_at=at).uid)
            return found

        return db.perform(put, SYSTEM)

    return lay


def states(db, uids):
    with db.reading() as session:
        found = {row.uid: row.state for row in session.scalars(select(Enrollment))}
    return [found[uid] for uid in uids]


def templates(db):
    with db.reading() as session:
        return session.scalars(select(Notice.template).order_by(Notice.id)).all()


def grow(db, registrar, cohort, capacity):
    with db.reading() as session:
        found = editing(session, cohort.uid, db.clock())
    edit = Edit(found.seen, cohort.title, found.standing.calendar, cohort.door, capacity)
    db.perform(edit_cohort, registrar, cohort.uid, edit)


def test_people_are_put_on_the_list_and_taken_off(db, open_cohort, who, line):
    cohort = open_cohort(capacity=1)
    uids = line(cohort, 2, "applied")
    decided = db.perform(put_on_list, who("registrar"), cohort.uid, uids)
    assert len(decided.granted) == 2
    assert states(db, uids) == ["waitlisted"] * 2
    db.perform(take_off_list, who("registrar"), cohort.uid, uids[:1])
    assert states(db, uids) == ["applied", "waitlisted"]
    assert templates(db) == ["enrollment/waitlisted"] * 2 + ["enrollment/off_list"]


def test_a_registrar_gives_the_free_seats_by_the_order_of_asking(db, open_cohort, who, line):
    cohort = open_cohort(capacity=2)
    uids = line(cohort, 3)
    decided = db.perform(promote, who("registrar"), cohort.uid)
    assert [name.split()[1] for name in decided.granted] == ["0", "1"]
    assert states(db, uids) == ["enrolled", "enrolled", "waitlisted"]
    assert templates(db) == ["enrollment/promoted"] * 2
    with pytest.raises(Refused, match="no free seat"):
        db.perform(promote, who("registrar"), cohort.uid)


def test_a_seat_that_becomes_free_is_given_at_once_where_it_was_said_so(db, open_cohort, who, line):
    cohort = open_cohort(capacity=1)
    registrar = who("registrar")
    [first] = line(cohort, 1, "applied")
    waiting = line(cohort, 3, first=1)
    db.perform(admit, registrar, cohort.uid, [first])
    db.perform(take_back, registrar, cohort.uid, [first], "Fue un error.")
    assert states(db, waiting) == ["waitlisted"] * 3
    assert (
        db.perform(keep_list, registrar, cohort.uid, takes=True, promotes=Promotion.AUTOMATIC) == 1
    )
    assert states(db, waiting) == ["enrolled", "waitlisted", "waitlisted"]
    grow(db, registrar, cohort, 2)
    assert states(db, waiting) == ["enrolled", "enrolled", "waitlisted"]
    db.perform(take_back, registrar, cohort.uid, [waiting[0]], "Fue un error.")
    assert states(db, waiting) == ["applied", "enrolled", "enrolled"]


def test_an_open_door_fills_the_list_and_nobody_jumps_it(db, open_cohort, who, world, line):
    cohort = open_cohort(door="open", capacity=1)
    db.perform(keep_list, who("registrar"), cohort.uid, takes=True, promotes=Promotion.BY_REGISTRAR)
    outcomes = [db.perform(ask, who(name), cohort.uid).state for name in ("learner", "learner2")]
    assert outcomes == ["enrolled", "waitlisted"]
    assert templates(db) == ["enrollment/enrolled", "enrollment/waitlisted"]
    grow(db, who("registrar"), cohort, 2)
    assert db.perform(ask, who("tutor"), cohort.uid).state == "waitlisted"
    db.perform(promote, who("registrar"), cohort.uid)
    with db.reading() as session:
        seated = session.scalars(
            select(Enrollment.person_id).where(Enrollment.state == "enrolled")
        ).all()
    assert sorted(seated) == sorted([world.people["learner"], world.people["learner2"]])


def test_who_holds_a_seat_of_the_same_course_elsewhere_is_passed_over(db, open_cohort, who, line):
    cohort, other = open_cohort(capacity=1), open_cohort(key="otra", title="Otra")
    uids = line(cohort, 2)

    def seat(work):
        person = work.session.scalars(
            select(Enrollment.person_id).where(Enrollment.uid == uids[0])
        ).one()
        put_in(work, other.uid, person)

    db.perform(seat, SYSTEM)
    decided = db.perform(promote, who("registrar"), cohort.uid)
    assert len(decided.granted) == len(decided.not_waiting) == 1
    assert states(db, uids) == ["waitlisted", "enrolled"]


def test_two_registrars_and_one_free_seat_never_both(db, open_cohort, who, line):
    """One gives the free seat to the list, the other admits somebody, a third does it again."""
    cohort = open_cohort(capacity=1)
    waiting = line(cohort, 2)
    [asked] = line(cohort, 1, "applied", first=2)
    registrar = who("registrar")
    outcomes = at_once(
        [
            lambda: db.perform(promote, registrar, cohort.uid),
            lambda: db.perform(admit, registrar, cohort.uid, [asked]),
            lambda: db.perform(promote, registrar, cohort.uid),
        ]
    )
    assert sum(isinstance(each, DomainError) for each in outcomes) == 2
    assert states(db, [*waiting, asked]).count("enrolled") == 1


def test_a_last_seat_is_given_once_though_it_becomes_free_many_times(db, open_cohort, who, line):
    """Admissions are taken back at the same moment; each seat goes to one of the list."""
    cohort = open_cohort(capacity=3)
    registrar = who("registrar")
    seated = line(cohort, 3, "applied")
    db.perform(admit, registrar, cohort.uid, seated)
    db.perform(keep_list, registrar, cohort.uid, takes=True, promotes=Promotion.AUTOMATIC)
    waiting = line(cohort, 2, first=3)
    at_once(
        [
            lambda uid=uid: db.perform(take_back, registrar, cohort.uid, [uid], "Fue un error.")
            for uid in seated
        ]
    )
    assert states(db, waiting) == ["enrolled"] * 2
    assert states(db, seated) == ["applied"] * 3


def test_people_who_wait_in_two_cohorts_get_one_seat(db, open_cohort, who, line):
    """Both lists are given their free seat at the same moment."""
    cohorts = [open_cohort(key=key, title=key, capacity=1) for key in ("una", "otra")]
    line(cohorts[0], 1)

    def wait(work):
        person = work.session.scalars(select(Enrollment.person_id)).one()
        put_in(work, cohorts[1].uid, person, "waitlisted")
        return person

    person = db.perform(wait, SYSTEM)
    at_once([lambda c=c: db.perform(promote, who("registrar"), c.uid) for c in cohorts])
    with db.reading() as session:
        found = session.scalars(
            select(Enrollment.state).where(Enrollment.person_id == person)
        ).all()
    assert sorted(found) == ["enrolled", "waitlisted"]


def test_who_withdraws_leaves_their_seat_to_the_first_of_the_list(db, open_cohort, who, line):
    cohort = open_cohort(capacity=1, starts_at=db.clock() - timedelta(days=1))
    [seated] = line(cohort, 1, "enrolled")
    waiting = line(cohort, 2, first=1)
    registrar = who("registrar")
    db.perform(keep_list, registrar, cohort.uid, takes=True, promotes=Promotion.AUTOMATIC)
    why = Why(db.clock().date(), "own_wish", "Pidió su retiro.")
    db.perform(withdraw, registrar, cohort.uid, [seated], why)
    assert states(db, [seated, *waiting]) == ["withdrawn", "enrolled", "waitlisted"]
