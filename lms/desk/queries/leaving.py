"""People of a cohort who may leave it: a page to choose from, and those who were chosen."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from lms.assessment.models import Attempt
from lms.desk.queries.cohort import admitted_at
from lms.desk.queries.people import Wanted, chosen
from lms.desk.queries.sorting import done, in_order
from lms.enrollment.models import Enrollment
from lms.enrollment.rules.departures import LEAVABLE
from lms.foundation.web.pagination import Page
from lms.people.models import Person
from lms.people.rules.names import name_of

# One page is one transaction: this many take about 50 ms of the writer.
PAGE_SIZE = 25

_MAY_LEAVE: ColumnElement[bool] = Enrollment.state.in_(LEAVABLE)


@dataclass(frozen=True, slots=True)
class Choosable:
    """Somebody of the cohort, with what they have done and have under way."""

    uid: UUID
    name: str
    municipality: str
    state: str
    since: datetime
    last_seen_at: datetime | None
    done: int
    running: int


def page(session: Session, wanted: Wanted, number: int) -> Page[Choosable]:
    """One page of those of a list who may leave, in its order."""
    total = session.scalar(
        select(func.count()).select_from(chosen(wanted, Enrollment.id).where(_MAY_LEAVE).subquery())
    )
    statement = chosen(wanted, *_columns(wanted)).where(_MAY_LEAVE)
    rows = session.execute(
        in_order(statement, wanted.asked, wanted.course, wanted.stands)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    return Page([_choosable(row) for row in rows], number, PAGE_SIZE, total or 0)


def these(session: Session, wanted: Wanted, uids: Collection[UUID]) -> Sequence[Choosable]:
    """Those of a cohort who were chosen, by surname, however they stand by now."""
    rows = session.execute(
        select(*_columns(wanted))
        .select_from(Enrollment)
        .join(Person, Person.id == Enrollment.person_id)
        .where(Enrollment.cohort_id == wanted.head.id, Enrollment.uid.in_(uids))
        .order_by(Enrollment.sort_name, Enrollment.id)
        .limit(2 * PAGE_SIZE)
    )
    return [_choosable(row) for row in rows]


def _columns(wanted: Wanted) -> list[Any]:
    running = (
        select(func.count())
        .select_from(Attempt)
        .where(
            Attempt.enrollment_id == Enrollment.id,
            Attempt.handed_in_at.is_(None),
            Attempt.deadline > wanted.now,
        )
        .correlate(Enrollment)
        .scalar_subquery()
    )
    return [
        Enrollment.uid,
        Enrollment.municipality,
        Enrollment.state,
        Enrollment.last_seen_at,
        admitted_at().label("since"),
        done(wanted.course).label("done"),
        running.label("running"),
        Person.given_names,
        Person.first_surname,
        Person.second_surname,
    ]


def _choosable(row: Any) -> Choosable:
    return Choosable(
        uid=row.uid,
        name=name_of(row).surnames_first,
        municipality=row.municipality,
        state=row.state,
        since=row.since,
        last_seen_at=row.last_seen_at,
        done=row.done,
        running=row.running,
    )
