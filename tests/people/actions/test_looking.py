"""Seeing the site as somebody else: who may, for how long, and what stays in the records."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from lms.foundation.audit.models import AuditEntry, AuditPersonal
from lms.foundation.kernel.actor import SYSTEM, Actor
from lms.foundation.kernel.errors import NotFound, Refused
from lms.people.actions import looking
from lms.people.models import Grant, LoginSession, Person
from lms.people.models.person import PersonState


def session_of(db, person_id: int) -> LoginSession:
    with db.reading() as session:
        return session.scalars(select(LoginSession).filter_by(person_id=person_id)).one()


@pytest.fixture
def look(app, db, world):
    """`look("help_desk", "learner")`: begin to see the site as somebody."""

    def begin(by: str, whom: str, **who):
        mine = session_of(db, world.people[who.get("session_of", by)])
        with app.test_request_context():
            return db.perform(
                looking.begin, Actor(world.people[by]), mine.id, world.people[whom], "No abre", 1
            )

    return begin


def tie(db, world, name: str, house: str, role: str = "tutor", *, over: bool = True) -> None:
    def add(work):
        work.session.add(
            Grant(
                person_id=world.people[name], institution_id=world.institutions[house], role=role,
                kind="cohort" if role == "tutor" else "institution", cohort_id=1,
                starts_at=work.now - timedelta(days=9),
                ends_at=work.now - timedelta(days=2) if role == "tutor" and over else None,
            )
        )  # fmt: skip

    db.perform(add, SYSTEM)


@pytest.mark.parametrize(
    ("by", "whom"),
    [("help_desk", "learner"), ("administrator", "learner"), ("administrator", "help_desk")],
)
def test_staff_see_as_people_with_no_more_rights(db, world, look, clock, by, whom):
    until = look(by, whom)
    assert until == clock.now + timedelta(minutes=30)
    row = session_of(db, world.people[by])
    assert (row.seeing_as_id, row.seeing_until) == (world.people[whom], until)


@pytest.mark.parametrize(
    ("by", "whom", "says"),
    [
        ("help_desk", "registrar", "may do more"),
        ("help_desk", "administrator", "may do more"),
        ("help_desk", "signer", "may do more"),
        ("administrator", "registrar", "may do more"),
        ("administrator", "instructor", "may do more"),
        ("registrar", "learner", "does not let you"),
        ("instructor", "learner", "does not let you"),
        ("learner", "learner2", "does not let you"),
        ("help_desk", "otra-help_desk", "another institution"),
        ("help_desk", "help_desk", "That is you"),
    ],
)
def test_nobody_sees_as_somebody_with_more_rights_or_of_elsewhere(look, by, whom, says):
    with pytest.raises(Refused, match=says):
        look(by, whom)


def test_a_tutor_sees_answers_and_so_is_not_seen_as_while_they_teach(db, world, look):
    tie(db, world, "learner", "igm")
    look("help_desk", "learner")
    tie(db, world, "learner2", "igm", over=False)
    with pytest.raises(Refused, match="may do more"):
        look("help_desk", "learner2")


def test_somebody_of_two_houses_is_seen_by_who_looks_after_both(db, world, look):
    tie(db, world, "learner", "igm")
    look("help_desk", "learner")
    tie(db, world, "learner", "otra")
    with pytest.raises(Refused, match="another institution"):
        look("administrator", "learner")
    tie(db, world, "administrator", "otra", role="administrator")
    look("administrator", "learner")


def test_nobody_sees_as_an_account_that_cannot_be_entered(db, world, look):
    def close(work):
        work.session.get_one(Person, world.people["learner"]).state = PersonState.PENDING

    db.perform(close, SYSTEM)
    with pytest.raises(Refused, match="Nobody can enter"):
        look("help_desk", "learner")


def test_a_session_is_used_by_its_holder_only(look):
    with pytest.raises(NotFound):
        look("help_desk", "learner", session_of="registrar")


def deeds(db) -> list[tuple]:
    with db.reading() as session:
        rows = session.scalars(
            select(AuditEntry).where(AuditEntry.deed.like("person.look%")).order_by(AuditEntry.id)
        ).all()
        reasons = {each.entry_id: each.values for each in session.scalars(select(AuditPersonal))}
        return [
            (r.deed, r.actor_id, r.subject_uid, r.institution_id, r.detail.get("by"),
             reasons.get(r.id))
            for r in rows
        ]  # fmt: skip


def test_begin_and_end_stay_in_the_records(app, db, world, look):
    look("help_desk", "learner")
    mine = session_of(db, world.people["help_desk"])
    db.perform(looking.end, Actor(world.people["help_desk"]), mine.id)
    me, whom = world.people["help_desk"], UUID(world.uids["learner"])
    assert deeds(db) == [
        ("person.look_begun", me, whom, 1, None, {"reason": "No abre"}),
        ("person.look_ended", me, whom, 1, "hand", None),
    ]
    assert db.perform(looking.end, Actor(me), mine.id) is None
    assert len(deeds(db)) == 2


def test_it_ends_by_itself_after_half_an_hour_and_that_is_written_down(
    db, world, look, clock, do_jobs
):
    look("help_desk", "learner")
    clock.advance(minutes=29)
    do_jobs()
    assert len(deeds(db)) == 1
    clock.advance(minutes=2)
    do_jobs()
    assert deeds(db)[-1][4] == "clock"
    assert session_of(db, world.people["help_desk"]).seeing_as_id is None


def test_the_clock_of_an_ended_look_does_not_end_the_next_one(db, world, look, clock, do_jobs):
    look("help_desk", "learner")
    mine = session_of(db, world.people["help_desk"])
    clock.advance(minutes=10)
    db.perform(looking.end, Actor(world.people["help_desk"]), mine.id)
    look("help_desk", "learner2")
    clock.advance(minutes=25)
    do_jobs()
    assert session_of(db, world.people["help_desk"]).seeing_as_id == world.people["learner2"]
