"""What is needed to open a cohort: the programme as published, its institution, its signers."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from lms.catalog.models import CourseVersion, Programme, ProgrammeCourse, ProgrammeVersion
from lms.enrollment.models import Cohort
from lms.enrollment.rules.opening import MOST_SIGNERS
from lms.foundation.kernel.errors import N_, NotFound, Refused
from lms.people.models import Institution, Signer
from lms.people.rules.signing import who_signs

MOST_COURSES = 60
MOST_VERSIONS = 20
MOST_LISTED = 50
MOST_ALIKE = 1_000


def programme_and_institution(
    session: Session, slug: str, number: int | None = None
) -> tuple[ProgrammeVersion, Institution]:
    """A version of a programme, the current one unless another is named, and its institution."""
    statement = (
        select(ProgrammeVersion, Institution)
        .join(Programme, Programme.id == ProgrammeVersion.programme_id)
        .join(Institution, Institution.id == ProgrammeVersion.institution_id)
        .where(Programme.slug == slug, Programme.withdrawn_at.is_(None))
    )
    if number is None:
        statement = statement.where(ProgrammeVersion.id == Programme.current_version_id)
    else:
        statement = statement.where(ProgrammeVersion.number == number)
    row = session.execute(statement).first()
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


def versions_of(session: Session, programme_id: int) -> Sequence[ProgrammeVersion]:
    """The published versions of a programme, the latest first."""
    return session.scalars(
        select(ProgrammeVersion)
        .where(ProgrammeVersion.programme_id == programme_id)
        .order_by(ProgrammeVersion.number.desc())
        .limit(MOST_VERSIONS)
    ).all()


def signers_of(session: Session, institution_id: int, day: date) -> Sequence[Signer]:
    """Who signs for an institution on a day: whoever is in office, or their substitute."""
    everybody = session.scalars(
        select(Signer)
        .where(Signer.institution_id == institution_id)
        .order_by(Signer.order, Signer.id)
        .limit(MOST_LISTED)
    ).all()
    return who_signs(everybody, day)[:MOST_SIGNERS]


def signers_since(session: Session, institution_id: int, day: date) -> Sequence[Signer]:
    """Everybody who signs for an institution on that day or later, in the order of signing."""
    return session.scalars(
        select(Signer)
        .where(
            Signer.institution_id == institution_id,
            or_(Signer.ends_on.is_(None), Signer.ends_on >= day),
        )
        .order_by(Signer.order, Signer.id)
        .limit(MOST_LISTED)
    ).all()


def signers_named(
    session: Session, institution_id: int, uids: Collection[UUID]
) -> Sequence[Signer]:
    """These signers of an institution, in the order of signing; another's do not exist."""
    found = session.scalars(
        select(Signer)
        .where(Signer.institution_id == institution_id, Signer.uid.in_(uids))
        .order_by(Signer.order, Signer.id)
        .limit(len(uids))
    ).all()
    if len(found) != len(set(uids)):
        raise NotFound()
    return found


def keys_like(session: Session, institution_id: int, key: str) -> Sequence[str]:
    """The keys of an institution's cohorts that begin so."""
    return session.scalars(
        select(Cohort.key)
        .where(Cohort.institution_id == institution_id, Cohort.key.startswith(key, autoescape=True))
        .order_by(Cohort.key)
        .limit(MOST_ALIKE)
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
