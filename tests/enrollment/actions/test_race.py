"""The last seats, taken by many at once over real connections: none is given twice."""

import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import func, select

from lms.enrollment.actions.add import add_one
from lms.enrollment.actions.ask import ask
from lms.enrollment.actions.decide import admit
from lms.enrollment.actions.keys import make_key
from lms.enrollment.formats.entries import Entry
from lms.enrollment.models import Enrollment, InvitationKey
from lms.foundation.kernel.actor import SYSTEM, Actor
from lms.foundation.kernel.errors import Conflict, DomainError, Refused
from lms.people.models import Identifier
from tests.conftest import MORNING
from tests.enrollment.lists import cui
from tests.factories.enrollment import put_in
from tests.factories.world import make_person

ROOT = Path(__file__).parents[3]


@pytest.fixture
def crowd(db, world):
    """Persons by their ids: `crowd(8)`."""

    def make(many):
        return db.perform(
            lambda work: [make_person(work, f"crowd{n}").id for n in range(many)], SYSTEM
        )

    return make


def at_once(calls):
    """Run all calls at the same moment, each in a thread; what each gave or raised."""
    start = threading.Barrier(len(calls))
    outcomes = [None] * len(calls)

    def run(number, call):
        start.wait()
        try:
            outcomes[number] = call()
        except DomainError as error:
            outcomes[number] = error

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def seated(db, cohort):
    with db.reading() as session:
        return session.scalar(
            select(func.count())
            .select_from(Enrollment)
            .where(Enrollment.cohort_id == cohort.id, Enrollment.state == "enrolled")
        )


def test_one_seat_is_taken_by_one_of_eight(db, open_cohort, crowd):
    cohort = open_cohort(door="open", capacity=1)
    outcomes = at_once([lambda p=p: db.perform(ask, Actor(p), cohort.uid).state for p in crowd(8)])
    assert Counter(map(str, outcomes)).most_common() == [
        ("All seats of Promoción 1 de 2027 are taken.", 7),
        ("enrolled", 1),
    ]
    assert seated(db, cohort) == 1


def test_a_key_for_two_lets_two_in(db, open_cohort, crowd):
    cohort = open_cohort(door="key", capacity=None)
    code = db.perform(make_key, SYSTEM, cohort.uid, uses=2, until=MORNING.date())
    outcomes = at_once(
        [lambda p=p: db.perform(ask, Actor(p), cohort.uid, code).state for p in crowd(6)]
    )
    assert Counter(map(str, outcomes))["enrolled"] == 2
    assert seated(db, cohort) == 2
    with db.reading() as session:
        assert session.scalars(select(InvitationKey.uses_left)).all() == [0]


def test_one_person_clicking_many_times_is_enrolled_once(db, open_cohort, crowd):
    cohort = open_cohort(door="open")
    (person,) = crowd(1)
    outcomes = at_once([lambda: db.perform(ask, Actor(person), cohort.uid).state] * 6)
    assert outcomes.count("enrolled") == 1
    assert not [each for each in outcomes if isinstance(each, Conflict)]
    assert seated(db, cohort) == 1


def test_two_registrars_admit_the_same_list_and_no_seat_is_given_twice(db, open_cohort, crowd, who):
    cohort = open_cohort(capacity=3)
    people = crowd(5)
    uids = db.perform(
        lambda work: [put_in(work, cohort.uid, p, "applied").uid for p in people], SYSTEM
    )
    registrar = who("registrar")
    outcomes = at_once([lambda: db.perform(admit, registrar, cohort.uid, uids)] * 4)
    granted = [each for each in outcomes if not isinstance(each, DomainError)]
    assert sum(len(each.granted) for each in granted) == 3
    assert seated(db, cohort) == 3


def test_two_registrars_and_one_seat_never_both(db, open_cohort, crowd, who):
    """Whatever they do: one adds a person, the other invites one, a third admits who had asked."""
    cohort = open_cohort(capacity=1)
    waiting, _other = crowd(2)
    uid = db.perform(lambda work: put_in(work, cohort.uid, waiting, "applied").uid, SYSTEM)
    registrar = who("registrar")
    outcomes = at_once(
        [
            lambda: db.perform(add_one, registrar, cohort.uid, Entry(email="crowd1@example.org")),
            lambda: db.perform(add_one, registrar, cohort.uid, Entry("A", "B", email="n@x.gt")),
            lambda: db.perform(admit, registrar, cohort.uid, [uid]),
        ]
    )
    assert sum(isinstance(each, Refused) for each in outcomes) == 2
    assert seated(db, cohort) == 1


def test_two_lists_of_the_same_people_enrol_each_once(db, open_cohort, who):
    """The same new person in two cohorts at once is one account with two seats."""
    cohorts = [open_cohort(key=key) for key in ("una", "otra")]
    entry = Entry("Ana", "Paz", email="n@x.gt", document_kind="dpi", document_number=cui(1))
    registrar = who("registrar")
    outcomes = at_once(
        [lambda c=c: db.perform(add_one, registrar, c.uid, entry).outcome for c in cohorts * 2]
    )
    assert sum(isinstance(each, Refused) for each in outcomes) == 2
    assert [seated(db, cohort) for cohort in cohorts] == [1, 1]
    with db.reading() as session:
        assert session.scalar(select(func.count()).where(Identifier.value == "n@x.gt")) == 1


def test_registrars_in_processes_of_their_own_share_the_seats(db, place, open_cohort, crowd):
    cohort = open_cohort(capacity=3)
    crowd(8)
    addresses = [f"crowd{number}@example.org" for number in range(8)]
    said = _in_processes(place, cohort, "add", addresses)
    assert Counter(said) == {"enrolled": 3, "refused": 5}
    assert seated(db, cohort) == 3


def test_processes_share_the_seats_that_there_are(db, place, open_cohort, crowd):
    cohort = open_cohort(door="open", capacity=3)
    said = _in_processes(place, cohort, "ask", crowd(8))
    assert Counter(said) == {"enrolled": 3, "refused": 5}
    assert seated(db, cohort) == 3


def _in_processes(place, cohort, deed, people):
    """Two processes act for half of the people each, at the same moment; what came of it."""
    takers = [
        subprocess.Popen(
            [
                sys.executable, "-m", "tests.enrollment.actions.seat_taker",
                place.url, str(cohort.uid), deed, *map(str, people[half::2]),
            ],
            cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )
        for half in (0, 1)
    ]  # fmt: skip
    for taker in takers:
        assert taker.stdout.readline() == "ready\n"
    for taker in takers:
        taker.stdin.write("go\n")
        taker.stdin.flush()
    said = " ".join(taker.communicate(timeout=60)[0] for taker in takers).split()
    assert [taker.returncode for taker in takers] == [0, 0]
    return said


def test_one_person_at_two_doors_at_once_gets_in_by_one(db, open_cohort, crowd):
    [person] = crowd(1)
    doors = [
        open_cohort(door="open", key=f"2027-{number}", title=f"Promoción {number}").uid
        for number in range(4)
    ]
    outcomes = at_once([lambda c=c: db.perform(ask, Actor(person), c).state for c in doors])
    assert [each for each in outcomes if each == "enrolled"] == ["enrolled"]
    assert all("already have a seat" in str(each) for each in outcomes if each != "enrolled")
