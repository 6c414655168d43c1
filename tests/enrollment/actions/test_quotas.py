"""Seats kept for agreements: taken by their keys, fallen to everybody, given once."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from lms.enrollment.actions.add import add_one
from lms.enrollment.actions.apply import begin, hand_in
from lms.enrollment.actions.ask import ask
from lms.enrollment.actions.decide import admit
from lms.enrollment.actions.edit import Edit, edit_cohort
from lms.enrollment.actions.keys import make_key
from lms.enrollment.actions.quotas import keep_otherwise, keep_seats, let_fall
from lms.enrollment.actions.waiting import keep_list
from lms.enrollment.formats.entries import Entry
from lms.enrollment.models import Enrollment, Quota
from lms.enrollment.queries.editing import editing
from lms.enrollment.queries.offers import CohortOffers
from lms.enrollment.rules.quotas import Plan
from lms.enrollment.rules.waiting import Promotion
from lms.foundation.kernel.actor import SYSTEM, Actor
from lms.foundation.kernel.errors import DomainError, Invalid, Refused
from tests.enrollment.actions.test_race import at_once
from tests.factories.calls import QUESTION, call_for, prepared
from tests.factories.enrollment import put_in
from tests.factories.world import make_person


@pytest.fixture
def crowd(db, world):
    def make(many):
        return db.perform(
            lambda work: [make_person(work, f"crowd{n}").id for n in range(many)], SYSTEM
        )

    return make


@pytest.fixture
def kept(db, world):
    """Keep seats of a cohort, with a key for them: its code."""

    def keep(cohort, seats, until=None, uses=9):
        db.perform(keep_seats, SYSTEM, cohort.uid, Plan("Convenio ANAM", seats, until))
        with db.reading() as session:
            quota = session.scalars(select(Quota.uid).where(Quota.cohort_id == cohort.id)).one()
        day = db.clock().date() + timedelta(days=20)
        return db.perform(make_key, SYSTEM, cohort.uid, uses=uses, until=day, quota=quota), quota

    return keep


def seated(db, cohort):
    with db.reading() as session:
        rows = session.execute(
            select(Enrollment.quota_id.is_not(None), func.count())
            .where(Enrollment.cohort_id == cohort.id, Enrollment.state == "enrolled")
            .group_by(Enrollment.quota_id.is_not(None))
        ).all()
    return {bool(row[0]): row[1] for row in rows}


def test_the_public_does_not_take_what_is_kept(db, open_cohort, crowd, kept):
    cohort = open_cohort(door="open", capacity=3)
    code, _quota = kept(cohort, 2)
    first, second, third, fourth = crowd(4)
    db.perform(ask, Actor(first), cohort.uid)
    with pytest.raises(Refused, match="All seats"):
        db.perform(ask, Actor(second), cohort.uid)
    for person in (third, fourth):
        db.perform(ask, Actor(person), cohort.uid, code)
    assert seated(db, cohort) == {False: 1, True: 2}


def test_who_has_a_key_takes_a_public_seat_when_theirs_are_taken(db, open_cohort, crowd, kept):
    cohort = open_cohort(door="open", capacity=3)
    code, _quota = kept(cohort, 1)
    for person in crowd(3):
        db.perform(ask, Actor(person), cohort.uid, code)
    assert seated(db, cohort) == {True: 3}


def test_a_wrong_key_is_told_and_not_passed_over(db, open_cohort, crowd, kept):
    cohort = open_cohort(door="open", capacity=3)
    kept(cohort, 1)
    [person] = crowd(1)
    with pytest.raises(Invalid, match="does not open"):
        db.perform(ask, Actor(person), cohort.uid, "AAAA-BBBB-CCCC")


def test_an_application_asks_for_the_seats_of_its_key(app, db, open_cohort, crowd, kept):
    cohort = open_cohort(capacity=1)
    call_for(db, cohort, QUESTION)
    code, _quota = kept(cohort, 1)
    public, by_key = crowd(2)
    with pytest.raises(Refused, match="All seats"):
        db.perform(begin, Actor(public), cohort.uid)
    db.perform(begin, Actor(by_key), cohort.uid, code)
    uid = prepared(app, db, cohort, by_key)
    db.perform(hand_in, Actor(by_key), uid)
    with db.reading() as session:
        row = session.scalars(select(Enrollment)).one()
    assert row.quota_id is not None
    db.perform(admit, SYSTEM, cohort.uid, [row.uid])
    assert seated(db, cohort) == {True: 1}


def test_what_is_not_taken_falls_to_everybody_and_to_the_list(
    db, open_cohort, crowd, kept, clock, do_jobs
):
    cohort = open_cohort(door="open", capacity=2)
    _code, quota = kept(cohort, 1, db.clock() + timedelta(days=3))
    db.perform(keep_list, SYSTEM, cohort.uid, takes=True, promotes=Promotion.AUTOMATIC)
    first, second = crowd(2)
    db.perform(ask, Actor(first), cohort.uid)
    assert db.perform(ask, Actor(second), cohort.uid).state == "waitlisted"
    clock.advance(days=2)
    do_jobs()
    assert seated(db, cohort) == {False: 1}
    clock.advance(days=2)
    do_jobs()
    assert seated(db, cohort) == {False: 2}
    assert quota


def test_seats_are_given_to_everybody_by_hand_and_kept_again(db, open_cohort, crowd, kept):
    cohort = open_cohort(door="open", capacity=1)
    _code, quota = kept(cohort, 1)
    db.perform(let_fall, SYSTEM, cohort.uid, quota)
    with db.reading() as session:
        found = session.scalars(select(Quota)).one()
    assert found.until_at == db.clock()
    db.perform(keep_otherwise, SYSTEM, cohort.uid, quota, Plan("Convenio ANAM", 1))
    [person] = crowd(1)
    with pytest.raises(Refused, match="All seats"):
        db.perform(ask, Actor(person), cohort.uid)


def test_no_more_is_kept_than_there_is_and_capacity_covers_what_is_kept(
    db, open_cohort, crowd, kept
):
    cohort = open_cohort(capacity=3)
    [person] = crowd(1)
    db.perform(lambda work: put_in(work, cohort.uid, person), SYSTEM)
    with pytest.raises(Invalid, match="Only 2 seats"):
        db.perform(keep_seats, SYSTEM, cohort.uid, Plan("Convenio", 3))
    kept(cohort, 2)
    with db.reading() as session:
        found = editing(session, cohort.uid, db.clock())
    edit = Edit(found.seen, cohort.title, found.standing.calendar, cohort.door, 2)
    with pytest.raises(Invalid, match="kept for agreements"):
        db.perform(edit_cohort, SYSTEM, cohort.uid, edit)


def test_the_catalogue_shows_the_seats_of_everybody(db, open_cohort, kept):
    cohort = open_cohort(capacity=5)
    kept(cohort, 3)
    with db.reading() as session:
        (offer,) = CohortOffers().all_of(session, cohort.programme_id, db.clock(), None)
    assert offer.seats_left == 2


def test_two_doors_and_their_last_seats_never_more_than_there_are(db, open_cohort, crowd, kept):
    """Ten at once, half of them by an agreement that keeps two of three seats."""
    cohort = open_cohort(door="open", capacity=3)
    code, _quota = kept(cohort, 2)
    people = crowd(10)
    outcomes = at_once(
        [
            lambda p=p, n=n: db.perform(ask, Actor(p), cohort.uid, code if n % 2 else "").state
            for n, p in enumerate(people)
        ]
    )
    assert Counter(map(str, outcomes))["enrolled"] == 3
    assert seated(db, cohort)[True] >= 2


def test_two_registrars_and_the_last_public_seat_never_both(db, open_cohort, crowd, kept, who):
    """One adds somebody, another admits who had asked, a third keeps the last seat."""
    cohort = open_cohort(capacity=2)
    kept(cohort, 1)
    waiting, _other = crowd(2)
    uid = db.perform(lambda work: put_in(work, cohort.uid, waiting, "applied").uid, SYSTEM)
    registrar = who("registrar")
    outcomes = at_once(
        [
            lambda: db.perform(add_one, registrar, cohort.uid, Entry(email="crowd1@example.org")),
            lambda: db.perform(admit, registrar, cohort.uid, [uid]),
            lambda: db.perform(keep_seats, registrar, cohort.uid, Plan("Otro convenio", 1)),
        ]
    )
    assert sum(isinstance(each, DomainError) for each in outcomes) == 2
