"""Marks written by hand: those that stand, and everything that was ever written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from lms.catalog.activity import ActivityState
from lms.catalog.activity import Progress as How
from lms.catalog.queries.structure import CourseStructure
from lms.foundation.kernel.points import SCALE, Ratio
from lms.grading.models import Entry
from lms.grading.rules.policy import grading_of
from lms.learning.queries.places import Learner
from lms.learning.queries.states import States
from lms.people.models import Person
from lms.people.rules.names import name_of

MOST = 2_000
ENTRY_STANDS: ColumnElement[bool] = Entry.revoked_at.is_(None)


@dataclass(frozen=True, slots=True)
class Written:
    """One mark that was written by hand."""

    uid: UUID
    course_id: int
    key: str
    ratio: Ratio
    before: Ratio | None
    reason: str
    at: datetime
    by: str = ""
    revoked_at: datetime | None = None
    revoked_reason: str = ""

    @property
    def stands(self) -> bool:
        return self.revoked_at is None


Entered = Mapping[tuple[int, str], Written]
"""What stands of one person, by course and key of the activity or column."""


def entered(session: Session, enrollment_id: int) -> Entered:
    """The marks by hand that stand for an enrollment, in one statement."""
    rows = session.execute(
        select(Entry)
        .where(Entry.enrollment_id == enrollment_id, ENTRY_STANDS)
        .order_by(Entry.id)
        .limit(MOST)
    ).scalars()
    return {(row.course_id, row.item_key): _written(row) for row in rows}


def history(session: Session, enrollment_id: int) -> Sequence[Written]:
    """Every mark by hand of an enrollment, by whom, the latest first."""
    rows = session.execute(
        select(Entry, Person)
        .outerjoin(Person, Person.id == Entry.by_id)
        .where(Entry.enrollment_id == enrollment_id)
        .order_by(Entry.at.desc(), Entry.id.desc())
        .limit(MOST)
    )
    return [
        replace(_written(row), by=name_of(person).short if person is not None else "")
        for row, person in rows
    ]


def with_entered(
    learner: Learner, courses: Sequence[CourseStructure], states: States, found: Entered
) -> States:
    """How somebody stands, with the marks by hand in place of what their activities gave.

    Such a mark is final: it passes where it reaches the pass mark as it is shown.
    """
    changed: dict[int, ActivityState] = {}
    for (course_id, key), each in found.items():
        for course in courses:
            activity = course.by_key.get(key) if course.course_id == course_id else None
            if activity is None:
                continue
            grading = grading_of(learner.policy, course.pass_mark)
            passes = grading.scale.passed(each.ratio, grading.pass_mark)
            changed[activity.id] = ActivityState(
                How.DONE if passes else How.FAILED, each.ratio, SCALE, at=each.at
            )
    return {**states, **changed}


def _written(row: Entry) -> Written:
    return Written(
        row.uid,
        row.course_id,
        row.item_key,
        row.ratio,
        row.before,
        row.reason,
        row.at,
        revoked_at=row.revoked_at,
        revoked_reason=row.revoked_reason,
    )
