"""What is needed to open a cohort: the programme as published, its institution, its signers."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from lms.catalog.models import CourseVersion, Programme, ProgrammeCourse, ProgrammeVersion
from lms.enrollment.models import Cohort
from lms.foundation.kernel.errors import N_, NotFound, Refused
from lms.people.models import Institution, Signer

MOST_COURSES = 60


def programme_and_institution(session: Session, slug: str) -> tuple[ProgrammeVersion, Institution]:
    """The published version of a programme and the institution that owns it."""
    row = session.execute(
        select(ProgrammeVersion, Institution)
        .join(Programme, Programme.current_version_id == ProgrammeVersion.id)
        .join(Institution, Institution.id == ProgrammeVersion.institution_id)
        .where(Programme.slug == slug, Programme.withdrawn_at.is_(None))
    ).first()
    if row is None:
        raise NotFound(N_("There is no published programme %(slug)s."), slug=slug)
    return row[0], row[1]


def courses_of(session: Session, programme_version_id: int) -> Sequence[CourseVersion]:
    """The course versions of a programme version, in its order."""
    return session.scalars(
        select(CourseVersion)
        .join(ProgrammeCourse, ProgrammeCourse.course_version_id == CourseVersion.id)
        .where(ProgrammeCourse.programme_version_id == programme_version_id)
        .order_by(ProgrammeCourse.position)
        .limit(MOST_COURSES)
    ).all()


def signers_of(session: Session, institution_id: int, day: date) -> Sequence[Signer]:
    """Who signs for an institution on a day, within their term of office."""
    return session.scalars(
        select(Signer)
        .where(
            Signer.institution_id == institution_id,
            Signer.starts_on <= day,
            or_(Signer.ends_on.is_(None), Signer.ends_on >= day),
        )
        .order_by(Signer.order, Signer.id)
        .limit(6)
    ).all()


def cohort_named(session: Session, name: str) -> Cohort:
    """A cohort by its key or its uid, for the command line."""
    found = session.scalars(_named(name)).all()
    if not found:
        raise NotFound(N_("There is no cohort %(name)s."), name=name)
    if len(found) > 1:
        raise Refused(
            N_("Several institutions have a cohort %(name)s. Name it by its uid."), name=name
        )
    return found[0]


def _named(name: str) -> Select[Cohort]:
    statement = select(Cohort).order_by(Cohort.id).limit(2)
    try:
        return statement.where(Cohort.uid == UUID(name))
    except ValueError:
        return statement.where(Cohort.key == name)
