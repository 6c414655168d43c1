"""Whom a message to a list would reach: how many, who has no mail, and whose letters come back."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from lms.assessment.models import Attempt
from lms.desk.queries.bounced import LAST_BOUNCED
from lms.desk.queries.people import Wanted, chosen
from lms.desk.queries.sorting import in_order
from lms.enrollment.models import Enrollment, EnrollmentState
from lms.people.models import Person
from lms.people.queries.directory import HAS_ADDRESS
from lms.people.rules.names import name_of

NAMED = 12
"""So many names are shown; of the rest, how many."""


@dataclass(frozen=True, slots=True)
class Some:
    """People of a list: the first by name, and how many in all."""

    names: Sequence[str]
    total: int

    @property
    def others(self) -> int:
        return self.total - len(self.names)


@dataclass(frozen=True, slots=True)
class Reached:
    """Everybody on the list, those whom only the site tells, those whose last letter came back."""

    everybody: Some
    without_mail: Some
    bounced: Some


def reached(session: Session, wanted: Wanted) -> Reached:
    """Whom the list has, in six statements whatever its length."""
    return Reached(
        _some(session, wanted),
        _some(session, wanted, ~HAS_ADDRESS),
        _some(session, wanted, HAS_ADDRESS, LAST_BOUNCED),
    )


def _some(session: Session, wanted: Wanted, *conditions: ColumnElement[bool]) -> Some:
    columns = (Person.given_names, Person.first_surname, Person.second_surname)
    rows = session.execute(
        in_order(
            chosen(wanted, *columns).where(*conditions), wanted.asked, wanted.course, wanted.stands
        ).limit(NAMED)
    ).all()
    total = len(rows)
    if total == NAMED:
        counted = chosen(wanted, Enrollment.id).where(*conditions).subquery()
        total = session.scalar(select(func.count()).select_from(counted)) or 0
    return Some([name_of(row).surnames_first for row in rows], total)


@dataclass(frozen=True, slots=True)
class AllowanceReach:
    """Whom an exception would reach: who still studies, who is left out, what is running."""

    studying: Some
    completed: int
    running: int


def reach_of_allowance(session: Session, wanted: Wanted) -> AllowanceReach:
    """Whom an exception for this list would reach, in four statements whatever its length."""
    studies = Enrollment.state == EnrollmentState.ENROLLED
    left_out = chosen(wanted, Enrollment.id).where(~studies).subquery()
    theirs = chosen(wanted, Enrollment.id).where(studies)
    running = (
        select(func.count())
        .select_from(Attempt)
        .where(
            Attempt.enrollment_id.in_(theirs),
            Attempt.handed_in_at.is_(None),
            Attempt.deadline > wanted.now,
        )
    )
    return AllowanceReach(
        _some(session, wanted, studies),
        session.scalar(select(func.count()).select_from(left_out)) or 0,
        session.scalar(running) or 0,
    )
