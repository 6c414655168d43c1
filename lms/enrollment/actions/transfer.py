"""Transfers to another cohort, and undoing one."""

from dataclasses import dataclass
from uuid import UUID

from lms.enrollment.actions.telling import tell_of
from lms.enrollment.actions.waiting import seats_freed
from lms.enrollment.actions.withdraw import Why, come_back, depart
from lms.enrollment.documents import has_documents
from lms.enrollment.facts import EnrollmentTransferred, TransferUndone
from lms.enrollment.models import Cohort, Enrollment
from lms.enrollment.queries import departures
from lms.enrollment.queries import transfers as queries
from lms.enrollment.queries.quotas import room_of
from lms.enrollment.rules import links
from lms.enrollment.rules import transfers as rules
from lms.enrollment.rules.departures import NOT_GONE
from lms.enrollment.rules.states import EnrollmentState
from lms.foundation.audit.actions import changed, record
from lms.foundation.db.work import Work
from lms.foundation.files.actions import refer
from lms.foundation.kernel.errors import Refused
from lms.foundation.kernel.text import one_line


@dataclass(frozen=True, slots=True)
class Transferred:
    """Who, where to, and their place there."""

    name: str
    cohort: str
    cohort_uid: UUID
    enrollment: UUID


def transfer(
    work: Work, cohort_uid: UUID, enrollment_uid: UUID, to_uid: UUID, why: Why
) -> Transferred:
    """Somebody goes on in another cohort, with what both teach; their seat here is free.

    Both cohorts are locked first, in the order of their ids, so that no seat is given twice.
    """
    cohort, target = queries.locked_pair(work.session, cohort_uid, to_uid)
    enrollment, there = queries.locked_places(work.session, enrollment_uid, cohort, target)
    reason = one_line(why.reason)
    rules.transfer(
        rules.Origin(
            title=cohort.title,
            is_closed=cohort.closed_at is not None,
            courses=queries.courses(work.session, cohort.id),
            state=enrollment.state,
            since=departures.leaver(enrollment, cohort).since,
            has_documents=has_documents(work.session, cohort.id, enrollment.id),
        ),
        rules.Destination(
            room=room_of(work.session, target, work.now),
            share=there.quota_id if there is not None else None,
            is_over=target.closed_at is not None or work.now >= target.ends_at,
            courses=queries.courses(work.session, target.id),
            state=there.state if there is not None else None,
        ),
        left_on=why.left_on,
        cause=why.cause,
        reason=reason,
        today=cohort.day(work.now),
    )
    if why.document is not None:
        refer(work, why.document.stored)
    departure = depart(work, enrollment, EnrollmentState.TRANSFERRED, why)
    there = _seated(work, target, enrollment, there)
    departure.to_id = there.id
    work.session.add(departure)
    work.session.flush()
    work.record(EnrollmentTransferred(enrollment.id, there.id))
    tell_of(
        work,
        target,
        there,
        "enrollment/transferred",
        links.classroom(there.uid),
        reason=reason,
        from_cohort=cohort.title,
    )
    seats_freed(work, cohort)
    return Transferred(enrollment.person.full_name, target.title, target.uid, there.uid)


def undo(work: Work, cohort_uid: UUID, enrollment_uid: UUID, reason: str) -> str:
    """A transfer does not hold any more: the person studies where they did before.

    Returns their name. Refused when something was done in the other cohort, or no seat is free.
    """
    other = queries.gone_to(work.session, cohort_uid, enrollment_uid)
    cohort, target = queries.locked_pair(work.session, cohort_uid, other)
    enrollment, there = queries.locked_places(work.session, enrollment_uid, cohort, target)
    standing = departures.standing(work.session, enrollment.id)
    if standing is None or there is None or standing.to_id != there.id:
        raise Refused(NOT_GONE)
    reason = one_line(reason)
    rules.undo(
        room_of(work.session, cohort, work.now),
        enrollment.state,
        reason,
        share=enrollment.quota_id,
        is_closed=cohort.closed_at is not None,
        moved_at=standing.at,
        state_there=there.state,
        last_seen_there=there.last_seen_at,
        has_documents_there=has_documents(work.session, target.id, there.id),
    )
    before, there.state = there.state, EnrollmentState.TRANSFERRED
    there.reason = reason
    there.progress_version += 1
    record(
        work,
        "enrollment.transferred",
        subject=there,
        detail=changed({"state": before}, {"state": str(there.state)}),
        personal={"reason": reason},
    )
    come_back(work, enrollment, reason)
    work.record(TransferUndone(enrollment.id, there.id, standing.at))
    tell_of(
        work,
        cohort,
        enrollment,
        "enrollment/transfer_undone",
        links.classroom(enrollment.uid),
        reason=reason,
        from_cohort=target.title,
    )
    seats_freed(work, target)
    return enrollment.person.full_name


def _seated(
    work: Work, target: Cohort, enrollment: Enrollment, there: Enrollment | None
) -> Enrollment:
    """A place in the other cohort; whoever waits there already has it from now on."""
    before = there.state if there is not None else None
    if there is None:
        there = Enrollment(
            institution_id=target.institution_id,
            cohort_id=target.id,
            person_id=enrollment.person_id,
            sort_name=enrollment.sort_name,
            municipality=enrollment.municipality,
            applied_at=work.now,
        )
        work.session.add(there)
    there.state = EnrollmentState.ENROLLED
    there.decided_at = work.now
    there.decided_by_id = work.actor.person_id
    there.reason = None
    there.last_activity_key = enrollment.last_activity_key
    there.last_block = enrollment.last_block
    there.last_seen_at = enrollment.last_seen_at
    work.session.flush()
    record(
        work,
        "enrollment.added",
        subject=there,
        detail={
            "cohort": str(target.uid),
            "before": {"state": before} if before else None,
            "after": {"state": str(there.state)},
        },
    )
    return there
