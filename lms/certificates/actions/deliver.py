"""Papers that leave the office, many at once, and a delivery that was put down by mistake."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from lms.certificates.formats.record import from_json
from lms.certificates.models import Credential, Delivery
from lms.certificates.rules import delivering as rules
from lms.certificates.rules.delivering import LONGEST_REASON, Handing, Way
from lms.certificates.rules.status import Status
from lms.enrollment.models import Cohort
from lms.foundation.audit.actions import record as note
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, Invalid, NotFound
from lms.foundation.kernel.text import one_line


def deliver(
    work: Work, cohort_uid: UUID, chosen: Collection[UUID], handing: Handing, *, shown: int
) -> int:
    """Put down that the papers of these documents were handed over or sent, each once.

    ``shown`` is how many were looked over: if one has left the office meanwhile or does not hold
    any more, nothing is put down. Tells how many.
    """
    cohort = work.session.scalar(select(Cohort).where(Cohort.uid == cohort_uid))
    if cohort is None:
        raise NotFound()
    held = select(Delivery.id).where(
        Delivery.credential_id == Credential.id, Delivery.undone_at.is_(None)
    )
    found = work.session.scalars(
        select(Credential)
        .where(
            Credential.uid.in_(chosen),
            Credential.cohort_id == cohort.id,
            Credential.status == Status.VALID,
            ~held.exists(),
        )
        .order_by(Credential.id)
        .limit(rules.MOST + 1)
        .with_for_update(of=Credential)
    ).all()
    rules.check_many(len(found), shown)
    zone = ZoneInfo(cohort.policy["zone"])
    last = max(_day(each.issued_at, zone) for each in found)
    rules.check(handing, last, _day(work.now, zone))
    is_holder = handing.way is Way.HOLDER
    for credential in found:
        made = Delivery(
            institution_id=credential.institution_id,
            credential_id=credential.id,
            way=handing.way,
            received_by="" if is_holder else handing.received_by,
            document=handing.document,
            handed_by=handing.handed_by,
            on=handing.on,
            at=work.now,
            by_id=work.actor.person_id,
        )
        work.session.add(made)
        note(
            work,
            "credential.delivered",
            credential,
            detail={
                "number": from_json(credential.record).number,
                "way": handing.way,
                "on": handing.on.isoformat(),
            },
        )
    work.session.flush()
    return len(found)


def undo(work: Work, cohort_uid: UUID, credential_uid: UUID, reason: str) -> None:
    """A delivery that was put down by mistake counts no more; it stays on record, with why."""
    said = one_line(reason)
    if not 2 <= len(said) <= LONGEST_REASON:
        wrong = N_("Write why it is undone, in up to 500 characters.")
        raise Invalid(wrong, fields={"reason": wrong})
    row = work.session.execute(
        select(Delivery, Credential)
        .join(Credential, Credential.id == Delivery.credential_id)
        .join(Cohort, Cohort.id == Credential.cohort_id)
        .where(
            Credential.uid == credential_uid,
            Cohort.uid == cohort_uid,
            Delivery.undone_at.is_(None),
        )
        .with_for_update(of=Delivery)
    ).first()
    if row is None:
        raise NotFound()
    row.Delivery.undone_at = work.now
    row.Delivery.undone_by_id = work.actor.person_id
    row.Delivery.undo_reason = said
    detail = {"number": from_json(row.Credential.record).number, "reason": said}
    note(work, "credential.delivery_undone", row.Credential, detail=detail)


def _day(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()
