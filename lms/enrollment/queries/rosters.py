"""Lists of people as their registrar looks at them: one page, what is to be mended, how many."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, case, func, select
from sqlalchemy.orm import Session

from lms.enrollment.formats.entries import Entry
from lms.enrollment.models import Cohort, Roster, RosterRow
from lms.enrollment.rules.roster import CARRY_OUT, DOES, LARGEST, TO_MEND, Outcome
from lms.foundation.jobs.models import Job, JobState
from lms.foundation.kernel.errors import NotFound
from lms.people.models import Institution

PAGE_SIZE = 50
MEND_SIZE = 10
MOST_ROSTERS = 10


class Shown(StrEnum):
    """Which rows the page shows."""

    MEND = "corregir"
    READY = "listas"
    DONE = "hechas"
    OTHERS = "otras"


@dataclass(frozen=True)
class Sheet:
    """A list with its cohort."""

    roster: Roster
    cohort: Cohort
    institution: Institution
    counts: dict[Shown, int]
    by_outcome: dict[Outcome, int]
    """Of the rows that are not done yet."""
    done: dict[Outcome, int]

    @property
    def ready(self) -> int:
        return self.counts[Shown.READY]


def _condition(shown: Shown) -> ColumnElement[bool]:
    done = RosterRow.done_at.is_not(None)
    match shown:
        case Shown.MEND:
            return ~done & RosterRow.outcome.in_(TO_MEND)
        case Shown.READY:
            return ~done & RosterRow.outcome.in_(DOES)
        case Shown.DONE:
            return done
        case Shown.OTHERS:
            return ~done & RosterRow.outcome.not_in((*TO_MEND, *DOES))


def sheet(session: Session, cohort_uid: UUID, uid: UUID) -> Sheet:
    """A list of this very cohort, with how many of its rows come to what."""
    found = session.execute(
        select(Roster, Cohort, Institution)
        .join(Cohort, Cohort.id == Roster.cohort_id)
        .join(Institution, Institution.id == Cohort.institution_id)
        .where(Roster.uid == uid, Cohort.uid == cohort_uid)
    ).first()
    if found is None:
        raise NotFound()
    roster, cohort, institution = found
    rows = session.execute(
        select(RosterRow.outcome, RosterRow.done_at.is_not(None), func.count())
        .where(RosterRow.roster_id == roster.id)
        .group_by(RosterRow.outcome, RosterRow.done_at.is_not(None))
        .order_by(RosterRow.outcome)
    ).all()
    waiting = {Outcome(outcome): many for outcome, done, many in rows if not done}
    done = {Outcome(outcome): many for outcome, is_done, many in rows if is_done}
    counts = {
        Shown.MEND: sum(waiting.get(each, 0) for each in TO_MEND),
        Shown.READY: sum(waiting.get(each, 0) for each in DOES),
        Shown.DONE: sum(done.values()),
    }
    counts[Shown.OTHERS] = sum(waiting.values()) - counts[Shown.MEND] - counts[Shown.READY]
    return Sheet(roster, cohort, institution, counts, waiting, done)


def page(session: Session, roster_id: int, shown: Shown, number: int) -> Sequence[RosterRow]:
    """One page of the rows, in the order of the list."""
    size = MEND_SIZE if shown is Shown.MEND else PAGE_SIZE
    return session.scalars(
        select(RosterRow)
        .where(RosterRow.roster_id == roster_id, _condition(shown))
        .order_by(RosterRow.position, RosterRow.id)
        .limit(size)
        .offset((number - 1) * size)
    ).all()


def waiting(session: Session, roster_id: int) -> Sequence[RosterRow]:
    """Every row of which something may still come, in the order of the list."""
    return session.scalars(
        select(RosterRow)
        .where(
            RosterRow.roster_id == roster_id,
            RosterRow.done_at.is_(None),
            RosterRow.outcome != Outcome.DROPPED,
        )
        .order_by(RosterRow.position, RosterRow.id)
        .limit(LARGEST)
    ).all()


def entry_of(row: RosterRow) -> Entry:
    """What a row says, as it was last corrected."""
    said: dict[str, Any] = row.entry
    return Entry(**said)


def of_cohort(
    reader: Session | Connection, cohort_id: int
) -> Sequence[tuple[UUID, Any, int, int, bool]]:
    """The latest lists of a cohort: when used, how many rows, how many to be mended, if running."""
    mend = func.coalesce(func.sum(case((_condition(Shown.MEND), 1), else_=0)), 0)
    rows = reader.execute(
        select(Roster.uid, Roster.used_at, func.count(RosterRow.id), mend, Roster.running)
        .outerjoin(RosterRow, RosterRow.roster_id == Roster.id)
        .where(Roster.cohort_id == cohort_id)
        .group_by(Roster.id, Roster.uid, Roster.used_at, Roster.running)
        .order_by(Roster.used_at.desc(), Roster.id.desc())
        .limit(MOST_ROSTERS)
    )
    return [(uid, at, many, int(wrong or 0), running) for uid, at, many, wrong, running in rows]


def locked(session: Session, uid: UUID) -> Roster:
    """A list that nobody else changes until this transaction ends."""
    found = session.scalar(select(Roster).where(Roster.uid == uid).with_for_update())
    if found is None:
        raise NotFound()
    return found


def next_rows(session: Session, roster_id: int, number: int) -> Sequence[RosterRow]:
    """The next rows to be carried out."""
    return session.scalars(
        select(RosterRow)
        .where(RosterRow.roster_id == roster_id, _condition(Shown.READY))
        .order_by(RosterRow.position, RosterRow.id)
        .limit(number)
    ).all()


def first_rows(session: Session, roster_id: int) -> Sequence[RosterRow]:
    """The first rows of a list, to show by an example what its columns hold."""
    return session.scalars(
        select(RosterRow)
        .where(RosterRow.roster_id == roster_id)
        .order_by(RosterRow.position, RosterRow.id)
        .limit(5)
    ).all()


def has_stopped(session: Session, roster: Roster) -> bool:
    """Whether the worker has given up on a list that was being carried out."""
    if not roster.running:
        return False
    state = session.scalar(
        select(Job.state).where(Job.task == CARRY_OUT, Job.key == str(roster.uid))
    )
    return state not in (JobState.PENDING, JobState.LEASED)
