"""The waiting list: put on, taken off, and given the seats that become free."""

from collections.abc import Collection, Sequence
from uuid import UUID

from lms.enrollment.actions.call import call_of
from lms.enrollment.actions.decide import Decided, has_ended, opened, plain, room_of
from lms.enrollment.actions.telling import tell_of
from lms.enrollment.facts import EnrollmentAdmitted
from lms.enrollment.models import Cohort, Enrollment
from lms.enrollment.queries import seats
from lms.enrollment.queries import waiting as queries
from lms.enrollment.rules import links
from lms.enrollment.rules import waiting as rules
from lms.enrollment.rules.states import EnrollmentState
from lms.enrollment.rules.waiting import Promotion
from lms.foundation.audit.actions import changed, record
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, Refused


def keep_list(work: Work, cohort_uid: UUID, *, takes: bool, promotes: Promotion) -> int:
    """How the waiting list is kept from now on; returns how many it gave a seat at once."""
    cohort = seats.locked_cohort(work.session, cohort_uid)
    rules.refuse_over(room_of(work, cohort), has_ended(work, cohort))
    call = call_of(work, cohort)
    before = {"takes": call.takes_waitlist, "promotes": call.promotes}
    call.takes_waitlist, call.promotes = takes, promotes
    work.session.flush()
    different = changed(before, {"takes": takes, "promotes": str(promotes)})
    if different is not None:
        record(work, "call.list_kept", subject=cohort, detail=different)
    return seats_freed(work, cohort)


def put_on_list(work: Work, cohort_uid: UUID, uids: Collection[UUID]) -> Decided:
    """Let people who wait for an answer wait for a seat; each is told."""
    cohort, people = opened(work, cohort_uid, uids)
    sorting = rules.put_on(room_of(work, cohort), plain(people), is_over=has_ended(work, cohort))
    chosen = [each for each in people if each.uid in sorting.granted]
    for each in chosen:
        _move(work, each, EnrollmentState.WAITLISTED, "waitlisted")
        tell_of(work, cohort, each, "enrollment/waitlisted", _programme(work, cohort))
    work.session.flush()
    seats_freed(work, cohort)
    return _named(people, sorting.granted, sorting.not_waiting)


def take_off_list(work: Work, cohort_uid: UUID, uids: Collection[UUID]) -> Decided:
    """Take back that people were put on the list: they wait for an answer, in their old place."""
    cohort, people = opened(work, cohort_uid, uids)
    sorting = rules.take_off(room_of(work, cohort), plain(people), is_over=has_ended(work, cohort))
    for each in people:
        if each.uid in sorting.granted:
            _move(work, each, EnrollmentState.APPLIED, "off_list")
            tell_of(work, cohort, each, "enrollment/off_list", _programme(work, cohort))
    return _named(people, sorting.granted, sorting.not_waiting)


def promote(work: Work, cohort_uid: UUID) -> Decided:
    """Give the seats that are free to the head of the list."""
    cohort = seats.locked_cohort(work.session, cohort_uid)
    rules.refuse_over(room_of(work, cohort), has_ended(work, cohort))
    people, promoted = _promoted(work, cohort)
    if not promoted.granted:
        raise Refused(N_("There is no free seat, or nobody on the list who could take it."))
    return _named(people, promoted.granted, promoted.passed_over)


def seats_freed(work: Work, cohort: Cohort) -> int:
    """A seat may have become free: where it is done at once, the first of the list has it.

    The cohort is locked by whoever calls. Returns how many got a seat.
    """
    kept = queries.kept(work.session, cohort.id)
    if kept.promotes is not Promotion.AUTOMATIC or not kept.many or has_ended(work, cohort):
        return 0
    return len(_promoted(work, cohort)[1].granted)


def _promoted(work: Work, cohort: Cohort) -> tuple[Sequence[Enrollment], rules.Promoted]:
    people = queries.on_list(work.session, cohort.id)
    room, locked = room_of(work, cohort), set[int]()
    while True:
        waiting = queries.plain(work.session, cohort.id, people, work.now)
        promoted = rules.promote(room, waiting)
        chosen = {each.person_id for each in people if each.uid in promoted.granted}
        if chosen <= locked:
            break
        # Nobody else seats them from here on; who was seated meanwhile is passed over.
        for person in sorted(chosen - locked):
            seats.locked_person(work.session, person)
        locked |= chosen
    for each in people:
        if each.uid in promoted.granted:
            each.decided_at, each.decided_by_id = work.now, work.actor.person_id
            _move(work, each, EnrollmentState.ENROLLED, "promoted")
            tell_of(work, cohort, each, "enrollment/promoted", links.classroom(each.uid))
            work.record(EnrollmentAdmitted(each.id))
    work.session.flush()
    return people, promoted


def _move(work: Work, enrollment: Enrollment, state: EnrollmentState, deed: str) -> None:
    before = enrollment.state
    enrollment.state = state
    record(
        work,
        f"enrollment.{deed}",
        subject=enrollment,
        detail=changed({"state": before}, {"state": str(state)}),
    )


def _programme(work: Work, cohort: Cohort) -> str:
    return links.programme(seats.slug_of(work.session, cohort))


def _named(
    people: Sequence[Enrollment], granted: Collection[UUID], others: Collection[UUID]
) -> Decided:
    names = {each.uid: each.person.full_name for each in people}
    return Decided(tuple(names[uid] for uid in granted), (), tuple(names[uid] for uid in others))
