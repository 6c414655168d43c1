"""Cohorts as staff and operators list them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from lms.catalog.models import Programme, ProgrammeVersion
from lms.enrollment.models import HAS_SEAT, Application, Cohort, Enrollment, EnrollmentState
from lms.enrollment.rules.applying import ApplicationState
from lms.foundation.kernel.text import fold, like

MOST = 500
PAGE_SIZE = 20


class Phase(StrEnum):
    """Where a cohort stands in time, as staff filter the list."""

    TAKING = "inscribiendo"
    RUNNING = "en-curso"
    OVER = "terminadas"


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
    zone: str
    seated: int
    waiting: int


SEATS_TAKEN = (
    select(func.count())
    .select_from(Enrollment)
    .where(Enrollment.cohort_id == Cohort.id, HAS_SEAT)
    .correlate(Cohort)
    .scalar_subquery()
)
# Who corrects what was sent back does not wait for the registrar: the registrar waits for them.
WAITS: ColumnElement[bool] = and_(
    Enrollment.state == EnrollmentState.APPLIED,
    ~exists().where(
        Application.enrollment_id == Enrollment.id,
        Application.state == ApplicationState.CORRECTING,
    ),
)
"""Whether somebody waits for an answer of the registrar."""
APPLICATIONS_WAITING = (
    select(func.count())
    .select_from(Enrollment)
    .where(Enrollment.cohort_id == Cohort.id, WAITS)
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
            Cohort.policy["zone"].as_string().label("zone"),
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


def page(
    reader: Session | Connection,
    seen: ColumnElement[bool],
    *,
    text: str,
    phase: Phase | None,
    now: datetime,
    number: int,
) -> tuple[Sequence[CohortLine], int]:
    """One page of the cohorts that somebody sees, the latest first, and how many in all."""
    conditions = [seen, *(named(word) for word in fold(text).split())]
    if phase is not None:
        conditions.append(_in_phase(phase, now))
    total = reader.execute(
        select(func.count())
        .select_from(Cohort)
        .join(ProgrammeVersion, ProgrammeVersion.id == Cohort.programme_version_id)
        .where(*conditions)
    ).scalar_one()
    rows = reader.execute(
        lines()
        .where(*conditions)
        .order_by(Cohort.starts_at.desc(), Cohort.id.desc())
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    return [CohortLine(**row) for row in rows.mappings()], total


def named(word: str) -> ColumnElement[bool]:
    """The condition on cohorts joined with their programme to bear this word."""
    pattern = like(word)
    return or_(
        Cohort.title_folded.like(pattern, escape="\\"),
        Cohort.key.like(pattern, escape="\\"),
        ProgrammeVersion.title_folded.like(pattern, escape="\\"),
    )


def is_over(now: datetime) -> ColumnElement[bool]:
    """Whether a cohort has ended, on its last day or closed by hand before it."""
    return or_(Cohort.ends_at <= now, Cohort.closed_at.is_not(None))


def _in_phase(phase: Phase, now: datetime) -> ColumnElement[bool]:
    over = is_over(now)
    match phase:
        case Phase.TAKING:
            return and_(Cohort.enrollment_opens_at <= now, Cohort.enrollment_closes_at > now, ~over)
        case Phase.RUNNING:
            return and_(Cohort.starts_at <= now, ~over)
        case Phase.OVER:
            return over
