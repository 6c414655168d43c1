"""Writing to some people of a cohort: the list is fixed at once, they are told batch by batch."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import insert, select

from lms.enrollment.models import HAS_SEAT, Cohort, Enrollment
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.jobs.actions import enqueue
from lms.foundation.kernel.errors import N_, Invalid, NotFound
from lms.foundation.kernel.text import nfc, one_line
from lms.foundation.mail.actions import tell
from lms.learning.models import Message, MessageReader
from lms.learning.queries.messages import next_readers
from lms.learning.rules.letters import paragraphs
from lms.learning.rules.places import classroom_path
from lms.people.models import Person
from lms.people.rules.names import name_of

DELIVER = "learning.deliver"
BATCH = 25
"""People told in one transaction: others wait for it, so it must stay short."""


def send(work: Work, cohort: UUID, readers: Sequence[int], title: str, body: str) -> UUID:
    """Somebody of the staff writes to these people of a cohort; whoever lost their seat meanwhile
    is left out."""
    author_id = work.actor.person_id
    found = work.session.scalars(select(Cohort).where(Cohort.uid == cohort)).first()
    if found is None or author_id is None:
        raise NotFound()
    title, body = one_line(title), nfc(body).replace("\r\n", "\n").strip()
    if not title or not body:
        raise Invalid(N_("Write a title and a message."))
    seated = list(
        work.session.scalars(
            select(Enrollment.id)
            .where(Enrollment.cohort_id == found.id, Enrollment.id.in_(readers), HAS_SEAT)
            .order_by(Enrollment.id)
        )
    )
    if not seated:
        raise Invalid(N_("There is nobody to write to: choose another list."))
    message = Message(
        institution_id=found.institution_id,
        cohort_id=found.id,
        author_id=author_id,
        title=title,
        body=body,
        people=len(seated),
        sent_at=work.now,
    )
    work.session.add(message)
    work.session.flush()
    work.session.execute(
        insert(MessageReader),
        [
            {
                "institution_id": found.institution_id,
                "message_id": message.id,
                "enrollment_id": each,
            }
            for each in seated
        ],
    )
    record(work, "message.sent", message, detail={"cohort": str(found.uid), "people": len(seated)})
    enqueue(work, DELIVER, key=str(message.uid), payload={"message": str(message.uid)})
    return message.uid


def deliver_some(work: Work, message: UUID) -> bool:
    """Tell the next of a message's people; returns whether others are left.

    How far it has come is kept in the same transaction: a worker killed between two batches
    leaves nobody out and tells nobody twice.
    """
    found = work.session.scalars(
        select(Message).where(Message.uid == message).with_for_update(of=Message)
    ).first()
    if found is None or found.told_at is not None:
        return False
    readers = next_readers(work.session, found, BATCH)
    cohort = work.session.get_one(Cohort, found.cohort_id)
    author = name_of(work.session.get_one(Person, found.author_id)).short
    for reader in readers:
        tell(
            work,
            reader.person_id,
            "learning/message",
            link=classroom_path(reader.uid),
            institution_id=found.institution_id,
            title=found.title,
            paragraphs=paragraphs(found.body),
            cohort=cohort.title,
            author=author,
        )
        found.told_up_to = reader.id
    if len(readers) < BATCH:
        found.told_at = work.now
        return False
    return True
