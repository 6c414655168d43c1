"""Places in cohorts when two accounts of one person are joined and parted."""

import pytest
from sqlalchemy import select

from lms.certificates.models import Credential
from lms.certificates.tasks import issue_all
from lms.enrollment.actions.apply import begin
from lms.enrollment.actions.ask import ask
from lms.enrollment.actions.decide import admit
from lms.enrollment.actions.transfer import transfer
from lms.enrollment.actions.withdraw import Why as Leaving
from lms.enrollment.models import Application, Enrollment
from lms.foundation.kernel.actor import SYSTEM, Actor
from lms.foundation.kernel.errors import DomainError, Refused
from lms.people.actions import sessions
from lms.people.actions.merge import By
from lms.people.actions.sessions import Browser
from lms.people.models import LoginSession, Merge, Person
from lms.people.queries.reach import Reach
from tests.enrollment.actions.test_race import at_once
from tests.factories.calls import call_for, handed_in
from tests.factories.enrollment import make_cohort, put_in
from tests.people.actions.joining import join, known_before, rows, separate


@pytest.fixture
def boss(world) -> Actor:
    return Actor(world.people["administrator"])


@pytest.fixture
def pair(world) -> tuple[int, int]:
    return world.people["learner2"], world.people["learner"]


@pytest.fixture
def places(db, open_cohort, pair):
    """Both in one cohort: `places("enrolled", "applied")`, as who stays and who goes."""

    def make(stays, goes):
        cohort = open_cohort()

        def put(work):
            return [
                put_in(work, cohort.uid, person, state).id
                for person, state in zip(pair, (stays, goes), strict=True)
            ]

        return cohort, *db.perform(put, SYSTEM)

    return make


def place(db, number) -> Enrollment:
    with db.reading() as session:
        return session.get_one(Enrollment, number)


@pytest.mark.parametrize("goes_state", ["applied", "declined", "withdrawn", "transferred"])
@pytest.mark.parametrize("stays_state", ["enrolled", "waitlisted", "applied", "completed"])
def test_a_place_without_a_seat_stays_behind_and_counts_no_more(
    db, places, boss, pair, stays_state, goes_state
):
    _cohort, mine, other = places(stays_state, goes_state)
    before = rows(db)
    uid = join(db, boss, *pair)
    assert (place(db, mine).person_id, place(db, mine).state) == (pair[0], stays_state)
    assert (place(db, other).person_id, place(db, other).state) == (pair[1], "set_aside")
    separate(db, boss, pair[0], uid)
    assert known_before(before, rows(db)) == before


@pytest.mark.parametrize(
    ("stays_state", "goes_state", "said"),
    [
        ("enrolled", "enrolled", "Record the withdrawal or the transfer of one of them first"),
        ("waitlisted", "enrolled", "Record the withdrawal"),
        ("completed", "waitlisted", "Record the withdrawal"),
        ("applied", "enrolled", "Let that account stay"),
        ("withdrawn", "waitlisted", "Let that account stay"),
    ],
)
def test_two_places_that_count_are_refused_with_what_to_do(
    db, places, boss, pair, stays_state, goes_state, said
):
    places(stays_state, goes_state)
    before = rows(db)
    with pytest.raises(Refused, match=said) as refused:
        join(db, boss, *pair)
    assert "Promoción 1 de 2027" in str(refused.value)
    assert rows(db) == before


def test_of_an_institution_out_of_reach_nothing_is_told(db, places, boss, pair):
    places("enrolled", "enrolled")
    here = By(Reach(everywhere=False, institutions=frozenset({2})), 2)
    with pytest.raises(Refused, match="looks after all institutions") as refused:
        join(db, boss, *pair, how=here)
    assert "Promoción" not in str(refused.value)


def test_nobody_gets_a_seat_by_a_place_that_stayed_behind(db, places, boss, pair):
    cohort, _mine, other = places("enrolled", "applied")
    join(db, boss, *pair)
    done = db.perform(admit, SYSTEM, cohort.uid, [place(db, other).uid])
    assert done.granted == ()
    assert place(db, other).state == "set_aside"


def test_an_application_goes_along_with_its_place(app, db, open_cohort, boss, pair):
    cohort = open_cohort()
    call_for(db, cohort)
    handed_in(app, db, cohort, pair[1])
    before = rows(db)
    uid = join(db, boss, *pair)
    with db.reading() as session:
        assert session.scalars(select(Application.person_id)).all() == [pair[0]]
        assert session.scalars(select(Enrollment.person_id)).all() == [pair[0]]
    separate(db, boss, pair[0], uid)
    assert known_before(before, rows(db)) == before


def test_two_applications_for_one_cohort_are_one(app, db, open_cohort, boss, pair):
    """The one that was only begun stays behind, whosever it is."""
    cohort = open_cohort()
    call_for(db, cohort)
    handed_in(app, db, cohort, pair[0])
    db.perform(begin, Actor(pair[1]), cohort.uid)
    join(db, boss, *pair)
    with db.reading() as session:
        found = session.execute(
            select(Application.person_id, Application.state).order_by(Application.id)
        ).all()
    assert found == [(pair[0], "handed_in"), (pair[1], "preparing")]


