"""Asking for a seat."""

from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from lms.enrollment.actions.telling import tell_of
from lms.enrollment.facts import EnrollmentAdmitted
from lms.enrollment.models import Cohort, Enrollment
from lms.enrollment.queries import seats as queries
from lms.enrollment.queries.asking import applicant, entrance
from lms.enrollment.queries.calls import asks
from lms.enrollment.rules import asking as rules
from lms.enrollment.rules import links
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
    needs_key = cohort.door == Door.KEY
    held = queries.locked_key(work.session, cohort.id, key) if needs_key else None
    state = rules.ask(
        entrance(
            cohort,
            queries.seats_taken(work.session, cohort.id),
            requirements=int(asks(work.session, cohort.id)),
        ),
        applicant(work.session, cohort, person, before.state if before else None, work.now),
        queries.plain(held) if held else None,
        work.now,
        work.now.astimezone(ZoneInfo(cohort.policy["zone"])).date(),
    )
    if held is not None:
        held.uses_left -= 1
    enrollment = place(work, cohort, person, state)
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


def place(work: Work, cohort: Cohort, person: Person, state: EnrollmentState) -> Enrollment:
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
        slug = queries.slug_of(work.session, cohort)
        template, link = "enrollment/applied", links.programme(slug)
    tell_of(work, cohort, enrollment, template, link)
