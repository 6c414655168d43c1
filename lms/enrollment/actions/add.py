"""Adding people to a cohort: enrolled by the registrar, with an account of their own or invited."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from lms.enrollment.actions.telling import about, tell_of
from lms.enrollment.facts import EnrollmentAdmitted
from lms.enrollment.formats.entries import Entry, Read
from lms.enrollment.models import Cohort, Enrollment
from lms.enrollment.queries import seats as queries
from lms.enrollment.queries.matching import Checked, check
from lms.enrollment.queries.quotas import room_of
from lms.enrollment.rules import links
from lms.enrollment.rules.roster import DOES, Outcome
from lms.enrollment.rules.states import EnrollmentState
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, Refused
from lms.foundation.mail.actions import notify, write
from lms.people.actions import invite
from lms.people.models import Institution, Person, Post
from lms.people.models.person import PersonState
from lms.people.queries import accounts
from lms.people.queries.directory import at_address
from lms.people.rules.names import name_of


@dataclass(frozen=True)
class Added:
    """What became of somebody, and their place if they have one."""

    checked: Checked
    enrollment: Enrollment | None

    @property
    def outcome(self) -> Outcome:
        return self.checked.outcome


def add_one(work: Work, cohort_uid: UUID, entry: Entry) -> Added:
    """Enrol one person now; refused with the reason when that cannot be."""
    cohort = queries.locked_cohort(work.session, cohort_uid)
    added = add(work, cohort, entry)
    if added.outcome not in DOES:
        raise Refused(*_reason(added.checked, cohort))
    return added


def add(work: Work, cohort: Cohort, entry: Entry) -> Added:
    """What the list says of somebody is done, if it still can be.

    The cohort is locked by whoever calls, so that the last seat is given to one person only.
    """
    refuse_over(work, cohort)
    institution = work.session.get_one(Institution, cohort.institution_id)
    room = room_of(work.session, cohort, work.now)
    (checked,) = check(work.session, cohort.id, room.left, [(1, entry)], institution)
    if checked.outcome not in DOES:
        return Added(checked, None)
    try:
        with work.session.begin_nested():
            person = _person(work, institution, checked)
    except IntegrityError:
        # Another institution or cohort invited the same person at this moment: they are here now.
        (checked,) = check(work.session, cohort.id, room.left, [(1, entry)], institution)
        if checked.outcome not in DOES or checked.person_id is None:
            return Added(checked, None)
        person = _person(work, institution, checked)
    enrollment = _seated(work, cohort, person, checked.read)
    _tell(work, cohort, enrollment, person)
    work.record(EnrollmentAdmitted(enrollment.id))
    return Added(checked, enrollment)


def refuse_over(work: Work, cohort: Cohort) -> None:
    """Nobody is added to a cohort that has ended."""
    if cohort.closed_at is not None or work.now >= cohort.ends_at:
        raise Refused(N_("%(cohort)s has ended: nobody is added any more."), cohort=cohort.title)


def _reason(checked: Checked, cohort: Cohort) -> tuple[str, ...]:
    match checked.outcome:
        case Outcome.ALREADY:
            return (N_("This person is enrolled already."),)
        case Outcome.NO_SEAT:
            return (N_("All seats of the cohort are taken."),)
    return (N_("This person cannot be enrolled like this: look at what is marked."),)


def _person(work: Work, institution: Institution, checked: Checked) -> Person:
    read = checked.read
    if checked.person_id is not None:
        person = accounts.locked(work.session, checked.person_id)
        if person.state == PersonState.PENDING:
            invite.take_in(work, person)
        return person
    entry = read.entry
    post = None
    if entry.municipality or entry.position:
        post = Post(
            country=institution.country,
            region=entry.region,
            municipality=entry.municipality,
            position=entry.position,
        )
    new = read.new_person(institution.country, institution.locale.split("_")[0])
    return invite.invite(work, new, by="registrar", post=post)


def _seated(work: Work, cohort: Cohort, person: Person, read: Read) -> Enrollment:
    enrollment = queries.enrollment_of(work.session, cohort.id, person.id)
    before = enrollment.state if enrollment is not None else None
    if enrollment is None:
        post = queries.post_of(work.session, person.id)
        enrollment = Enrollment(
            institution_id=cohort.institution_id,
            cohort_id=cohort.id,
            person_id=person.id,
            sort_name=name_of(person).sort,
            municipality=read.entry.municipality or (post.municipality if post else ""),
            applied_at=work.now,
        )
        work.session.add(enrollment)
    enrollment.state = EnrollmentState.ENROLLED
    enrollment.decided_at = work.now
    enrollment.decided_by_id = work.actor.person_id
    enrollment.reason = None
    work.session.flush()
    record(
        work,
        "enrollment.added",
        subject=enrollment,
        detail={
            "cohort": str(cohort.uid),
            "before": {"state": before} if before else None,
            "after": {"state": enrollment.state},
        },
    )
    return enrollment


def _tell(work: Work, cohort: Cohort, enrollment: Enrollment, person: Person) -> None:
    """On the site always; by mail, whoever has not come in yet gets the link that lets them in."""
    classroom = links.classroom(enrollment.uid)
    if person.state != PersonState.INVITED:
        tell_of(work, cohort, enrollment, "enrollment/added", classroom)
        return
    notify(work, person.id, "enrollment/added", link=classroom, **about(cohort))
    email = accounts.email_of(work.session, person.id)
    if email is None:
        return
    write(
        work,
        at_address(work.session, email.value, language=person.language, zone=person.zone),
        "enrollment/invited",
        person_id=person.id,
        institution_id=cohort.institution_id,
        link=links.invitation(invite.secret_for(work, person)),
        secret=True,
        name=person.short_name,
        **about(cohort),
    )
