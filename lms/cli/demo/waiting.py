"""A cohort of the demo that is full, with people who wait for a seat."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from lms.cli.demo import people
from lms.cli.demo.cohorts import ZONE, Plan, learner_of, open_plan, person_of
from lms.enrollment.actions.ask import ask
from lms.enrollment.actions.quotas import keep_seats
from lms.enrollment.actions.waiting import keep_list
from lms.enrollment.models import Cohort
from lms.enrollment.rules import quotas
from lms.enrollment.rules.waiting import Promotion
from lms.foundation.db.database import Database
from lms.foundation.kernel.actor import Actor

FULL = Plan("2027-llena", "Promoción 2027, con lista de espera", 80, 175, -10, 53, "open", 4)
ASKING = (40, 41, 42, 43, 44, 45)


def fill(database: Database, today: date) -> None:
    """Six ask where three seats are everybody's and one is kept for an agreement: the last three
    wait, in the order they asked; once."""
    clock = database.clock
    with database.reading() as session:
        if session.scalar(select(Cohort.id).where(Cohort.key == FULL.key)) is not None:
            return
    try:
        open_plan(database, FULL, today)
        with database.reading() as session:
            cohort = session.scalars(select(Cohort.uid).where(Cohort.key == FULL.key)).one()
        database.perform(
            keep_list, Actor(person_of(database, people.REGISTRAR)), cohort,
            takes=True, promotes=Promotion.BY_REGISTRAR,
        )  # fmt: skip
        until = datetime.combine(today + timedelta(days=30), time(23, 59, 59), ZONE)
        plan = quotas.Plan("Convenio con la asociación de municipalidades", 1, until)
        database.perform(keep_seats, Actor(person_of(database, people.REGISTRAR)), cohort, plan)
        for place, number in enumerate(ASKING):
            moment = datetime.combine(today - timedelta(days=8), time(9 + place, 12), ZONE)
            database.clock = _at(moment)
            database.perform(ask, Actor(learner_of(database, number)), cohort)
    finally:
        database.clock = clock


def _at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment
