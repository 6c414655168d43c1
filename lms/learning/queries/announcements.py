"""What the people of a cohort are told, the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from lms.enrollment.models import HAS_SEAT, Cohort, Enrollment
from lms.foundation.kernel.errors import NotFound
from lms.foundation.web.pagination import Page
from lms.learning.models import Announcement
from lms.people.models import Institution, Person
from lms.people.rules.names import name_of

PAGE_SIZE = 20
MOST_WAITING = 50


@dataclass(frozen=True, slots=True)
class Said:
    """One announcement as it is listed."""

    uid: UUID
    title: str
    body: str
    published_at: datetime
    author: str
    told_at: datetime | None


@dataclass(frozen=True, slots=True)
class CohortLine:
    """The cohort that is written to."""

    id: int
    uid: UUID
    title: str
    institution_id: int
    zone: str
    people: int


_LIST = (
    select(
        Announcement.uid,
        Announcement.title,
        Announcement.body,
        Announcement.published_at,
        Announcement.told_at,
        Person.given_names,
        Person.first_surname,
        Person.second_surname,
    )
    .join(Person, Person.id == Announcement.author_id)
    .where(Announcement.withdrawn_at.is_(None))
    .order_by(Announcement.published_at.desc(), Announcement.id.desc())
)


def announcements(session: Session, cohort_id: int, number: int, now: datetime) -> Page[Said]:
    """One page of what a cohort was told, without what was withdrawn and what waits."""
    told = (
        Announcement.cohort_id == cohort_id,
        Announcement.withdrawn_at.is_(None),
        Announcement.published_at <= now,
    )
    total = session.scalar(select(func.count()).select_from(Announcement).where(*told))
    rows = session.execute(_LIST.where(*told).limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE))
    return Page([_said(row) for row in rows], number, PAGE_SIZE, total or 0)


def waiting(session: Session, cohort_id: int, now: datetime) -> Sequence[Said]:
    """What will be announced, the next first."""
    rows = session.execute(
        _LIST.where(Announcement.cohort_id == cohort_id, Announcement.published_at > now)
        .order_by(None)
        .order_by(Announcement.published_at, Announcement.id)
        .limit(MOST_WAITING)
    )
    return [_said(row) for row in rows]


def one_waiting(session: Session, cohort_id: int, announcement: UUID, now: datetime) -> Said:
    """One that will be announced; what is published already does not wait."""
    row = session.execute(
        _LIST.where(
            Announcement.cohort_id == cohort_id,
            Announcement.uid == announcement,
            Announcement.published_at > now,
        )
    ).first()
    if row is None:
        raise NotFound()
    return _said(row)


def cohort_line(session: Session, cohort: UUID) -> CohortLine:
    """A cohort and how many people would read what is announced in it."""
    people = (
        select(func.count())
        .select_from(Enrollment)
        .where(Enrollment.cohort_id == Cohort.id, HAS_SEAT)
        .correlate(Cohort)
        .scalar_subquery()
    )
    row = session.execute(
        select(
            Cohort.id,
            Cohort.uid,
            Cohort.title,
            Cohort.institution_id,
            Institution.zone,
            people.label("people"),
        )
        .join(Institution, Institution.id == Cohort.institution_id)
        .where(Cohort.uid == cohort)
    ).first()
    if row is None:
        raise NotFound()
    return CohortLine(*row)


def next_readers(session: Session, announcement: Announcement, most: int) -> Sequence[Any]:
    """The next people to be told, in the order of their enrollments."""
    statement: Select[*tuple[Any, ...]] = (
        select(Enrollment.id, Enrollment.uid, Enrollment.person_id)
        .where(
            Enrollment.cohort_id == announcement.cohort_id,
            HAS_SEAT,
            Enrollment.id > announcement.told_up_to,
        )
        .order_by(Enrollment.id)
        .limit(most)
    )
    return session.execute(statement).all()


def _said(row: Any) -> Said:
    return Said(
        uid=row.uid,
        title=row.title,
        body=row.body,
        published_at=row.published_at,
        author=name_of(row).short,
        told_at=row.told_at,
    )
