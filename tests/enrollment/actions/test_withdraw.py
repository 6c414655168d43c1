"""A withdrawal frees the seat, keeps all that was done, is told and on record; and is undone."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from lms.assessment.actions.finish import hand_in
from lms.assessment.actions.start import start
from lms.assessment.models import Attempt
from lms.enrollment.actions.ask import ask
from lms.enrollment.actions.withdraw import Why, take_back, withdraw
from lms.enrollment.models import Cohort, Departure
from lms.foundation.audit.models import AuditEntry, AuditPersonal
from lms.foundation.files.attachment import Attachment
from lms.foundation.files.models import Blob
from lms.foundation.files.store import Stored
from lms.foundation.kernel.actor import SYSTEM, Actor
from lms.foundation.kernel.errors import DomainError, NotFound, Refused
from lms.foundation.mail.models import Letter, Notice
from lms.grading.models import CourseResult
from lms.learning.models import Progress
from tests.conftest import MORNING
from tests.enrollment.actions.test_race import at_once
from tests.factories.enrollment import make_cohort
from tests.factories.teaching import QUIZZES, open_classroom
from tests.factories.world import make_person

WHY = Why(MORNING.date(), "work", "Turnos de noche en la municipalidad")


@pytest.fixture
def room(app, db, world):
    found = open_classroom(
        app, db, world, capacity=2, door="open", enrollment_closes_at=MORNING + timedelta(days=20)
    )
    found.enrol("learner")
    return found


def leave(room, name="learner", why=WHY):
    uid = room.enrollments[name].uid
    return room.db.perform(withdraw, room.actor("registrar"), room.cohort.uid, [uid], why)


def come_back(room, name="learner", reason="Cambió de turno"):
    uid = room.enrollments[name].uid
    return room.db.perform(take_back, room.actor("registrar"), room.cohort.uid, uid, reason)


def count(db, model) -> int:
    with db.reading() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_the_seat_is_free_and_the_person_is_told(room, db, world):
    room.enrol("learner2")
    done = leave(room)
    assert (len(done.left), done.stayed) == (1, ())
    row = room.row("learner")
    assert (row.state, row.reason) == ("withdrawn", WHY.reason)
    asked = db.perform(ask, Actor(world.people["otra-learner"]), room.cohort.uid)
    assert asked.state == "enrolled"
    with db.reading() as session:
        whose = Notice.person_id == world.people["learner"]
        notice = session.scalars(select(Notice).where(whose)).one()
        letter = session.scalars(select(Letter).where(Letter.template == notice.template)).one()
    assert notice.template == "enrollment/withdrawn"
    assert notice.link == letter.link == f"/aula/{row.uid}/retiro"
    assert letter.context["reason"] == WHY.reason


def test_it_is_on_record_with_who_why_and_what_was_before(room, db, world):
    leave(room)
    with db.reading() as session:
        deed = AuditEntry.deed == "enrollment.withdrawn"
        entry = session.scalars(select(AuditEntry).where(deed)).one()
        personal = session.scalars(
            select(AuditPersonal.values).where(AuditPersonal.entry_id == entry.id)
        ).one()
        kept = session.scalars(select(Departure)).one()
    assert entry.actor_id == kept.by_id == world.people["registrar"]
    assert entry.detail["before"] == {"state": "enrolled"}
    assert (entry.detail["left_on"], entry.detail["cause"]) == ("2026-11-23", "work")
    assert personal == {"reason": WHY.reason}
    assert (kept.before, kept.taken_back_at) == ("enrolled", None)


def test_a_document_goes_with_it(room, db):
    paper = Attachment(Stored("a" * 64, 9, "application/pdf"), "carta.pdf")
    leave(room, why=Why(WHY.left_on, "work", WHY.reason, paper))
    with db.reading() as session:
        kept = session.scalars(select(Departure)).one()
        assert session.get(Blob, kept.document_sha256).media_type == "application/pdf"
    assert kept.document_name == "carta.pdf"


def test_what_was_done_stays_and_comes_back(room, db):
    room.see("learner", "derecho", "plazos")
    room.take("learner", QUIZZES[0])
    before = [count(db, each) for each in (Progress, Attempt, CourseResult)]
    leave(room)
    assert [count(db, each) for each in (Progress, Attempt, CourseResult)] == before
    with pytest.raises((Refused, NotFound)):
        room.see("learner", "datos")
    assert come_back(room)
    assert room.row("learner").state == "enrolled"
    room.see("learner", "datos")
    room.take("learner", QUIZZES[1])
    assert room.row("learner").state == "completed"


def test_a_running_attempt_goes_on_to_its_end_and_no_other_begins(room, db, clock):
    room.see("learner", "derecho", "plazos")
    actor, uid = room.actor("learner"), room.enrollments["learner"].uid
    attempt = db.perform(start, actor, uid, room.activities[QUIZZES[0]].uid)
    leave(room)
    db.perform(hand_in, actor, attempt)
    with pytest.raises(Refused):
        db.perform(start, actor, uid, room.activities[QUIZZES[0]].uid)
    assert room.row("learner").state == "withdrawn"
    come_back(room)
    with db.reading() as session:
        found = session.scalars(select(CourseResult)).one()
    marked = [line for line in found.explanation["lines"] if line["key"] == QUIZZES[0]]
    assert marked[0]["ratio"] is not None  # what was handed in meanwhile counts now


def test_taking_it_back_asks_for_a_seat(room, db, world):
    room.enrol("learner2")
    leave(room)
    db.perform(ask, Actor(world.people["otra-learner"]), room.cohort.uid)
    with pytest.raises(Refused, match="All seats"):
        come_back(room)
    assert room.row("learner").state == "withdrawn"


def test_it_can_happen_again_and_each_time_stays_on_record(room, db):
    leave(room)
    come_back(room)
    leave(room)
    with db.reading() as session:
        kept = session.scalars(select(Departure).order_by(Departure.id)).all()
    assert [each.taken_back_at is None for each in kept] == [False, True]
    assert kept[0].taken_back_reason == "Cambió de turno"
    assert room.row("learner").state == "withdrawn"


def test_others_are_not_touched_and_strangers_do_not_exist(room, db):
    other = db.perform(lambda work: make_cohort(work, key="otra"), SYSTEM)
    uid = room.enrollments["learner"].uid
    with pytest.raises(NotFound):
        db.perform(withdraw, room.actor("registrar"), other.uid, [uid], WHY)
    with pytest.raises(NotFound):
        db.perform(take_back, room.actor("registrar"), other.uid, uid, "Fue un error")
    assert room.row("learner").state == "enrolled"


def test_a_closed_cohort_is_left_by_nobody(room, db):
    def close(work):
        work.session.get_one(Cohort, room.cohort.id).closed_at = work.now

    db.perform(close, SYSTEM)
    with pytest.raises(Refused, match="its grades stand"):
        leave(room)


def test_one_seat_and_two_who_want_it_at_once_never_both(room, db, world):
    """One comes back, another asks for the seat that was freed: over connections of their own."""
    room.enrol("learner2")
    leave(room)
    people = db.perform(lambda work: [make_person(work, f"p{n}").id for n in range(3)], SYSTEM)
    outcomes = at_once(
        [
            lambda: come_back(room),
            *[lambda p=p: db.perform(ask, Actor(p), room.cohort.uid) for p in people],
        ]
    )
    assert sum(not isinstance(each, DomainError) for each in outcomes) == 1


def test_two_registrars_at_once_withdraw_once(room, db):
    outcomes = at_once([lambda: leave(room)] * 4)
    assert sum(not isinstance(each, DomainError) for each in outcomes) == 1
    assert count(db, Departure) == 1
