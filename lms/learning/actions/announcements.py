"""Announcing something to a cohort: on the site now or from a moment on; then everybody is told,
batch by batch."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from lms.enrollment.models import Cohort
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.jobs.actions import enqueue
from lms.foundation.kernel.errors import N_, Invalid, NotFound, Refused
from lms.foundation.kernel.text import nfc, one_line
from lms.foundation.mail.actions import tell
from lms.learning.models import Announcement
from lms.learning.queries.announcements import next_readers
from lms.learning.rules.letters import paragraphs
from lms.learning.rules.places import classroom_path

FAN_OUT = "learning.fan_out"
FURTHEST = timedelta(days=366)
BATCH = 25
"""People told in one transaction: others wait for it, so it must stay short."""


def publish(work: Work, cohort: UUID, title: str, body: str, at: datetime | None = None) -> UUID:
    """Somebody of the staff tells everybody in a cohort something, now or from a moment on."""
    author_id = work.actor.person_id
    found = work.session.scalars(select(Cohort).where(Cohort.uid == cohort)).first()
    if found is None or author_id is None:
        raise NotFound()
    title, body = _said(title, body)
    announcement = Announcement(
        institution_id=found.institution_id,
        cohort_id=found.id,
        author_id=author_id,
        title=title,
        body=body,
        published_at=_when(work, at),
    )
    work.session.add(announcement)
    work.session.flush()
    waits = announcement.published_at > work.now
    deed = "announcement.scheduled" if waits else "announcement.published"
    detail = {"cohort": str(found.uid), "at": announcement.published_at.isoformat()}
    record(work, deed, announcement, detail=detail)
    _plan(work, announcement)
    return announcement.uid


def change(
    work: Work,
    cohort: UUID,
    announcement: UUID,
    title: str,
    body: str,
    at: datetime | None = None,
) -> None:
    """One that is not published yet is written anew, or published at another moment."""
    found = _locked(work, cohort, announcement)
    if found.withdrawn_at is not None or found.published_at <= work.now:
        raise Refused(
            N_("It has been published meanwhile. What people have read is not changed any more.")
        )
    before = found.published_at
    found.title, found.body = _said(title, body)
    found.published_at = _when(work, at)
    detail = {"before": before.isoformat(), "after": found.published_at.isoformat()}
    record(work, "announcement.changed", found, detail=detail)
    _plan(work, found)


def _said(title: str, body: str) -> tuple[str, str]:
    title, body = one_line(title), nfc(body).replace("\r\n", "\n").strip()
    if not title or not body:
        raise Invalid(N_("Write a title and a message."))
    return title, body


def _when(work: Work, at: datetime | None) -> datetime:
    if at is None:
        return work.now
    fault = ""
    if at <= work.now:
        fault = N_("That moment has passed. Choose a later one, or publish it now.")
    elif at > work.now + FURTHEST:
        fault = N_("Choose a moment within a year.")
    if fault:
        raise Invalid(fault, fields={"at": fault})
    return at


def _plan(work: Work, announcement: Announcement) -> None:
    """Everybody is told when it is published; planned anew, it is still one job."""
    uid = str(announcement.uid)
    enqueue(work, FAN_OUT, key=uid, payload={"announcement": uid}, due=announcement.published_at)


def _locked(work: Work, cohort: UUID, announcement: UUID) -> Announcement:
    found = work.session.scalars(
        select(Announcement)
        .join(Cohort, Cohort.id == Announcement.cohort_id)
        .where(Announcement.uid == announcement, Cohort.uid == cohort)
        .with_for_update(of=Announcement)
    ).first()
    if found is None:
        raise NotFound()
    return found


def withdraw(work: Work, cohort: UUID, announcement: UUID) -> None:
    """An announcement leaves the site; letters that have left cannot be called back."""
    found = _locked(work, cohort, announcement)
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
    if found.published_at > work.now:
        return False  # put off meanwhile: the job of its new moment tells them
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
