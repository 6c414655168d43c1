"""Questions of learners: one's own, those that wait in a cohort, and one with all that was said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from lms.catalog.models import CourseVersion
from lms.enrollment.models import Cohort, CohortCourse, Enrollment
from lms.enrollment.queries.team import TEACHING
from lms.foundation.access.scopes import ScopeKind
from lms.foundation.kernel.errors import NotFound
from lms.foundation.web.pagination import Page
from lms.learning.models import Inquiry, InquiryPost
from lms.people.models import Grant, Person
from lms.people.rules.names import name_of

PAGE_SIZE = 20
MOST_POSTS = 200
MOST_TEACHERS = 50


class Shown(StrEnum):
    """Which questions of a cohort its teachers look at, as addresses name it."""

    WAITING = "esperan"
    ANSWERED = "respondidas"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it is listed."""

    uid: UUID
    subject: str
    about: str
    asked_at: datetime
    last_at: datetime
    waiting_since: datetime | None
    name: str
    enrollment: UUID


@dataclass(frozen=True, slots=True)
class Post:
    """One thing that was said."""

    author: str
    of_team: bool
    body: str
    at: datetime


def answering(session: Session, cohort_id: int, now: datetime) -> Sequence[int]:
    """Who may answer: those who teach this very cohort or one of its courses."""
    courses = (
        select(CourseVersion.course_id)
        .join(CohortCourse, CohortCourse.course_version_id == CourseVersion.id)
        .where(CohortCourse.cohort_id == cohort_id)
    )
    rows = session.scalars(
        select(Grant.person_id)
        .join(Cohort, Cohort.institution_id == Grant.institution_id)
        .where(
            Cohort.id == cohort_id,
            Grant.role.in_(TEACHING),
            Grant.starts_at <= now,
            or_(Grant.ends_at.is_(None), Grant.ends_at > now),
            or_(
                and_(Grant.kind == ScopeKind.COHORT, Grant.cohort_id == cohort_id),
                and_(Grant.kind == ScopeKind.COURSE, Grant.course_id.in_(courses)),
            ),
        )
        .distinct()
        .order_by(Grant.person_id)
        .limit(MOST_TEACHERS)
    )
    return list(rows)


def own(session: Session, enrollment_id: int, number: int) -> Page[Asked]:
    """One page of what a learner has asked, the latest first."""
    mine = Inquiry.enrollment_id == enrollment_id
    latest = (Inquiry.last_at.desc(), Inquiry.id.desc())
    return _page(session, number, latest, mine)


def of_cohort(session: Session, cohort_id: int, shown: Shown, number: int) -> Page[Asked]:
    """One page of a cohort's questions: of those that wait the oldest first, else the latest."""
    waits = Inquiry.waiting_since.is_not(None)
    here = Inquiry.cohort_id == cohort_id
    if shown is Shown.WAITING:
        return _page(session, number, (Inquiry.waiting_since, Inquiry.id), here, waits)
    return _page(session, number, (Inquiry.last_at.desc(), Inquiry.id.desc()), here, ~waits)


def counts(session: Session, cohort_id: int) -> dict[Shown, int]:
    """How many wait for an answer, and how many have one."""
    waiting, total = session.execute(
        select(func.count(Inquiry.waiting_since), func.count()).where(
            Inquiry.cohort_id == cohort_id
        )
    ).one()
    return {Shown.WAITING: waiting, Shown.ANSWERED: total - waiting}


def of_learner(session: Session, enrollment_id: int, inquiry: UUID) -> Asked:
    """A question of one's own; another's does not exist."""
    return _one(session, Inquiry.uid == inquiry, Inquiry.enrollment_id == enrollment_id)


def in_cohort(session: Session, cohort: UUID, inquiry: UUID) -> Asked:
    """A question of this very cohort."""
    here = Inquiry.cohort_id == select(Cohort.id).where(Cohort.uid == cohort).scalar_subquery()
    return _one(session, Inquiry.uid == inquiry, here)


def posts(session: Session, inquiry: UUID) -> Sequence[Post]:
    """All that was said, in its order."""
    rows = session.execute(
        select(
            InquiryPost.of_team,
            InquiryPost.body,
            InquiryPost.at,
            Person.given_names,
            Person.first_surname,
            Person.second_surname,
        )
        .join(Inquiry, Inquiry.id == InquiryPost.inquiry_id)
        .join(Person, Person.id == InquiryPost.author_id)
        .where(Inquiry.uid == inquiry)
        .order_by(InquiryPost.id)
        .limit(MOST_POSTS)
    )
    return [Post(name_of(row).short, row.of_team, row.body, row.at) for row in rows]


def _lines() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Inquiry.uid,
            Inquiry.subject,
            Inquiry.about,
            Inquiry.asked_at,
            Inquiry.last_at,
            Inquiry.waiting_since,
            Enrollment.uid.label("enrollment"),
            Person.given_names,
            Person.first_surname,
            Person.second_surname,
        )
        .join(Enrollment, Enrollment.id == Inquiry.enrollment_id)
        .join(Person, Person.id == Enrollment.person_id)
    )


def _page(
    session: Session, number: int, order: tuple[Any, ...], *conditions: ColumnElement[bool]
) -> Page[Asked]:
    total = session.scalar(select(func.count()).select_from(Inquiry).where(*conditions)) or 0
    rows = session.execute(
        _lines()
        .where(*conditions)
        .order_by(*order)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    return Page([_asked(row) for row in rows], number, PAGE_SIZE, total)


def _one(session: Session, *conditions: ColumnElement[bool]) -> Asked:
    row = session.execute(_lines().where(*conditions)).first()
    if row is None:
        raise NotFound()
    return _asked(row)


def _asked(row: Any) -> Asked:
    return Asked(
        uid=row.uid,
        subject=row.subject,
        about=row.about,
        asked_at=row.asked_at,
        last_at=row.last_at,
        waiting_since=row.waiting_since,
        name=name_of(row).full,
        enrollment=row.enrollment,
    )
