"""Cohorts as staff and operators list them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, Select, func, select
from sqlalchemy.orm import Session

from lms.catalog.models import Programme, ProgrammeVersion
from lms.enrollment.models import SEATED, Cohort, Enrollment, EnrollmentState

MOST = 500


@dataclass(frozen=True, slots=True)
class CohortLine:
    """A cohort in a list, with how many hold a seat and how many wait for an answer."""

    uid: UUID
    key: str
    title: str
    programme: str
    mode: str
    door: str
    capacity: int | None
    enrollment_opens_at: datetime
    enrollment_closes_at: datetime
    starts_at: datetime
    ends_at: datetime
    seated: int
    waiting: int


SEATS_TAKEN = (
    select(func.count())
    .select_from(Enrollment)
    .where(Enrollment.cohort_id == Cohort.id, Enrollment.state.in_(SEATED))
    .correlate(Cohort)
    .scalar_subquery()
)
APPLICATIONS_WAITING = (
    select(func.count())
    .select_from(Enrollment)
    .where(Enrollment.cohort_id == Cohort.id, Enrollment.state == EnrollmentState.APPLIED)
    .correlate(Cohort)
    .scalar_subquery()
)


def lines() -> Select[*tuple[object, ...]]:
    """Cohorts with the columns of a `CohortLine`; filter, order and bound it."""
    return (
        select(
            Cohort.uid,
            Cohort.key,
            Cohort.title,
            ProgrammeVersion.title.label("programme"),
            Cohort.mode,
            Cohort.door,
            Cohort.capacity,
            Cohort.enrollment_opens_at,
            Cohort.enrollment_closes_at,
            Cohort.starts_at,
            Cohort.ends_at,
            SEATS_TAKEN.label("seated"),
            APPLICATIONS_WAITING.label("waiting"),
        )
        .join(Programme, Programme.id == Cohort.programme_id)
        .join(ProgrammeVersion, ProgrammeVersion.id == Cohort.programme_version_id)
    )


def summaries(
    reader: Session | Connection, programme_slug: str | None = None
) -> Sequence[CohortLine]:
    """The cohorts of the installation or of one programme, the latest to start first."""
    statement = lines().order_by(Cohort.starts_at.desc(), Cohort.id.desc()).limit(MOST)
    if programme_slug is not None:
        statement = statement.where(Programme.slug == programme_slug)
    return [CohortLine(**row) for row in reader.execute(statement).mappings()]
