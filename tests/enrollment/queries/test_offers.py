"""What the catalogue is told of cohorts."""

from datetime import timedelta

from lms.catalog.offers import Taking
from lms.enrollment.queries.offers import CohortOffers
from lms.foundation.kernel.actor import SYSTEM
from tests.conftest import MORNING
from tests.factories.enrollment import put_in
from tests.factories.world import make_person
from tests.statements import statements

DAY = timedelta(days=1)
OFFERS = CohortOffers()


def next_of(db, cohort, now=MORNING):
    with db.reading() as session:
        return OFFERS.next_of(session, [cohort.programme_id], now).get(cohort.programme_id)


def fill(db, cohort, many):
    def put(work):
        for number in range(many):
            put_in(work, cohort.uid, make_person(work, f"{cohort.key}-{number}").id)

    db.perform(put, SYSTEM)


def test_the_card_shows_the_cohort_to_ask_for(db, open_cohort):
    later = open_cohort(key="later", enrollment_closes_at=MORNING + 40 * DAY, capacity=9)
    assert next_of(db, later).uid == later.uid
    soon_over = open_cohort(key="soon-over", enrollment_closes_at=MORNING + 2 * DAY, capacity=2)
    assert next_of(db, later).uid == soon_over.uid
    fill(db, soon_over, 2)
    assert next_of(db, later).uid == later.uid
    fill(db, later, 9)
    announced = open_cohort(key="announced", enrollment_opens_at=MORNING + DAY)
    assert next_of(db, later).uid == announced.uid
    assert next_of(db, later).taking(MORNING) is Taking.SOON


def test_a_full_cohort_is_shown_when_there_is_no_other(db, open_cohort):
    cohort = open_cohort(capacity=1)
    fill(db, cohort, 1)
    offer = next_of(db, cohort)
    assert (offer.taking(MORNING), offer.seats_left) == (Taking.FULL, 0)
    assert not offer.has_few_seats(MORNING)


def test_the_last_seats_are_told(db, open_cohort):
    cohort = open_cohort(capacity=6)
    assert not next_of(db, cohort).has_few_seats(MORNING)
    fill(db, cohort, 1)
    assert next_of(db, cohort).has_few_seats(MORNING)
    assert not next_of(db, cohort).has_few_seats(MORNING - 2 * DAY)


def test_a_cohort_without_limit_says_nothing_of_seats(db, open_cohort):
    offer = next_of(db, open_cohort(capacity=None))
    assert offer.seats_left is None
    assert offer.taking(MORNING) is Taking.OPEN


def test_when_enrolment_is_over_no_card_shows_it(db, open_cohort):
    assert next_of(db, open_cohort(), MORNING + 31 * DAY) is None


def test_the_page_shows_cohorts_that_are_not_over_and_ones_own(db, world, open_cohort):
    first = open_cohort(key="a")
    open_cohort(key="b", starts_at=MORNING + 60 * DAY)
    learner, other = world.people["learner"], world.people["learner2"]
    db.perform(
        lambda work: put_in(work, first.uid, learner, "declined", reason="Falta el DPI"), SYSTEM
    )

    def keys(person, now=MORNING):
        with db.reading() as session, statements(db.engine) as seen:
            offers = OFFERS.all_of(session, first.programme_id, now, person)
        assert len(seen) == 1
        return [(offer.title, offer.own.state if offer.own else None) for offer in offers]

    title = first.title
    assert keys(None) == keys(other) == [(title, None), (title, None)]
    assert keys(learner) == [(title, "declined"), (title, None)]
    over = MORNING + 400 * DAY
    assert keys(learner, over) == [(title, "declined")]
    assert keys(other, over) == []
    with db.reading() as session:
        own = OFFERS.own_of(session, [first.programme_id], learner)[first.programme_id]
        assert (own.state, own.has_seat, own.reason) == ("declined", False, "Falta el DPI")
        assert OFFERS.own_of(session, [first.programme_id], other) == {}
