"""Announcing something to a cohort: on the site at once, then everybody is told, batch by batch."""

from uuid import UUID

from sqlalchemy import select

from lms.enrollment.models import Cohort
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.jobs.actions import enqueue
from lms.foundation.kernel.errors import N_, Invalid, NotFound
from lms.foundation.kernel.text import nfc, one_line
from lms.foundation.mail.actions import tell
from lms.learning.models import Announcement
from lms.learning.queries.announcements import next_readers
from lms.learning.rules.letters import paragraphs
from lms.learning.rules.places import classroom_path

FAN_OUT = "learning.fan_out"
BATCH = 25
"""People told in one transaction: others wait for it, so it must stay short."""


def publish(work: Work, cohort: UUID, title: str, body: str) -> UUID:
    """Somebody of the staff tells everybody in a cohort something."""
    author_id = work.actor.person_id
    found = work.session.scalars(select(Cohort).where(Cohort.uid == cohort)).first()
    if found is None or author_id is None:
        raise NotFound()
    title, body = one_line(title), nfc(body).replace("\r\n", "\n").strip()
    if not title or not body:
        raise Invalid(N_("Write a title and a message."))
    announcement = Announcement(
        institution_id=found.institution_id,
        cohort_id=found.id,
        author_id=author_id,
        title=title,
        body=body,
        published_at=work.now,
    )
    work.session.add(announcement)
    work.session.flush()
    record(work, "announcement.published", announcement, detail={"cohort": str(found.uid)})
    enqueue(
        work, FAN_OUT, key=str(announcement.uid), payload={"announcement": str(announcement.uid)}
    )
    return announcement.uid


def withdraw(work: Work, cohort: UUID, announcement: UUID) -> None:
    """An announcement leaves the site; letters that have left cannot be called back."""
    found = work.session.scalars(
        select(Announcement)
        .join(Cohort, Cohort.id == Announcement.cohort_id)
        .where(Announcement.uid == announcement, Cohort.uid == cohort)
        .with_for_update(of=Announcement)
    ).first()
    if found is None:
        raise NotFound()
    if found.withdrawn_at is None:
        found.withdrawn_at = work.now
        record(work, "announcement.withdrawn", found)


def tell_some(work: Work, announcement: UUID) -> bool:
    """Tell the next people of a cohort; returns whether others are left.

    How far telling has come is kept in the same transaction, so that a worker killed between two
    batches leaves nobody out and tells nobody twice.
    """
    found = work.session.scalars(
        select(Announcement)
        .where(Announcement.uid == announcement)
        .with_for_update(of=Announcement)
    ).first()
    if found is None or found.withdrawn_at is not None or found.told_at is not None:
        return False
    readers = next_readers(work.session, found, BATCH)
    cohort = work.session.get_one(Cohort, found.cohort_id)
    for reader in readers:
        tell(
            work,
            reader.person_id,
            "learning/announcement",
            link=f"{classroom_path(reader.uid)}/anuncios",
            institution_id=found.institution_id,
            title=found.title,
            paragraphs=paragraphs(found.body),
            cohort=cohort.title,
        )
        found.told_up_to = reader.id
    if len(readers) < BATCH:
        found.told_at = work.now
        return False
    return True
