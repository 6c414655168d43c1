"""What the staff room shows: the cohorts one sees, and what waits in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session

from lms.catalog.models import ProgrammeVersion
from lms.certificates.models import Credential
from lms.enrollment.models import Cohort, Enrollment
from lms.enrollment.queries.cohorts import APPLICATIONS_WAITING, SEATS_TAKEN
from lms.enrollment.rules.states import SEATED
from lms.grading.models import CourseResult

MOST = 12


@dataclass(frozen=True, slots=True)
class CohortLine:
    """A cohort that has not ended, with what waits in it."""

    uid: UUID
    title: str
    programme: str
    starts_at: datetime
    ends_at: datetime
    seated: int
    waiting: int
    ready: int


_READY = (
    select(func.count())
    .select_from(CourseResult)
    .join(Enrollment, Enrollment.id == CourseResult.enrollment_id)
    .where(
        Enrollment.cohort_id == Cohort.id,
        Enrollment.state.in_(SEATED),
        CourseResult.completed.is_(True),
        ~exists(
            select(Credential.id).where(
                and_(
                    Credential.enrollment_id == CourseResult.enrollment_id,
                    Credential.course_version_id == CourseResult.course_version_id,
                    Credential.status == "valid",
                )
            )
        ),
    )
    .correlate(Cohort)
    .scalar_subquery()
)


def running(session: Session, seen: ColumnElement[bool], since: datetime) -> Sequence[CohortLine]:
    """The cohorts one sees that had not ended by then, those in which something waits first."""
    waiting, ready = APPLICATIONS_WAITING.label("waiting"), _READY.label("ready")
    rows = session.execute(
        select(
            Cohort.uid,
            Cohort.title,
            ProgrammeVersion.title.label("programme"),
            Cohort.starts_at,
            Cohort.ends_at,
            SEATS_TAKEN.label("seated"),
            waiting,
            ready,
        )
        .join(ProgrammeVersion, ProgrammeVersion.id == Cohort.programme_version_id)
        .where(seen, Cohort.ends_at > since, Cohort.closed_at.is_(None))
        .order_by((APPLICATIONS_WAITING + _READY > 0).desc(), Cohort.starts_at.desc(), Cohort.id)
        .limit(MOST)
    )
    return [CohortLine(**row) for row in rows.mappings()]
