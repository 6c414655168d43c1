"""What transfers read: both cohorts locked in one order, the person's places, where one may go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, contains_eager

from lms.catalog.models import CourseVersion
from lms.enrollment.models import Cohort, CohortCourse, Departure, Enrollment
from lms.enrollment.queries.cohorts import is_over
from lms.enrollment.queries.departures import STANDS
from lms.enrollment.queries.doubles import courses_taught
from lms.enrollment.queries.quotas import HELD_SEATS
from lms.enrollment.rules.seats import Room
from lms.foundation.kernel.errors import NotFound

MOST = 50


@dataclass(frozen=True, slots=True)
class Option:
    """A cohort that somebody could go on in."""

    id: int
    uid: UUID
    title: str
    starts_at: datetime
    ends_at: datetime
    room: Room


def locked_pair(session: Session, here: UUID, there: UUID) -> tuple[Cohort, Cohort]:
    """Two cohorts, locked by their ids whichever is which; nobody seats anybody in them now."""
    found = {
        each.uid: each
        for each in session.scalars(
            select(Cohort)
            .where(Cohort.uid.in_((here, there)))
            .order_by(Cohort.id)
            .with_for_update()
        )
    }
    if here not in found or there not in found or here == there:
        raise NotFound()
    return found[here], found[there]


def locked_places(
    session: Session, enrollment: UUID, here: Cohort, there: Cohort
) -> tuple[Enrollment, Enrollment | None]:
    """Somebody's place in one cohort, and in the other if they have one; locked by their ids."""
    person = select(Enrollment.person_id).where(
        Enrollment.uid == enrollment, Enrollment.cohort_id == here.id
    )
    found = {
        each.cohort_id: each
        for each in session.scalars(
            select(Enrollment)
            .join(Enrollment.person)
            .options(contains_eager(Enrollment.person))
            .where(Enrollment.person_id.in_(person), Enrollment.cohort_id.in_((here.id, there.id)))
            .order_by(Enrollment.id)
            .with_for_update(of=Enrollment)
            .execution_options(populate_existing=True)
        )
    }
    if here.id not in found:
        raise NotFound()
    return found[here.id], found.get(there.id)


def gone_to(session: Session, cohort: UUID, enrollment: UUID) -> UUID:
    """The cohort that somebody was transferred to from this one."""
    place = (
        select(Enrollment.id)
        .join(Cohort, Cohort.id == Enrollment.cohort_id)
        .where(Cohort.uid == cohort, Enrollment.uid == enrollment)
    )
    there = session.scalar(
        select(Cohort.uid)
        .join(Enrollment, Enrollment.cohort_id == Cohort.id)
        .join(Departure, Departure.to_id == Enrollment.id)
        .where(STANDS, Departure.enrollment_id.in_(place))
    )
    if there is None:
        raise NotFound()
    return there


def courses(session: Session, cohort_id: int) -> frozenset[int]:
    """The courses that a cohort teaches, in whatever version."""
    return frozenset(session.scalars(courses_taught(cohort_id)))


def options(
    session: Session, cohort_id: int, seen: ColumnElement[bool], now: datetime
) -> Sequence[Option]:
    """Where people of a cohort could go on: cohorts within reach that teach a same course and are
    not over, the first to begin first."""
    same = (
        select(CohortCourse.cohort_id)
        .join(CourseVersion, CourseVersion.id == CohortCourse.course_version_id)
        .where(CourseVersion.course_id.in_(courses_taught(cohort_id)))
    )
    rows = session.execute(
        select(
            Cohort.id,
            Cohort.uid,
            Cohort.title,
            Cohort.starts_at,
            Cohort.ends_at,
            Cohort.capacity,
            HELD_SEATS.label("held"),
        )
        .where(seen, Cohort.id.in_(same), Cohort.id != cohort_id, ~is_over(now))
        .order_by(Cohort.starts_at, Cohort.id)
        .limit(MOST),
        {"now": now},
    )
    return [
        Option(
            row.id,
            row.uid,
            row.title,
            row.starts_at,
            row.ends_at,
            Room(row.title, row.capacity, row.held),
        )
        for row in rows
    ]


def came_from(session: Session, enrollment_id: int) -> tuple[str, UUID, UUID] | None:
    """The cohort that somebody was transferred from, and their place there."""
    row = session.execute(
        select(Cohort.title, Cohort.uid, Enrollment.uid.label("enrollment"))
        .select_from(Departure)
        .join(Enrollment, Enrollment.id == Departure.enrollment_id)
        .join(Cohort, Cohort.id == Enrollment.cohort_id)
        .where(Departure.to_id == enrollment_id, STANDS)
        .order_by(Departure.id.desc())
        .limit(1)
    ).first()
    return (row.title, row.uid, row.enrollment) if row is not None else None
