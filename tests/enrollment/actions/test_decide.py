"""The registrar's answers: seats in the order of arrival, reasons, letters."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from lms.enrollment.actions.decide import admit, decline
from lms.enrollment.facts import EnrollmentAdmitted
from lms.enrollment.models import Enrollment
from lms.foundation.audit.models import AuditEntry, AuditPersonal
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.errors import Invalid, NotFound, Refused
from lms.foundation.kernel.facts import Subscribers
from lms.foundation.mail.models import Letter, Notice
from tests.factories.enrollment import put_in
from tests.factories.world import make_person


@pytest.fixture
def asked(db, world):
    """Several people who asked one minute after the other, first to last."""

    def lay(cohort, many, state="applied"):
        def put(work):
            found = []
            for number in range(many):
                person = make_person(work, f"asker{number}", given=f"Persona {number}")
                at = work.now + timedelta(minutes=number)
                found.append(put_in(work, cohort.uid, person.id, state, applied_at=at).uid)
            return found

        return db.perform(put, SYSTEM)

    return lay


def states(db):
    with db.reading() as session:
        return {row.uid: row.state for row in session.scalars(select(Enrollment))}


def test_many_are_admitted_with_one_decision(db, world, open_cohort, who, asked, monkeypatch):
    heard = []
    hear = Subscribers(now=[lambda work, facts: heard.extend(facts)])
    monkeypatch.setattr(db, "wiring", {EnrollmentAdmitted: hear})
    cohort = open_cohort(capacity=40)
    uids = asked(cohort, 3)
    decided = db.perform(admit, who("registrar"), cohort.uid, uids)
    assert [name.split()[1] for name in decided.granted] == ["0", "1", "2"]
    assert decided.without_seat == decided.not_waiting == ()
    assert set(states(db).values()) == {"enrolled"}
    with db.reading() as session:
        rows = session.scalars(select(Enrollment)).all()
        assert {row.decided_by_id for row in rows} == {world.people["registrar"]}
        assert {fact.enrollment_id for fact in heard} == {row.id for row in rows}
        deeds = session.scalars(select(AuditEntry.deed).where(AuditEntry.deed.like("enrollment%")))
        assert list(deeds) == ["enrollment.admitted"] * 3
        letters = session.scalars(select(Letter)).all()
        assert {letter.template for letter in letters} == {"enrollment/admitted"}
        links = set(session.scalars(select(Notice.link)))
        assert links == {f"/aula/{uid}" for uid in uids}


def test_a_full_cohort_says_who_is_left(db, open_cohort, who, asked):
    cohort = open_cohort(capacity=2)
    uids = asked(cohort, 4)
    decided = db.perform(admit, who("registrar"), cohort.uid, list(reversed(uids)))
    assert [name.split()[1] for name in decided.granted] == ["0", "1"]
    assert [name.split()[1] for name in decided.without_seat] == ["2", "3"]
    found = states(db)
    assert [found[uid] for uid in uids] == ["enrolled", "enrolled", "applied", "applied"]
    with pytest.raises(Refused, match="taken"):
        db.perform(admit, who("registrar"), cohort.uid, uids[2:])


def test_admitting_again_changes_nothing(db, open_cohort, who, asked):
    cohort = open_cohort()
    uids = asked(cohort, 2)
    db.perform(admit, who("registrar"), cohort.uid, uids[:1])
    decided = db.perform(admit, who("registrar"), cohort.uid, uids)
    assert len(decided.granted) == len(decided.not_waiting) == 1
    with db.reading() as session:
        assert len(session.scalars(select(Letter)).all()) == 2


def test_declining_tells_the_reason(db, open_cohort, who, asked):
    cohort = open_cohort()
    uids = asked(cohort, 2)
    reason = "Falta la constancia <laboral> & el DPI.\nEscríbanos."
    decided = db.perform(decline, who("registrar"), cohort.uid, uids[:1], reason)
    assert len(decided.granted) == 1
    with db.reading() as session:
        row = session.scalars(select(Enrollment).where(Enrollment.uid == uids[0])).one()
        assert (row.state, row.reason) == (
            "declined",
            "Falta la constancia <laboral> & el DPI. Escríbanos.",
        )
        assert session.scalars(select(Notice.context)).one()["reason"] == row.reason
        entry = session.scalars(
            select(AuditEntry).where(AuditEntry.deed == "enrollment.declined")
        ).one()
        assert "reason" not in entry.detail
        assert session.get_one(AuditPersonal, entry.id).values["reason"] == row.reason
    admitted = db.perform(admit, who("registrar"), cohort.uid, uids[:1])
    assert len(admitted.granted) == 1
    with db.reading() as session:
        assert session.scalars(select(Enrollment.reason)).all() == [None, None]


def test_declining_needs_a_reason(db, open_cohort, who, asked):
    cohort = open_cohort()
    with pytest.raises(Invalid):
        db.perform(decline, who("registrar"), cohort.uid, asked(cohort, 1), "  ")
    assert set(states(db).values()) == {"applied"}


def test_people_of_another_cohort_do_not_exist_here(db, open_cohort, who, asked):
    cohort, other = open_cohort(), open_cohort(key="2027-2")
    uids = asked(cohort, 2)
    for wrong in ([*uids, uuid4()], []):
        with pytest.raises(NotFound):
            db.perform(admit, who("registrar"), cohort.uid, wrong)
    with pytest.raises(NotFound):
        db.perform(admit, who("registrar"), other.uid, uids)
    with pytest.raises(NotFound):
        db.perform(admit, who("registrar"), uuid4(), uids)
    assert set(states(db).values()) == {"applied"}


def test_after_the_end_nothing_is_decided(db, open_cohort, who, asked, clock):
    cohort = open_cohort()
    uids = asked(cohort, 1)
    clock.advance(days=400)
    with pytest.raises(Refused, match="ended"):
        db.perform(admit, who("registrar"), cohort.uid, uids)
    with pytest.raises(Refused, match="ended"):
        db.perform(decline, who("registrar"), cohort.uid, uids, "Ya terminó")
