"""The registrar's answer to requests, to one or to many."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from lms.enrollment.actions.telling import tell_of
from lms.enrollment.documents import has_documents
from lms.enrollment.facts import EnrollmentAdmitted
from lms.enrollment.models import Cohort, Enrollment
from lms.enrollment.queries import quotas
from lms.enrollment.queries import seats as queries
from lms.enrollment.queries.requests import has_begun
from lms.enrollment.rules import links
from lms.enrollment.rules import seats as rules
from lms.enrollment.rules.states import EnrollmentState
from lms.foundation.audit.actions import changed, record
from lms.foundation.db.work import Work
from lms.foundation.kernel.text import one_line


@dataclass(frozen=True)
class Decided:
    """Names by what became of them, each in the order of arrival."""

    granted: tuple[str, ...]
    without_seat: tuple[str, ...]
    not_waiting: tuple[str, ...]


def admit(work: Work, cohort_uid: UUID, uids: Collection[UUID]) -> Decided:
    """Give the seats that remain to those who asked first; the others keep waiting.

    The cohort is locked first, so that no seat is given twice, by whomever and however often.
    """
    cohort, requests = opened(work, cohort_uid, uids)
    sorting = rules.admit(room_of(work, cohort), plain(requests), is_over=has_ended(work, cohort))
    for enrollment in those(requests, sorting.granted):
        enrollment.reason = None
        _decide(work, enrollment, EnrollmentState.ENROLLED)
        tell_of(work, cohort, enrollment, "enrollment/admitted", links.classroom(enrollment.uid))
        work.record(EnrollmentAdmitted(enrollment.id))
    return decided(requests, sorting)


def decline(
    work: Work, cohort_uid: UUID, uids: Collection[UUID], reason: str, why: str = ""
) -> Decided:
    """Decline requests, for a reason that each person is told."""
    cohort, requests = opened(work, cohort_uid, uids)
    reason = one_line(reason)
    sorting = rules.decline(
        room_of(work, cohort), plain(requests), reason, is_over=has_ended(work, cohort)
    )
    link = links.programme(queries.slug_of(work.session, cohort))
    for enrollment in those(requests, sorting.granted):
        enrollment.reason = reason
        _decide(work, enrollment, EnrollmentState.DECLINED, why)
        tell_of(work, cohort, enrollment, "enrollment/declined", link, reason=reason)
    return decided(requests, sorting)


def opened(
    work: Work, cohort_uid: UUID, uids: Collection[UUID]
) -> tuple[Cohort, Sequence[Enrollment]]:
    """The cohort, locked, with these requests of it."""
    cohort = queries.locked_cohort(work.session, cohort_uid)
    return cohort, queries.requests(work.session, cohort.id, uids)


def _decide(work: Work, enrollment: Enrollment, state: EnrollmentState, why: str = "") -> None:
    before = enrollment.state
    enrollment.state = state
    enrollment.decided_at = work.now
    enrollment.decided_by_id = work.actor.person_id
    deed = "enrollment.admitted" if state is EnrollmentState.ENROLLED else "enrollment.declined"
    record(
        work,
        deed,
        subject=enrollment,
        detail=(changed({"state": before}, {"state": str(state)}) or {})
        | ({"why": why} if why else {}),
        personal={"reason": enrollment.reason} if enrollment.reason else None,
    )


def room_of(work: Work, cohort: Cohort) -> rules.Room:
    """The seats of a cohort that is locked."""
    return quotas.room_of(work.session, cohort, work.now)


def has_ended(work: Work, cohort: Cohort) -> bool:
    """Whether nobody is decided about any more."""
    return cohort.closed_at is not None or work.now >= cohort.ends_at


def plain(requests: Sequence[Enrollment], work: Work | None = None) -> list[rules.Request]:
    """Requests as the rules see them; with ``work`` also whether documents rest on them."""
    return [
        rules.Request(
            each.uid,
            each.state,
            each.applied_at,
            has_begun(each)
            or (work is not None and has_documents(work.session, each.cohort_id, each.id)),
            each.quota_id,
        )
        for each in requests
    ]


def those(requests: Sequence[Enrollment], uids: Collection[UUID]) -> list[Enrollment]:
    """Of these requests, those that are named."""
    return [each for each in requests if each.uid in uids]


def decided(requests: Sequence[Enrollment], sorting: rules.Sorting) -> Decided:
    """What became of requests, by the names of their people."""
    names = {each.uid: each.person.full_name for each in requests}
    return Decided(
        tuple(names[uid] for uid in sorting.granted),
        tuple(names[uid] for uid in sorting.without_seat),
        tuple(names[uid] for uid in sorting.not_waiting),
    )
