"""Lists carried out row by row: killed at any point, nobody is enrolled twice nor forgotten."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from lms.enrollment.actions import rosters
from lms.enrollment.actions.rosters import Laid, carry_out, confirm, lay, mend
from lms.enrollment.formats.entries import entry_of
from lms.enrollment.formats.pasted import rows_of
from lms.enrollment.models import Enrollment, Roster, RosterRow
from lms.enrollment.queries.matching import check
from lms.enrollment.rules.columns import headings
from lms.enrollment.rules.roster import Outcome
from lms.foundation.jobs.models import Job
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.errors import Conflict, Refused
from lms.people.models import Institution
from tests.enrollment.lists import pasted
from tests.statements import statements


@pytest.fixture
def cohort(open_cohort):
    return open_cohort(capacity=None)


@pytest.fixture
def laid(db, cohort, who):
    """A list that was pasted: `laid(text)` gives its uid."""

    def put(text, of=cohort):
        heading, *rows = rows_of(text)
        columns = headings(heading)
        entries = [entry_of(cells, columns, heading, "GT") for cells in rows]
        numbered = list(enumerate(entries, 1))
        with db.reading() as session:
            house = session.get_one(Institution, of.institution_id)
            checked = check(session, of.id, of.capacity, numbered, house)
        return db.perform(
            lay, who("registrar"), of.uid, heading, columns,
            [Laid(n, cells, entry, each)
             for (n, entry), cells, each in zip(numbered, rows, checked, strict=True)],
        )  # fmt: skip

    return put


def count(db, table, *conditions):
    with db.reading() as session:
        return session.scalar(select(func.count()).select_from(table).where(*conditions))


def test_nobody_is_enrolled_before_it_is_confirmed(db, laid):
    laid(pasted(3))
    assert count(db, RosterRow, RosterRow.outcome == Outcome.INVITE) == 3
    assert count(db, Enrollment) == 0
    assert count(db, Job) == 0


def test_a_confirmed_list_is_carried_out_in_the_background(db, laid, who, do_jobs):
    uid = laid(pasted(20))
    assert db.perform(confirm, who("registrar"), uid, 20) == 20
    assert count(db, Enrollment) == 0
    do_jobs()
    assert count(db, Enrollment, Enrollment.state == "enrolled") == 20
    assert count(db, RosterRow, RosterRow.done_at.is_not(None)) == 20
    with db.reading() as session:
        assert session.scalars(select(Roster.running)).one() is False


def test_killed_between_two_batches_it_goes_on_where_it_stopped(db, laid, who):
    uid = laid(pasted(20))
    db.perform(confirm, who("registrar"), uid, 20)
    assert db.perform(carry_out, who("registrar"), uid) is True
    first = count(db, Enrollment)
    assert first == rosters.BATCH
    while db.perform(carry_out, who("registrar"), uid):
        pass
    assert count(db, Enrollment) == 20
    assert db.perform(carry_out, who("registrar"), uid) is False
    assert count(db, Enrollment) == 20


def test_pasted_again_nobody_is_enrolled_again(db, laid, who, do_jobs):
    db.perform(confirm, who("registrar"), laid(pasted(5)), 5)
    do_jobs()
    again = laid(pasted(6))
    with db.reading() as session:
        outcomes = session.scalars(
            select(RosterRow.outcome)
            .join(Roster, Roster.id == RosterRow.roster_id)
            .where(Roster.uid == again)
            .order_by(RosterRow.position)
        ).all()
    assert outcomes == [Outcome.ALREADY] * 5 + [Outcome.INVITE]
    db.perform(confirm, who("registrar"), again, 1)
    do_jobs()
    assert count(db, Enrollment) == 6


def test_the_number_that_was_shown_is_the_number_that_is_done(db, laid, who):
    uid = laid(pasted(3))
    for expected in (0, 2, 4):
        with pytest.raises(Conflict):
            db.perform(confirm, who("registrar"), uid, expected)
    assert count(db, Job) == 0


def test_while_it_runs_a_list_is_not_changed(db, laid, who):
    uid = laid(pasted(3))
    db.perform(confirm, who("registrar"), uid, 3)
    for deed in (
        lambda work: mend(work, uid, {}),
        lambda work: confirm(work, uid, 3),
        lambda work: rosters.discard(work, uid),
    ):
        with pytest.raises(Refused, match="being enrolled"):
            db.perform(deed, who("registrar"))


def test_what_changed_meanwhile_is_decided_again(db, open_cohort, laid, who, do_jobs):
    """Two lists for two seats: whoever comes second learns that there is none."""
    cohort = open_cohort(key="chica", capacity=2)
    first, second = laid(pasted(2), cohort), laid(pasted(2, first=10), cohort)
    for uid in (first, second):
        db.perform(confirm, who("registrar"), uid, 2)
    do_jobs()
    assert count(db, Enrollment) == 2
    assert count(db, RosterRow, RosterRow.outcome == Outcome.NO_SEAT) == 2
    assert count(db, Roster, Roster.running.is_(True)) == 0


def test_a_cohort_that_has_ended_stops_the_list(db, laid, who, do_jobs, clock):
    uid = laid(pasted(3))
    db.perform(confirm, who("registrar"), uid, 3)
    clock.advance(days=300)
    do_jobs()
    assert count(db, Enrollment) == 0
    assert count(db, Roster, Roster.running.is_(True)) == 0


def test_a_list_is_forgotten_a_month_after_it_was_used(db, laid, clock):
    laid(pasted(2))
    clock.advance(days=29)
    db.perform(rosters.forget, SYSTEM)
    assert count(db, Roster) == 1
    clock.advance(days=2)
    db.perform(rosters.forget, SYSTEM)
    assert (count(db, Roster), count(db, RosterRow)) == (0, 0)


def test_a_thousand_rows_are_checked_in_a_bounded_number_of_statements(db, cohort):
    heading, *rows = rows_of(pasted(1000))
    columns = headings(heading)
    entries = [entry_of(cells, columns, heading, "GT") for cells in rows]
    with db.reading() as session, statements(db.engine) as seen:
        house = session.get_one(Institution, cohort.institution_id)
        found = check(session, cohort.id, None, list(enumerate(entries, 1)), house)
    assert {each.outcome for each in found} == {Outcome.INVITE}
    assert len(seen) <= 8


def test_a_batch_costs_the_same_however_long_the_list(db, laid, who):
    def cost(uid, many):
        db.perform(confirm, who("registrar"), uid, many)
        with statements(db.engine) as seen:
            db.perform(carry_out, who("registrar"), uid)
        return len(seen)

    short, long = cost(laid(pasted(8)), 8), cost(laid(pasted(200, first=100)), 200)
    assert abs(short - long) <= 3
    assert timedelta(days=30) == rosters.KEPT
