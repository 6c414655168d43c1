"""A cohort as it stands, for whoever changes it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from lms.catalog.queries.structure import CourseStructure, structure
from lms.enrollment.documents import has_documents
from lms.enrollment.models import (
    SEATED,
    Application,
    CalendarChange,
    Cohort,
    Enrollment,
    EnrollmentState,
)
from lms.enrollment.queries import opening
from lms.enrollment.queries.calendar import every_window
from lms.enrollment.queries.quotas import shares
from lms.enrollment.queries.seats import seats_taken
from lms.enrollment.rules.applying import ApplicationState
from lms.enrollment.rules.calendar import Calendar
from lms.enrollment.rules.editing import Standing
from lms.foundation.kernel.errors import NotFound
from lms.people.models import Signer

WAITING = (EnrollmentState.APPLIED, EnrollmentState.WAITLISTED)
MOST_SHOWN = 5


@dataclass(frozen=True)
class Editing:
    """A cohort with everything that decides what of it may be changed."""

    cohort: Cohort
    courses: tuple[CourseStructure, ...]
    standing: Standing
    signers: Sequence[Signer]

    @property
    def zone(self) -> str:
        return str(self.cohort.policy["zone"])

    @property
    def seen(self) -> str:
        """A word that is another once anything about the cohort is."""
        return state_of(self.cohort)


def editing(session: Session, uid: UUID, now: datetime, *, lock: bool = False) -> Editing:
    """The cohort of an address; locked, nobody else changes it until the transaction ends."""
    version = joinedload(Cohort.programme_version)
    statement = select(Cohort).where(Cohort.uid == uid).options(version)
    cohort = session.scalar(statement.with_for_update(of=Cohort) if lock else statement)
    if cohort is None:
        raise NotFound()
    courses = tuple(structure(session, each.course_version_id) for each in cohort.courses)
    day = cohort.day(min(now, cohort.ends_at))
    return Editing(
        cohort=cohort,
        courses=courses,
        standing=Standing(
            now=now,
            calendar=calendar_of(cohort, courses),
            seated=seats_taken(session, cohort.id),
            kept=sum(each.free for each in shares(session, cohort.id, now)),
            is_closed=cohort.closed_at is not None,
            has_documents=has_documents(session, cohort.id),
        ),
        signers=opening.signers_since(session, cohort.institution_id, day),
    )


def calendar_of(cohort: Cohort, courses: Sequence[CourseStructure]) -> Calendar:
    """All the dates of a cohort, every activity named whether it has some of its own or not."""
    return Calendar(
        cohort.enrollment_opens_at,
        cohort.enrollment_closes_at,
        cohort.starts_at,
        cohort.ends_at,
        tuple(every_window(courses, cohort.calendar)),
    )


def state_of(cohort: Cohort) -> str:
    """A word for everything about a cohort that can be changed."""
    says: list[Any] = [
        cohort.title,
        cohort.mode,
        cohort.door,
        cohort.capacity,
        cohort.policy,
        cohort.calendar,
        *(moment.isoformat() for moment in _whole(cohort)),
    ]
    return sha256(json.dumps(says, sort_keys=True).encode()).hexdigest()[:32]


def to_be_told(session: Session, cohort_id: int, *, seated: bool) -> int:
    """How many people hold or wait for a seat, or only wait for one or prepare to ask."""
    states = (*SEATED, *WAITING) if seated else WAITING
    enrolled = (
        select(func.count())
        .select_from(Enrollment)
        .where(Enrollment.cohort_id == cohort_id, Enrollment.state.in_(states))
        .scalar_subquery()
    )
    preparing = (
        select(func.count())
        .select_from(Application)
        .where(Application.cohort_id == cohort_id, Application.state == ApplicationState.PREPARING)
        .scalar_subquery()
    )
    return session.scalar(select(enrolled + preparing)) or 0


def next_told(session: Session, change: CalendarChange, number: int) -> Sequence[Enrollment]:
    """The next people to be told of a change, in the order they came."""
    states = (*SEATED, *WAITING) if change.to_seated else WAITING
    return session.scalars(
        select(Enrollment)
        .where(
            Enrollment.cohort_id == change.cohort_id,
            Enrollment.state.in_(states),
            Enrollment.id > change.told_up_to,
        )
        .order_by(Enrollment.id)
        .limit(number)
    ).all()


def next_preparing(session: Session, change: CalendarChange, number: int) -> Sequence[Application]:
    """The next people to be told who prepare an application, in the order they began."""
    return session.scalars(
        select(Application)
        .where(
            Application.cohort_id == change.cohort_id,
            Application.state == ApplicationState.PREPARING,
            Application.id > change.preparing_up_to,
        )
        .order_by(Application.id)
        .limit(number)
    ).all()


def last_changes(session: Session, cohort_id: int) -> Sequence[CalendarChange]:
    """The latest changes of a cohort's dates, the newest first."""
    return session.scalars(
        select(CalendarChange)
        .where(CalendarChange.cohort_id == cohort_id)
        .order_by(CalendarChange.id.desc())
        .limit(MOST_SHOWN)
    ).all()


def _whole(cohort: Cohort) -> tuple[datetime, ...]:
    return (
        cohort.enrollment_opens_at,
        cohort.enrollment_closes_at,
        cohort.starts_at,
        cohort.ends_at,
    )
