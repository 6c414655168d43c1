from sqlalchemy import select

from lms.foundation.db import pieces
from lms.foundation.kernel.actor import SYSTEM
from lms.people import tasks
from lms.people.actions import forget, help_desk
from lms.people.models import Identifier, LoginSession, OneTimeCode, Person
from tests.people.conftest import everybody


def count(db, model) -> int:
    with db.reading() as session:
        return len(session.scalars(select(model)).all())


def test_a_registration_nobody_confirms_is_forgotten_after_thirty_days(
    reader, rosa_writes, db, clock, mailbox
):
    before = len(everybody(db))
    reader.send("/registro", rosa_writes)
    clock.advance(days=30)
    assert not db.perform(forget.forget, SYSTEM)
    assert len(everybody(db)) == before + 1
    clock.advance(minutes=1)
    db.perform(forget.forget, SYSTEM)
    assert len(everybody(db)) == before
    with db.reading() as session:
        assert session.scalar(select(Identifier).filter_by(value="rosa@example.org")) is None


def test_who_holds_a_code_that_still_opens_is_waited_for(reader, rosa_writes, db, clock, mailbox):
    reader.send("/registro", rosa_writes)
    rosa = everybody(db)[-1]
    clock.advance(days=30, minutes=1)
    db.perform(help_desk.issue_code, SYSTEM, rosa.id, "Lucía")
    db.perform(forget.forget, SYSTEM)
    assert everybody(db)[-1].id == rosa.id


def test_confirmed_people_are_never_forgotten(db, rosa, clock):
    clock.advance(days=4000)
    before = count(db, Person)
    db.perform(forget.forget, SYSTEM)
    assert count(db, Person) == before


def test_old_sessions_and_codes_go(db, rosa, clock):
    db.perform(help_desk.issue_code, SYSTEM, rosa.id, "Lucía")
    sessions = count(db, LoginSession)
    clock.advance(days=60)
    db.perform(forget.forget, SYSTEM)
    assert (count(db, LoginSession), count(db, OneTimeCode)) == (sessions, 0)
    clock.advance(days=91)
    db.perform(forget.forget, SYSTEM)
    assert count(db, LoginSession) == 0


def test_however_much_is_old_no_transaction_is_long(db, rosa, clock, app, monkeypatch):
    """It goes a piece at a time, and the day's task goes on until nothing old is left."""
    monkeypatch.setattr(pieces, "AT_ONCE", 3)
    for _ in range(7):
        db.perform(help_desk.issue_code, SYSTEM, rosa.id, "Lucía")
    clock.advance(days=60)
    assert db.perform(forget.forget, SYSTEM)
    assert count(db, OneTimeCode) == 4
    with app.app_context():
        tasks.forget({})
    assert count(db, OneTimeCode) == 0
