"""Asking for a seat, through the database and back."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from lms.enrollment.actions.ask import ask
from lms.enrollment.actions.keys import make_key
from lms.enrollment.facts import EnrollmentAdmitted
from lms.enrollment.models import Enrollment, InvitationKey
from lms.enrollment.queries.seats import key_opens
from lms.foundation.audit.models import AuditEntry
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.errors import Invalid, NotFound, Refused
from lms.foundation.kernel.facts import Subscribers
from lms.foundation.mail.models import Letter, Notice
from lms.people.models import Person
from tests.conftest import MORNING
from tests.factories.enrollment import put_in


def told(db, person_id):
    with db.reading() as session:
        statement = select(Notice).where(Notice.person_id == person_id).order_by(Notice.id)
        return [(notice.template, notice.link) for notice in session.scalars(statement)]


def test_by_approval_one_waits_for_an_answer(db, world, open_cohort, who):
    cohort = open_cohort(door="approval")
    asked = db.perform(ask, who("learner"), cohort.uid)
    assert asked.state == "applied"
    with db.reading() as session:
        row = session.scalars(select(Enrollment)).one()
        assert (row.uid, row.state, row.applied_at, row.decided_at) == (
            asked.enrollment, "applied", MORNING, None,
        )  # fmt: skip
        assert row.municipality == "San Marcos La Laguna"
        assert row.sort_name == row.sort_name.lower()
        assert row.sort_name.endswith("lopez rosa")
        assert row.institution_id == world.institutions["igm"]
        entry = session.scalars(
            select(AuditEntry).where(AuditEntry.deed == "enrollment.applied")
        ).one()
        assert (entry.actor_id, entry.subject_uid) == (row.person_id, row.uid)
        letter = session.scalars(select(Letter)).one()
        assert letter.template == "enrollment/applied"
    assert told(db, world.people["learner"]) == [
        ("enrollment/applied", "/cursos/gestion-municipal")
    ]


def test_an_open_door_gives_a_seat_and_says_so_to_those_who_listen(
    db, world, open_cohort, who, monkeypatch
):
    heard = []
    hear = Subscribers(now=[lambda work, facts: heard.extend(facts)])
    monkeypatch.setattr(db, "wiring", {EnrollmentAdmitted: hear})
    asked = db.perform(ask, who("learner"), open_cohort(door="open").uid)
    with db.reading() as session:
        row = session.scalars(select(Enrollment)).one()
    assert (row.state, row.decided_at, row.decided_by_id) == ("enrolled", MORNING, None)
    assert heard == [EnrollmentAdmitted(row.id)]
    assert told(db, row.person_id) == [("enrollment/enrolled", f"/aula/{asked.enrollment}")]


def test_a_key_opens_its_cohort_as_often_as_it_was_made_for(db, open_cohort, who):
    cohort = open_cohort(door="key")
    other = open_cohort(door="key", key="2027-2")
    code = db.perform(make_key, SYSTEM, cohort.uid, uses=1, until=MORNING.date())
    for uid, typed in ((cohort.uid, "no-es-esta"), (cohort.uid, ""), (other.uid, code)):
        with pytest.raises(Invalid, match="does not open this cohort"):
            db.perform(ask, who("learner"), uid, typed)
    typed = code.lower().replace("-", " ")
    assert db.perform(ask, who("learner"), cohort.uid, typed).state == "enrolled"
    with pytest.raises(Invalid, match="used up"):
        db.perform(ask, who("learner2"), cohort.uid, code)
    with db.reading() as session:
        assert session.scalars(select(InvitationKey)).one().uses_left == 0
        assert len(session.scalars(select(Enrollment)).all()) == 1


def test_a_key_is_good_until_its_last_day_ends_where_the_institution_is(
    db, open_cohort, who, clock
):
    cohort = open_cohort(door="key")
    code = db.perform(make_key, SYSTEM, cohort.uid, uses=2, until=MORNING.date())
    clock.advance(hours=13)  # the 24th by UTC, still the 23rd in Guatemala
    with db.reading() as session:
        assert key_opens(session, code.lower(), clock.now)
    assert db.perform(ask, who("learner"), cohort.uid, code).state == "enrolled"
    clock.advance(hours=1)
    with db.reading() as session:
        assert not key_opens(session, code, clock.now)
        assert not key_opens(session, "nada", clock.now)
    with pytest.raises(Invalid, match="expired"):
        db.perform(ask, who("learner2"), cohort.uid, code)


def test_the_same_person_asks_once(db, open_cohort, who):
    cohort = open_cohort()
    db.perform(ask, who("learner"), cohort.uid)
    with pytest.raises(Refused, match="already asked"):
        db.perform(ask, who("learner"), cohort.uid)


@pytest.mark.parametrize("state", ["declined", "withdrawn", "completed", "failed", "enrolled"])
def test_who_was_here_before_is_told_why_not(db, world, open_cohort, who, state):
    cohort = open_cohort(door="open")
    db.perform(lambda work: put_in(work, cohort.uid, world.people["learner"], state), SYSTEM)
    with pytest.raises(Refused):
        db.perform(ask, who("learner"), cohort.uid)


def test_before_and_after_the_window_nobody_gets_in(db, open_cohort, who, clock):
    cohort = open_cohort(enrollment_opens_at=MORNING + timedelta(days=1))
    with pytest.raises(Refused, match="not opened"):
        db.perform(ask, who("learner"), cohort.uid)
    clock.advance(days=31)
    with pytest.raises(Refused, match="closed"):
        db.perform(ask, who("learner"), cohort.uid)


def test_the_account_is_in_use_and_the_name_confirmed(db, world, open_cohort, who):
    cohort = open_cohort()

    def change(work, **values):
        person = work.session.get_one(Person, world.people["learner"])
        for name, value in values.items():
            setattr(person, name, value)

    db.perform(change, SYSTEM, name_confirmed_at=None)
    with pytest.raises(Refused, match="how your name"):
        db.perform(ask, who("learner"), cohort.uid)
    db.perform(change, SYSTEM, name_confirmed_at=MORNING, state="pending")
    with pytest.raises(Refused, match="Confirm your account"):
        db.perform(ask, who("learner"), cohort.uid)


def test_the_last_seat_is_the_last(db, open_cohort, who):
    cohort = open_cohort(door="open", capacity=1)
    db.perform(ask, who("learner"), cohort.uid)
    with pytest.raises(Refused, match="taken"):
        db.perform(ask, who("learner2"), cohort.uid)


def test_nobody_asks_for_what_does_not_exist(db, world, who, open_cohort):
    with pytest.raises(NotFound):
        db.perform(ask, who("learner"), uuid4())
    with pytest.raises(NotFound):
        db.perform(ask, SYSTEM, open_cohort().uid)


def test_a_second_seat_in_the_same_courses_is_refused_until_the_first_is_given_up(
    db, world, open_cohort, who
):
    first = open_cohort(door="open")
    second = open_cohort(door="open", key="2027-2", title="Promoción 2 de 2027")
    held = db.perform(ask, who("learner"), first.uid).enrollment
    with pytest.raises(Refused, match="already have a seat in Promoción 1 de 2027"):
        db.perform(ask, who("learner"), second.uid)

    def withdraw(work):
        row = work.session.scalars(select(Enrollment).where(Enrollment.uid == held)).one()
        row.state = "withdrawn"

    db.perform(withdraw, SYSTEM)
    assert db.perform(ask, who("learner"), second.uid).state == "enrolled"


def test_one_may_ask_in_several_cohorts_while_none_has_given_a_seat(db, open_cohort, who):
    for key in ("2027-1", "2027-2"):
        cohort = open_cohort(door="approval", key=key)
        assert db.perform(ask, who("learner"), cohort.uid).state == "applied"
