"""What goes on in a neighbouring institution of the demo: a cohort of its own, with its people."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from lms.catalog.models import Programme
from lms.cli.demo import people
from lms.cli.demo.houses import DOMAIN, MEXICO
from lms.enrollment.actions.ask import ask
from lms.enrollment.actions.open import open_cohort
from lms.enrollment.models import Cohort
from lms.foundation.db.database import Database
from lms.foundation.db.work import Work
from lms.foundation.kernel.actor import SYSTEM, Actor
from lms.people.models import Identifier
from lms.people.rules.institution import usual_zone
from lms.people.rules.names import Name

PROGRAMME, COHORT = "formacion-municipalista", "2026-jalisco"
LEARNERS = (
    Name("Citlali", "Ornelas", "Vázquez"),
    Name("Gerardo", "Íñiguez", "Peña"),
    Name("Nayeli", "Xicoténcatl", None),
)


def fill(database: Database, today: date) -> None:
    """The Mexican network teaches a cohort; where its course is not shipped, nothing."""
    with database.reading() as session:
        is_shipped = session.scalar(select(Programme.id).where(Programme.slug == PROGRAMME))
        is_there = session.scalar(select(Cohort.id).where(Cohort.key == COHORT))
    if is_shipped is None or is_there is not None:
        return
    zone = ZoneInfo(usual_zone(MEXICO.country))

    def at(days: int, hour: time) -> datetime:
        return datetime.combine(today + timedelta(days=days), hour, zone)

    clock = database.clock
    try:
        database.clock = lambda: at(-15, time(10))
        cohort = database.perform(
            open_cohort,
            SYSTEM,
            PROGRAMME,
            key=COHORT,
            title="Grupo Jalisco 2026",
            starts_at=at(-10, time(8)),
            ends_at=at(50, time(23, 59)),
            enrollment_opens_at=at(-15, time(8)),
            enrollment_closes_at=at(20, time(23, 59)),
            door="open",
            capacity=40,
        )
        for place, name in enumerate(LEARNERS):
            person = database.perform(_learner, SYSTEM, place, name)
            database.perform(ask, Actor(person), cohort)
    finally:
        database.clock = clock


def _learner(work: Work, place: int, name: Name) -> int:
    email = f"persona.mx{place}@{DOMAIN}"
    people.add_person(work, name, email, place=place, country=MEXICO.country)
    return work.session.scalars(select(Identifier.person_id).where(Identifier.value == email)).one()
