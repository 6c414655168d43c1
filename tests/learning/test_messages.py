"""Messages to some people: a fixed list, told once whatever happens, nobody else told."""

import pytest
from sqlalchemy import func, select, update

from lms.enrollment.models import Enrollment
from lms.foundation.audit.models import AuditEntry
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.errors import Invalid, NotFound
from lms.foundation.mail.models import Letter, Notice
from lms.learning.actions import messages
from lms.learning.actions.messages import deliver_some, send
from lms.learning.models import Message, MessageReader
from lms.learning.tasks import deliver
from tests.learning.test_announcements import crowd


def told(classroom) -> list[int]:
    with classroom.db.reading() as session:
        statement = select(Notice.person_id).where(Notice.template == "learning/message")
        return sorted(session.scalars(statement))


def write(classroom, *names: str, title="Su avance", body="Falta **poco**."):
    ids = [classroom.enrollments[name].id for name in names]
    return classroom.db.perform(
        send, classroom.actor("instructor"), classroom.cohort.uid, ids, title, body
    )


def test_only_those_of_the_list_are_told_and_it_is_on_record(classroom, do_jobs):
    classroom.enrol("learner2")
    write(classroom, "learner2")
    assert told(classroom) == []  # nothing leaves before the commit
    do_jobs()
    assert told(classroom) == [classroom.world.people["learner2"]]
    with classroom.db.reading() as session:
        found = session.scalars(select(Message)).one()
        assert (found.people, found.told_at is not None) == (1, True)
        assert session.scalar(select(func.count()).select_from(Letter)) == 1
        entry = session.scalars(select(AuditEntry).where(AuditEntry.deed == "message.sent")).one()
        assert entry.actor_id == classroom.world.people["instructor"]
        assert entry.detail["people"] == 1


def test_interrupted_between_batches_nobody_is_left_out_or_told_twice(classroom, monkeypatch):
    crowd(classroom, 7)
    monkeypatch.setattr(messages, "BATCH", 3)
    uid = write(classroom, *(f"vecina{n}" for n in range(7)))
    assert classroom.db.perform(deliver_some, SYSTEM, uid) is True
    assert len(told(classroom)) == 3
    with classroom.app.app_context():  # the worker was killed here; another one takes the job
        deliver({"message": str(uid)})
        deliver({"message": str(uid)})
    assert len(told(classroom)) == len(set(told(classroom))) == 7
    with classroom.db.reading() as session:
        assert session.scalar(select(func.count()).select_from(Letter)) == 7


def test_whoever_lost_their_seat_is_left_out(classroom, db, do_jobs):
    crowd(classroom, 2)
    gone = classroom.enrollments["vecina0"].id
    write(classroom, "vecina0", "vecina1")

    def withdraw(work):
        work.session.execute(
            update(Enrollment).where(Enrollment.id == gone).values(state="withdrawn")
        )

    db.perform(withdraw, SYSTEM)
    do_jobs()
    assert told(classroom) == [classroom.world.people["vecina1"]]
    with pytest.raises(Invalid):
        write(classroom, "vecina0")


def test_people_of_another_cohort_are_not_written_to(classroom, db):
    crowd(classroom, 1)
    with pytest.raises(NotFound):
        db.perform(
            send, classroom.actor("instructor"), classroom.course.uid,
            [classroom.enrollments["vecina0"].id], "x", "y",
        )  # fmt: skip
    with pytest.raises(Invalid):
        db.perform(send, classroom.actor("instructor"), classroom.cohort.uid, [10**9], "x", "y")
    with db.reading() as session:
        assert session.scalar(select(func.count()).select_from(MessageReader)) == 0
