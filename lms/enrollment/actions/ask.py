"""Asking for a seat."""

from dataclasses import dataclass
from uuid import UUID

from lms.enrollment.actions.telling import tell_of
from lms.enrollment.facts import EnrollmentAdmitted
from lms.enrollment.models import Cohort, Enrollment, InvitationKey
from lms.enrollment.queries import seats as queries
from lms.enrollment.queries.asking import applicant, entrance
from lms.enrollment.queries.calls import asks
from lms.enrollment.queries.quotas import room_of
from lms.enrollment.queries.waiting import kept
from lms.enrollment.rules import asking as rules
from lms.enrollment.rules import keys, links
from lms.enrollment.rules.states import Door, EnrollmentState
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.people.models import Person
from lms.people.rules.names import name_of


@dataclass(frozen=True)
class Asked:
    """What came of asking."""

    enrollment: UUID
    state: EnrollmentState


def ask(work: Work, cohort_uid: UUID, key: str = "") -> Asked:
    """Whoever acts asks for a seat; an open door or a good key gives it at once.

    The cohort is locked first, so that the last seat is given to one person only; then the person,
    so that nobody takes a seat in two cohorts at the same moment.
    """
    cohort = queries.locked_cohort(work.session, cohort_uid)
    person = queries.locked_person(work.session, work.actor.person_id)
    before = queries.enrollment_of(work.session, cohort.id, person.id)
    held = key_held(work, cohort, key)
    state = rules.ask(
        entrance(
            cohort,
            room_of(work.session, cohort, work.now),
            requirements=int(asks(work.session, cohort.id)),
            waitlist=kept(work.session, cohort.id),
            share=held.quota_id if held is not None else None,
        ),
        applicant(work.session, cohort, person, before.state if before else None, work.now),
        queries.plain(held) if held else None,
        work.now,
        cohort.day(work.now),
    )
    if held is not None:
        held.uses_left -= 1
    share = held.quota_id if held is not None else None
    enrollment = place(work, cohort, person, state, share)
    record(
        work,
        f"enrollment.{state}",
        subject=enrollment,
        detail={"cohort": str(cohort.uid), "door": cohort.door}
        | ({"key": str(held.uid)} if held else {}),
    )
    _tell(work, cohort, enrollment, state)
    if state is EnrollmentState.ENROLLED:
        work.record(EnrollmentAdmitted(enrollment.id))
    return Asked(enrollment.uid, state)


def key_held(work: Work, cohort: Cohort, typed: str) -> InvitationKey | None:
    """The key that was typed, locked; where none is needed, one may be left out but not wrong."""
    if cohort.door != Door.KEY and not typed:
        return None
    held = queries.locked_key(work.session, cohort.id, typed)
    if held is None and cohort.door != Door.KEY:
        keys.check_key(None, work.now.date())
    return held


def place(
    work: Work, cohort: Cohort, person: Person, state: EnrollmentState, share: int | None = None
) -> Enrollment:
    """A place in the cohort for somebody who has none yet; its order is that of this moment."""
    post = queries.post_of(work.session, person.id)
    at_once = state is EnrollmentState.ENROLLED
    enrollment = Enrollment(
        institution_id=cohort.institution_id,
        cohort_id=cohort.id,
        person_id=person.id,
        sort_name=name_of(person).sort,
        municipality=post.municipality if post else "",
        state=state,
        quota_id=share,
        applied_at=work.now,
        decided_at=work.now if at_once else None,
    )
    work.session.add(enrollment)
    work.session.flush()
    return enrollment


def _tell(work: Work, cohort: Cohort, enrollment: Enrollment, state: EnrollmentState) -> None:
    if state is EnrollmentState.ENROLLED:
        template, link = "enrollment/enrolled", links.classroom(enrollment.uid)
    else:
        on_list = state is EnrollmentState.WAITLISTED
        template = "enrollment/waitlisted" if on_list else "enrollment/applied"
        link = links.programme(queries.slug_of(work.session, cohort))
    tell_of(work, cohort, enrollment, template, link)
