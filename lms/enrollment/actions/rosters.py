"""Lists of people: laid, corrected, and carried out a few rows at a time."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select

from lms.enrollment.actions.add import add
from lms.enrollment.formats.entries import Entry
from lms.enrollment.models import Cohort, Roster, RosterRow
from lms.enrollment.queries import rosters as queries
from lms.enrollment.queries.matching import Checked
from lms.enrollment.queries.seats import locked_cohort
from lms.enrollment.rules.columns import Column
from lms.enrollment.rules.roster import CARRY_OUT, DOES, Outcome
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.jobs.actions import enqueue
from lms.foundation.kernel.errors import N_, Conflict, NotFound, Refused

BATCH = 8
"""Rows carried out in one transaction: others wait for it, so it must stay short."""
KEPT = timedelta(days=30)
AT_ONCE = 50


@dataclass(frozen=True)
class Laid:
    """One row of a list, read and checked."""

    position: int
    cells: Sequence[str]
    entry: Entry
    checked: Checked


def lay(
    work: Work,
    cohort_uid: UUID,
    heading: Sequence[str],
    columns: Sequence[Column],
    rows: Sequence[Laid],
) -> UUID:
    """Keep a list as it was pasted, so that nothing of it is lost. Nobody is enrolled yet."""
    cohort = work.session.scalar(select(Cohort).where(Cohort.uid == cohort_uid))
    if cohort is None or work.actor.person_id is None:
        raise NotFound()
    roster = Roster(
        institution_id=cohort.institution_id,
        cohort_id=cohort.id,
        by_id=work.actor.person_id,
        heading=list(heading),
        columns=[column.value for column in columns],
        created_at=work.now,
        used_at=work.now,
    )
    work.session.add(roster)
    work.session.flush()
    work.session.add_all(_row(roster, each) for each in rows)
    work.session.flush()
    record(work, "roster.laid", subject=roster, detail={"rows": len(rows)})
    return roster.uid


def mend(
    work: Work,
    roster_uid: UUID,
    checked: Mapping[UUID, Checked],
    dropped: Collection[UUID] = (),
    columns: Sequence[Column] | None = None,
) -> int:
    """Keep what was corrected and what becomes of each row now; returns how many are still wrong.

    Rows that were carried out meanwhile stay as they are.
    """
    roster = _still(work, roster_uid)
    roster.used_at = work.now
    if columns is not None:
        roster.columns = [column.value for column in columns]
    wrong = 0
    for row in queries.waiting(work.session, roster.id):
        if row.uid in dropped:
            row.outcome, row.problems, row.notes = Outcome.DROPPED, [], []
        elif row.uid in checked:
            _put(row, checked[row.uid])
        wrong += row.outcome == Outcome.REFUSED
    work.session.flush()
    return wrong


def confirm(work: Work, roster_uid: UUID, expected: int) -> int:
    """Begin to enrol everybody of whom nothing is wrong; the worker does it, a few at a time.

    ``expected`` is how many the registrar was shown: if there are others now, nothing is begun.
    """
    roster = _still(work, roster_uid)
    ready = sum(each.outcome in DOES for each in queries.waiting(work.session, roster.id))
    if not ready:
        raise Refused(N_("There is nobody in the list to be enrolled."))
    if ready != expected:
        raise Conflict(N_("The list has changed meanwhile. Look at it again."))
    roster.running = True
    roster.used_at = work.now
    record(work, "roster.confirmed", subject=roster, detail={"rows": ready})
    _enqueue(work, roster)
    return ready


def resume(work: Work, roster_uid: UUID) -> None:
    """A list on which the worker has given up goes on where it stopped."""
    roster = queries.locked(work.session, roster_uid)
    if roster.running:
        _enqueue(work, roster)


def _enqueue(work: Work, roster: Roster) -> None:
    payload = {"roster": str(roster.uid), "actor": work.actor.person_id}
    enqueue(work, CARRY_OUT, key=str(roster.uid), payload=payload)


def carry_out(work: Work, roster_uid: UUID) -> bool:
    """Enrol the next people of a list; returns whether others are left.

    What is done is marked in the same transaction, so that a worker killed between two batches
    enrols nobody twice and forgets nobody. What can no longer be done says why.
    """
    roster = queries.locked(work.session, roster_uid)
    if not roster.running:
        return False
    cohort_uid = work.session.scalars(select(Cohort.uid).where(Cohort.id == roster.cohort_id)).one()
    cohort = locked_cohort(work.session, cohort_uid)
    rows = queries.next_rows(work.session, roster.id, BATCH)
    if cohort.closed_at is not None or work.now >= cohort.ends_at:
        rows = []
    for row in rows:
        added = add(work, cohort, queries.entry_of(row))
        _put(row, added.checked)
        if added.enrollment is not None:
            row.done_at = work.now
            row.enrollment_id = added.enrollment.id
        work.session.flush()
    if len(rows) < BATCH:
        roster.running = False
        return False
    return True


def discard(work: Work, roster_uid: UUID) -> None:
    """A list is thrown away; whoever it enrolled stays enrolled."""
    roster = _still(work, roster_uid)
    record(work, "roster.discarded", subject=roster)
    _forget(work, [roster.id])


def forget(work: Work) -> bool:
    """Lists that were not used for a month go; says whether more wait."""
    old = work.session.scalars(
        select(Roster.id)
        .where(Roster.used_at < work.now - KEPT, Roster.running.is_(False))
        .order_by(Roster.id)
        .limit(AT_ONCE)
    ).all()
    _forget(work, old)
    return len(old) == AT_ONCE


def _forget(work: Work, roster_ids: Sequence[int]) -> None:
    work.session.execute(delete(RosterRow).where(RosterRow.roster_id.in_(roster_ids)))
    work.session.execute(delete(Roster).where(Roster.id.in_(roster_ids)))


def _still(work: Work, roster_uid: UUID) -> Roster:
    roster = queries.locked(work.session, roster_uid)
    if roster.running:
        raise Refused(N_("The people of this list are being enrolled. Wait until that is done."))
    return roster


def _row(roster: Roster, laid: Laid) -> RosterRow:
    row = RosterRow(
        institution_id=roster.institution_id,
        roster_id=roster.id,
        position=laid.position,
        cells=list(laid.cells),
    )
    _put(row, laid.checked)
    return row


def _put(row: RosterRow, checked: Checked) -> None:
    row.entry = checked.read.entry.kept()
    row.outcome = checked.outcome
    row.problems = [each.kept() for each in checked.problems]
    row.notes = [each.kept() for each in checked.notes]
    row.known_as = checked.known_as
