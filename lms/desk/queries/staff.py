"""What the staff room shows: the cohorts one sees, what waits in them, and how many run."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from lms.catalog.models import ProgrammeVersion
from lms.certificates.queries.candidates import ready_by_cohort
from lms.enrollment.models import Cohort
from lms.enrollment.queries.cohorts import APPLICATIONS_WAITING, SEATS_TAKEN, is_over

MOST = 12


@dataclass(frozen=True, slots=True)
class CohortLine:
    """A cohort that is of interest now, with what waits in it."""

    uid: UUID
    title: str
    programme: str
    starts_at: datetime
    ends_at: datetime
    seated: int
    waiting: int
    ready: int


@dataclass(frozen=True, slots=True)
class Figures:
    """All cohorts one sees, counted: those that run with their people, and what waits anywhere."""

    running: int
    people: int
    waiting: int
    ready: int


def figures(session: Session, seen: ColumnElement[bool], now: datetime) -> Figures:
    """A cohort runs from its first day to its last; nobody is counted who is in another."""
    over, ready = is_over(now), ready_by_cohort(seen).subquery()
    runs = and_(Cohort.starts_at <= now, ~over)

    def total(condition: ColumnElement[bool], many: ColumnElement[int]) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((condition, many), else_=0)), 0)

    row = session.execute(
        select(
            func.coalesce(func.sum(case((runs, 1), else_=0)), 0),
            total(runs, SEATS_TAKEN),
            total(~over, APPLICATIONS_WAITING),
            func.coalesce(func.sum(ready.c.ready), 0),
        )
        .select_from(Cohort)
        .outerjoin(ready, ready.c.cohort_id == Cohort.id)
        .where(seen)
    ).one()
    return Figures(*(int(value) for value in row))


def of_interest(
    session: Session, seen: ColumnElement[bool], now: datetime, since: datetime
) -> Sequence[CohortLine]:
    """Cohorts to come, running, lately ended or with documents to issue; what waits comes first."""
    over, ready = is_over(now), ready_by_cohort(seen).subquery()
    to_issue = func.coalesce(ready.c.ready, 0)
    # Nobody is admitted to a cohort that is over: its requests wait for nothing.
    waiting = case((over, 0), else_=APPLICATIONS_WAITING)
    rows = session.execute(
        select(
            Cohort.uid,
            Cohort.title,
            ProgrammeVersion.title.label("programme"),
            Cohort.starts_at,
            func.coalesce(Cohort.closed_at, Cohort.ends_at).label("ends_at"),
            SEATS_TAKEN.label("seated"),
            waiting.label("waiting"),
            to_issue.label("ready"),
        )
        .join(ProgrammeVersion, ProgrammeVersion.id == Cohort.programme_version_id)
        .outerjoin(ready, ready.c.cohort_id == Cohort.id)
        .where(seen, or_(and_(Cohort.ends_at > since, Cohort.closed_at.is_(None)), to_issue > 0))
        .order_by((waiting + to_issue > 0).desc(), Cohort.starts_at.desc(), Cohort.id)
        .limit(MOST)
    )
    return [CohortLine(**row) for row in rows.mappings()]
