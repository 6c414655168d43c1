"""Taking back what was decided about requests: each waits for an answer again in its old place."""

from collections.abc import Collection, Sequence
from uuid import UUID

from lms.enrollment.actions.decide import (
    Decided,
    decided,
    has_ended,
    opened,
    plain,
    room_of,
    those,
)
from lms.enrollment.actions.telling import tell_of
from lms.enrollment.actions.waiting import seats_freed
from lms.enrollment.models import Cohort, Enrollment
from lms.enrollment.queries import seats as queries
from lms.enrollment.rules import links
from lms.enrollment.rules import seats as rules
from lms.enrollment.rules.states import EnrollmentState
from lms.foundation.audit.actions import changed, record
from lms.foundation.db.work import Work
from lms.foundation.kernel.text import one_line


def reopen(work: Work, cohort_uid: UUID, uids: Collection[UUID]) -> Decided:
    """Take back that requests were declined: they wait again, each in its old place."""
    cohort, requests = opened(work, cohort_uid, uids)
    sorting = rules.reopen(room_of(work, cohort), plain(requests), is_over=has_ended(work, cohort))
    _wait_again(work, cohort, those(requests, sorting.granted), "reopened", "")
    return decided(requests, sorting)


def take_back(work: Work, cohort_uid: UUID, uids: Collection[UUID], reason: str) -> Decided:
    """Take back admissions with which nothing was done, for a reason that each person is told."""
    cohort, requests = opened(work, cohort_uid, uids)
    reason = one_line(reason)
    sorting = rules.take_back(
        room_of(work, cohort), plain(requests, work), reason, is_over=has_ended(work, cohort)
    )
    chosen = those(requests, sorting.granted)
    _wait_again(work, cohort, chosen, "admission_taken_back", reason)
    work.session.flush()
    seats_freed(work, cohort)
    return decided(requests, sorting)


def _wait_again(
    work: Work, cohort: Cohort, requests: Sequence[Enrollment], deed: str, reason: str
) -> None:
    link = links.programme(queries.slug_of(work.session, cohort))
    for enrollment in requests:
        before = enrollment.state
        enrollment.state = EnrollmentState.APPLIED
        enrollment.decided_at = enrollment.decided_by_id = enrollment.reason = None
        record(
            work,
            f"enrollment.{deed}",
            subject=enrollment,
            detail=changed({"state": before}, {"state": str(EnrollmentState.APPLIED)}),
            personal={"reason": reason} if reason else None,
        )
        tell_of(work, cohort, enrollment, f"enrollment/{deed}", link, reason=reason)