def test_only_begun_by_the_one_who_stays_and_seated_by_the_other(app, db, open_cohort, boss, pair):
    cohort = open_cohort()
    call_for(db, cohort)
    db.perform(begin, Actor(pair[0]), cohort.uid)
    db.perform(lambda work: put_in(work, cohort.uid, pair[1]), SYSTEM)
    with pytest.raises(Refused, match="Let that account stay"):
        join(db, boss, *pair)
    join(db, boss, pair[1], pair[0])


def test_not_parted_once_a_document_was_issued(classroom, db, do_jobs, boss, pair):
    classroom.finish("learner")
    do_jobs()
    uid = join(db, boss, *pair)
    issue_all(db, classroom.actor("registrar"), classroom.cohort.uid, "http://localhost")
    do_jobs()
    before = rows(db)
    with pytest.raises(Refused, match="was issued since"):
        separate(db, boss, pair[0], uid)
    assert rows(db) == before


def test_not_parted_while_a_transfer_ties_the_places(classroom, db, boss, pair):
    uid = join(db, boss, *pair)

    def another(work):
        return make_cohort(work, key="2027-8", title="Promoción 8 de 2027").uid

    there = db.perform(another, SYSTEM)
    theirs = classroom.enrollments["learner"].uid
    why = Leaving(db.clock().date(), "health", "Reposo médico")
    db.perform(transfer, classroom.actor("registrar"), classroom.cohort.uid, theirs, there, why)
    with pytest.raises(Refused, match="Undo that transfer first"):
        separate(db, boss, pair[0], uid)


def test_joined_by_many_at_once_it_is_joined_once(db, boss, pair, world):
    """Whichever way round: one of the two goes, and never both."""
    stays, goes = pair
    calls = [lambda: join(db, boss, stays, goes), lambda: join(db, boss, goes, stays)] * 3
    outcomes = at_once(calls)
    assert sum(not isinstance(each, DomainError) for each in outcomes) == 1
    with db.reading() as session:
        assert len(session.scalars(select(Merge)).all()) == 1
        states = session.scalars(select(Person.state).where(Person.id.in_(pair)))
        assert sorted(states) == ["active", "merged"]


def test_parted_by_many_at_once_it_is_parted_once(db, boss, pair):
    uid = join(db, boss, *pair)
    outcomes = at_once([lambda: separate(db, boss, pair[0], uid)] * 4)
    assert [each for each in outcomes if not isinstance(each, DomainError)] == [[]]


def test_whoever_is_seated_meanwhile_goes_along_or_is_refused(db, open_cohort, boss, pair):
    """Never a seat of an account that is closed."""
    cohorts = [
        open_cohort(door="open", key=f"2027-{number}", title=f"Promoción {number}").uid
        for number in range(3)
    ]
    stays, goes = pair
    joining = [lambda uid=uid: db.perform(ask, Actor(goes), uid) for uid in cohorts]
    at_once([*joining, lambda: join(db, boss, stays, goes)])
    with db.reading() as session:
        assert session.get_one(Person, goes).state == "merged"
        assert set(session.scalars(select(Enrollment.person_id))) <= {stays}


def test_whoever_signs_in_meanwhile_is_signed_out_or_refused(db, boss, pair):
    stays, goes = pair
    browsers = [
        lambda n=n: db.perform(sessions.start, SYSTEM, goes, Browser(f"test {n}", 1))
        for n in range(5)
    ]
    at_once([*browsers, lambda: join(db, boss, stays, goes)])
    with db.reading() as session:
        theirs = select(LoginSession.revoked_at).where(LoginSession.person_id == goes)
        assert None not in session.scalars(theirs).all()


def test_admitted_meanwhile_a_seat_is_never_lost(db, places, boss, pair):
    """Either the request was left behind, or the seat was seen and the two did not fit."""
    cohort, mine, other = places("enrolled", "applied")
    uid = place(db, other).uid
    outcomes = at_once(
        [lambda: db.perform(admit, SYSTEM, cohort.uid, [uid]), lambda: join(db, boss, *pair)]
    )
    joined = not isinstance(outcomes[1], DomainError)
    assert place(db, other).state == ("set_aside" if joined else "enrolled")
    assert place(db, mine).state == "enrolled"


@pytest.mark.parametrize("when", ["joining", "parting"])
def test_a_document_issued_meanwhile_is_of_whoever_has_the_place(
    classroom, db, do_jobs, boss, pair, when
):
    classroom.finish("learner")
    do_jobs()
    registrar, cohort = classroom.actor("registrar"), classroom.cohort.uid
    uid = join(db, boss, *pair) if when == "parting" else None

    def act():
        return separate(db, boss, pair[0], uid) if uid else join(db, boss, *pair)

    at_once([act, lambda: issue_all(db, registrar, cohort, "http://localhost")])
    with db.reading() as session:
        found = session.execute(
            select(Credential.person_id, Enrollment.person_id).join(
                Enrollment, Enrollment.id == Credential.enrollment_id
            )
        ).all()
    assert [document == place for document, place in found] == [True] * len(found)
