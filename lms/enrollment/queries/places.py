"""Where a cohort or an enrollment stands: institution, courses, person. One statement each."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, select
from sqlalchemy.orm import Session

from lms.catalog.models import CourseVersion, Programme
from lms.enrollment.models import Cohort, CohortCourse, Enrollment
from lms.foundation.access.scopes import Scope
from lms.foundation.kernel.errors import NotFound
from lms.people.models import Institution
from lms.people.queries.institutions import above

_COHORT = (
    select(
        Cohort.id.label("cohort_id"),
        Cohort.institution_id,
        Institution.parent_id,
        CourseVersion.course_id,
    )
    .join(Institution, Institution.id == Cohort.institution_id)
    .outerjoin(CohortCourse, CohortCourse.cohort_id == Cohort.id)
    .outerjoin(CourseVersion, CourseVersion.id == CohortCourse.course_version_id)
)
_BY_COHORT = _COHORT.where(Cohort.uid == bindparam("uid", type_=Cohort.uid.type))
_BY_ENROLLMENT = (
    _COHORT.add_columns(Enrollment.person_id)
    .join(Enrollment, Enrollment.cohort_id == Cohort.id)
    .where(Enrollment.uid == bindparam("uid", type_=Enrollment.uid.type))
)
_BY_SLUG = (
    select(Programme.institution_id, Institution.parent_id)
    .join(Institution, Institution.id == Programme.institution_id)
    .where(Programme.slug == bindparam("slug"), Programme.withdrawn_at.is_(None))
)


def cohort_place(reader: Session | Connection, uid: UUID) -> Scope:
    """The place of a cohort, as grants see it."""
    return _scope(reader, reader.execute(_BY_COHORT, {"uid": uid}).all(), None)


def enrollment_place(reader: Session | Connection, uid: UUID) -> Scope:
    """The place of an enrollment: its person's own, and its cohort's for whoever teaches there."""
    rows = reader.execute(_BY_ENROLLMENT, {"uid": uid}).all()
    return _scope(reader, rows, rows[0].person_id if rows else None)


def programme_place(reader: Session | Connection, slug: str) -> Scope:
    """The place of a programme: the institution whose it is."""
    row = reader.execute(_BY_SLUG, {"slug": slug}).first()
    if row is None:
        raise NotFound()
    return Scope(institution_id=row.institution_id, institutions_above=above(reader, row.parent_id))


def _scope(
    reader: Session | Connection, rows: Sequence[Row[*tuple[Any, ...]]], person_id: int | None
) -> Scope:
    if not rows:
        raise NotFound()
    first = rows[0]
    return Scope(
        institution_id=first.institution_id,
        person_id=person_id,
        cohort_id=first.cohort_id,
        course_ids=frozenset(row.course_id for row in rows if row.course_id is not None),
        institutions_above=above(reader, first.parent_id),
    )
