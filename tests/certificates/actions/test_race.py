"""Several processes issue to one cohort at once, one of them is killed: no gap, no duplicate."""

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import func, select

from lms.certificates.actions.issue import issue
from lms.certificates.models import Credential, LogHead, Series
from lms.certificates.queries.prepare import prepare
from lms.certificates.tasks import issue_all
from lms.foundation.jobs.models import Job
from lms.foundation.kernel.actor import SYSTEM
from tests.certificates.conftest import URL
from tests.factories.certificates import fill, make_taught_cohort

SCRIPT = Path(__file__).with_name("issuer.py")
PEOPLE = 40


def issuer(place, clock, cohort, batch: int) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, SCRIPT, place.url, clock.now.isoformat(), str(cohort), str(batch)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
    )


def check_register(db, many: int) -> list[str]:
    """Numbers and leaves without gap or duplicate, one document and one job for each person."""
    with db.reading() as session:
        found = session.scalars(select(Credential).order_by(Credential.leaf_index)).all()
        assert sorted(each.number for each in found) == list(range(1, many + 1))
        assert [each.leaf_index for each in found] == list(range(many))
        assert len({(each.enrollment_id, each.course_version_id) for each in found}) == many
        assert session.scalars(select(LogHead)).one().size == many
        assert session.scalars(select(Series)).one().last_number == many
        sealing = select(func.count()).where(Job.task == "certificates.seal")
        assert session.execute(sealing).scalar_one() == many
        return [f"{each.series}-{each.number:06}" for each in found]


@pytest.mark.parametrize("killed_after", [1, 6])
def test_two_processes_at_once_one_killed_in_the_middle(
    db, place, clock, cohort, graduates, registrar, killed_after
):
    graduates(PEOPLE)
    doomed, other = issuer(place, clock, cohort, 3), issuer(place, clock, cohort, 4)
    for process in (doomed, other):
        assert process.stdout.readline() == "ready\n"
    for process in (doomed, other):
        process.stdin.write("\n")
        process.stdin.flush()
    told = [doomed.stdout.readline().strip() for _ in range(killed_after)]
    doomed.send_signal(signal.SIGKILL)
    told += doomed.communicate()[0].split()
    told += other.communicate(timeout=120)[0].split()
    assert other.returncode == 0
    told = [number for number in told if number]
    # Whoever goes on finds what is left, if the kill left any, and nothing twice.
    issue_all(db, registrar, cohort, URL)
    numbers = check_register(db, PEOPLE)
    assert len(told) == len(set(told))
    assert set(told) <= set(numbers)


def test_killed_alone_the_next_goes_on_where_it_stopped(
    db, place, clock, cohort, graduates, registrar
):
    graduates(PEOPLE)
    doomed = issuer(place, clock, cohort, 1)
    assert doomed.stdout.readline() == "ready\n"
    doomed.stdin.write("\n")
    doomed.stdin.flush()
    told = [doomed.stdout.readline().strip() for _ in range(5)]
    doomed.send_signal(signal.SIGKILL)
    told += doomed.communicate()[0].split()
    outcome = issue_all(db, registrar, cohort, URL)
    numbers = check_register(db, PEOPLE)
    # At most one was committed before it could be told.
    assert PEOPLE - len(told) - 1 <= outcome.issued <= PEOPLE - len(told)
    assert numbers[: len(told)] == told


def test_many_registrars_press_at_the_same_moment(db, cohort, graduates, registrar):
    graduates(10)
    with db.reading() as session:
        ready = prepare(session, cohort, URL, db.clock()).ready
    with ThreadPoolExecutor(5) as pool:
        futures = [pool.submit(db.perform, issue, registrar, cohort, URL, ready) for _ in range(5)]
        given = [len(each.result().numbers) for each in futures]
    assert sorted(given) == [0, 0, 0, 0, 10]
    check_register(db, 10)


def test_the_first_two_of_a_book_begin_it_together(db, cohort, graduates):
    """Neither finds the counters; one makes them and the other waits for it."""
    graduates(8)
    with db.reading() as session:
        ready = prepare(session, cohort, URL, db.clock()).ready
    with ThreadPoolExecutor(8) as pool:
        futures = [pool.submit(db.perform, issue, SYSTEM, cohort, URL, [one]) for one in ready]
        assert sum(len(each.result().numbers) for each in futures) == 8
    check_register(db, 8)


def test_two_institutions_share_one_log_without_a_gap(db, world, cohort, graduates):
    """Each has a book of its own; only the head of the log keeps their leaves apart."""
    graduates(6)

    def other(work):
        made = make_taught_cohort(work, world.institutions["otra"], "otro-diploma")
        fill(work, made, 6)
        return made.uid

    there = db.perform(other, SYSTEM)
    waiting = []
    with db.reading() as session:
        for uid in (cohort, there):
            ready = prepare(session, uid, URL, db.clock()).ready
            waiting.append([(uid, one) for one in ready])
    with ThreadPoolExecutor(6) as pool:
        futures = [
            pool.submit(db.perform, issue, SYSTEM, uid, URL, [one])
            for pair in zip(*waiting, strict=True)
            for uid, one in pair
        ]
        assert sum(len(each.result().numbers) for each in futures) == 12
    with db.reading() as session:
        leaves = session.scalars(select(Credential.leaf_index).order_by(Credential.leaf_index))
        assert list(leaves) == list(range(12))
        assert {each.last_number for each in session.scalars(select(Series))} == {6}
        assert session.scalars(select(LogHead)).one().size == 12
