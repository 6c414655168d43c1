"""Withdrawals, of one person or of many, and taking one back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.enrollment.actions.telling import tell_of
from lms.enrollment.actions.waiting import seats_freed
from lms.enrollment.facts import EnrollmentReturned
from lms.enrollment.models import Departure, Enrollment
from lms.enrollment.queries import departures as queries
from lms.enrollment.queries import seats
from lms.enrollment.queries.quotas import room_of
from lms.enrollment.rules import departures as rules
from lms.enrollment.rules import links
from lms.enrollment.rules.states import EnrollmentState
from lms.foundation.audit.actions import changed, record
from lms.foundation.db.work import Work
from lms.foundation.files.actions import refer
from lms.foundation.files.attachment import Attachment
from lms.foundation.kernel.errors import Refused
from lms.foundation.kernel.text import one_line


@dataclass(frozen=True, slots=True)
class Why:
    """From which day, for which cause, in words, and the document that shows it, if any."""

    left_on: date
    cause: str
    reason: str
    document: Attachment | None = None


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Names: who is withdrawn now, and who was passed over."""

    left: tuple[str, ...]
    stayed: tuple[str, ...]


def withdraw(work: Work, cohort_uid: UUID, uids: Collection[UUID], why: Why) -> Withdrawn:
    """Withdraw those who still study; their seats are free at once, what they did stays on record.

    An attempt that runs goes on to its end; no other can be begun. The cohort is locked first, then
    its people, so that nobody completes it at the same moment.
    """
    cohort = seats.locked_cohort(work.session, cohort_uid)
    people = queries.locked(work.session, cohort.id, uids)
    reason = one_line(why.reason)
    found = rules.withdraw(
        cohort.title,
        [queries.leaver(each, cohort) for each in people],
        left_on=why.left_on,
        cause=why.cause,
        reason=reason,
        today=cohort.day(work.now),
        is_closed=cohort.closed_at is not None,
    )
    if why.document is not None:
        refer(work, why.document.stored)
    names = {each.uid: each.person.full_name for each in people}
    for enrollment in people:
        if enrollment.uid in found.leave:
            departure = depart(work, enrollment, EnrollmentState.WITHDRAWN, why)
            work.session.add(departure)
            tell_of(
                work,
                cohort,
                enrollment,
                "enrollment/withdrawn",
                links.left(enrollment.uid),
                reason=reason,
                left_on=why.left_on.isoformat(),
            )
    work.session.flush()
    seats_freed(work, cohort)
    return Withdrawn(
        tuple(names[uid] for uid in found.leave), tuple(names[uid] for uid in found.stay)
    )


def depart(work: Work, enrollment: Enrollment, state: EnrollmentState, why: Why) -> Departure:
    """Somebody does not study here any more; the log says why, and what the state was."""
    before, reason = enrollment.state, one_line(why.reason)
    departure = Departure(
        institution_id=enrollment.institution_id,
        enrollment_id=enrollment.id,
        before=before,
        left_on=why.left_on,
        cause=why.cause,
        reason=reason,
        document_sha256=why.document.stored.sha256 if why.document else None,
        document_name=why.document.name if why.document else "",
        at=work.now,
        by_id=work.actor.person_id,
    )
    enrollment.state = state
    enrollment.reason = reason
    enrollment.progress_version += 1
    detail = changed({"state": before}, {"state": str(state)}) or {}
    record(
        work,
        f"enrollment.{state}",
        subject=enrollment,
        detail=detail
        | {"left_on": why.left_on.isoformat(), "cause": why.cause}
        | ({"file": departure.document_sha256} if departure.document_sha256 else {}),
        personal={"reason": reason},
    )
    return departure


def take_back(work: Work, cohort_uid: UUID, enrollment_uid: UUID, reason: str) -> str:
    """A withdrawal does not hold any more: the person has a seat again, and all they had done.

    Returns their name. Refused when no seat is free; the cohort is locked first, so that the last
    one is given once.
    """
    cohort = seats.locked_cohort(work.session, cohort_uid)
    (enrollment,) = queries.locked(work.session, cohort.id, [enrollment_uid])
    reason = one_line(reason)
    rules.take_back(
        room_of(work.session, cohort, work.now),
        enrollment.state,
        reason,
        share=enrollment.quota_id,
        is_closed=cohort.closed_at is not None,
    )
    come_back(work, enrollment, reason)
    work.record(EnrollmentReturned(enrollment.id))
    tell_of(
        work,
        cohort,
        enrollment,
        "enrollment/readmitted",
        links.classroom(enrollment.uid),
        reason=reason,
    )
    return enrollment.person.full_name


def come_back(work: Work, enrollment: Enrollment, reason: str) -> Departure:
    """Somebody who had left studies here again, as they stood until then."""
    departure = queries.standing(work.session, enrollment.id)
    if departure is None:
        raise Refused(rules.NOT_GONE)
    departure.taken_back_at = work.now
    departure.taken_back_by_id = work.actor.person_id
    departure.taken_back_reason = reason
    before = enrollment.state
    enrollment.state = departure.before
    enrollment.reason = None
    enrollment.progress_version += 1
    record(
        work,
        "enrollment.returned",
        subject=enrollment,
        detail=changed({"state": before}, {"state": enrollment.state}),
        personal={"reason": reason},
    )
    work.session.flush()
    return departure
