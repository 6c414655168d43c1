"""Who teaches in a cohort: appointed to it, and let go."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from lms.enrollment.models import Cohort
from lms.enrollment.queries import team as queries
from lms.enrollment.rules import links
from lms.foundation.access.roles import Role
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, NotFound, Refused
from lms.foundation.mail.actions import tell
from lms.people.actions.help_desk import Place, grant
from lms.people.models import Person
from lms.people.models.person import PersonState


@dataclass(frozen=True)
class Part:
    """Somebody's part in teaching a cohort."""

    person: UUID
    role: Role


def appoint(work: Work, cohort_uid: UUID, part: Part) -> bool:
    """Somebody teaches in this cohort from now on, and is told; says whether that is new.

    The grant reaches this cohort and no other.
    """
    cohort = work.session.scalar(select(Cohort).where(Cohort.uid == cohort_uid))
    person = work.session.scalar(select(Person).where(Person.uid == part.person))
    if cohort is None or person is None:
        raise NotFound()
    if part.role not in queries.TEACHING:
        raise Refused(N_("A cohort has teachers and tutors; other roles are held elsewhere."))
    if person.state != PersonState.ACTIVE:
        raise Refused(N_("The account of %(name)s is not in use."), name=person.full_name)
    place = Place(institution_id=cohort.institution_id, cohort_id=cohort.id)
    if not grant(work, person.id, part.role, by="registrar", place=place):
        return False
    tell(
        work,
        person.id,
        f"enrollment/appointed_{part.role}",
        link=links.desk(cohort.uid),
        institution_id=cohort.institution_id,
        cohort=cohort.title,
        programme=cohort.programme_version.title,
        starts_at=cohort.starts_at.isoformat(),
        ends_at=cohort.ends_at.isoformat(),
    )
    return True


def let_go(work: Work, cohort_uid: UUID, grant_uid: UUID) -> str:
    """Somebody teaches in this cohort no longer; what they did there stays. Returns their name."""
    cohort = work.session.scalar(select(Cohort).where(Cohort.uid == cohort_uid))
    if cohort is None:
        raise NotFound()
    held = queries.locked_grant(work.session, cohort, grant_uid, work.now)
    held.ends_at = work.now
    record(work, "grant.ended", held, detail={"role": held.role, "by": "registrar"})
    person = work.session.get_one(Person, held.person_id)
    tell(
        work,
        person.id,
        "enrollment/let_go",
        institution_id=cohort.institution_id,
        cohort=cohort.title,
        programme=cohort.programme_version.title,
    )
    return person.full_name
