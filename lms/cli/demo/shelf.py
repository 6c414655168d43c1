"""Everything that is shipped, taught in the demo: a cohort of each programme, and a reader in it.

The other cohorts show people at every stage of one course. Here somebody has been through all
lessons of all courses, so that whoever looks around opens any of them.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from lms.catalog.models import Programme
from lms.catalog.queries.structure import structure
from lms.cli.demo import people
from lms.cli.demo.houses import HERE, MEXICO, PERU, House
from lms.cli.demo.study import study
from lms.enrollment.actions.ask import ask
from lms.enrollment.actions.open import open_cohort
from lms.enrollment.models import Cohort, CohortCourse
from lms.foundation.db.database import Database
from lms.foundation.kernel.actor import SYSTEM, Actor
from lms.people.models import Identifier
from lms.people.rules.institution import usual_zone


@dataclass(frozen=True)
class Shelf:
    """A cohort in which a programme is taught whole, and whose reader has been through it."""

    house: House
    programme: str
    key: str
    title: str
    reader: str


SHELVES = (
    Shelf(HERE, "gestion-municipal-y-transparencia", "2026-completo", "Diploma completo 2026",
          people.READERS["GT"]),
    Shelf(HERE, "pedir-informacion-publica", "2026-pedir", "Pedir información, 2026",
          people.READERS["GT"]),
    Shelf(PERU, "candidatos-y-autoridades-electas", "2027-electas", "Autoridades electas 2027–2030",
          people.READERS["PE"]),
    Shelf(PERU, "presupuesto-participativo", "2027-taller-pp", "Taller en cuatro sesiones, 2027",
          people.READERS["PE"]),
    Shelf(PERU, "centros-poblados", "2027-taller-cp", "Taller en cuatro sesiones, 2027",
          people.READERS["PE"]),
    Shelf(MEXICO, "formacion-municipalista", "2026-municipalista", "Grupo de lectura 2026",
          people.READERS["MX"]),
)  # fmt: skip
DAYS_AGO = 9


def fill(database: Database, today: date) -> None:
    """Open what is missing and read it; what is there, or is not shipped, stays as it is."""
    clock = database.clock
    try:
        for shelf in SHELVES:
            _fill(database, shelf, today)
    finally:
        database.clock = clock


def _fill(database: Database, shelf: Shelf, today: date) -> None:
    with database.reading() as session:
        is_shipped = session.scalar(select(Programme.id).where(Programme.slug == shelf.programme))
        is_there = session.scalar(select(Cohort.id).where(Cohort.key == shelf.key))
        reader = session.scalars(
            select(Identifier.person_id).where(Identifier.value == shelf.reader)
        ).one()
    if is_shipped is None or is_there is not None:
        return
    zone = ZoneInfo(usual_zone(shelf.house.country))

    def at(days: int, hour: time) -> datetime:
        return datetime.combine(today + timedelta(days=days), hour, zone)

    database.clock = lambda: at(-DAYS_AGO, time(10))
    cohort = database.perform(
        open_cohort,
        SYSTEM,
        shelf.programme,
        key=shelf.key,
        title=shelf.title,
        starts_at=at(-DAYS_AGO, time(8)),
        ends_at=at(150, time(23, 59)),
        enrollment_opens_at=at(-DAYS_AGO, time(8)),
        enrollment_closes_at=at(-1, time(23, 59)),
        door="open",
        capacity=40,
    )
    enrollment = database.perform(ask, Actor(reader), cohort).enrollment
    database.clock = lambda: at(-2, time(10))
    _read(database, reader, cohort, enrollment)


def _read(database: Database, reader: int, cohort: UUID, enrollment: UUID) -> None:
    """All lessons of all courses; the last examination of each is left to be taken."""
    with database.reading() as session:
        courses = [
            structure(session, version)
            for version in session.scalars(
                select(CohortCourse.course_version_id)
                .join(Cohort, Cohort.id == CohortCourse.cohort_id)
                .where(Cohort.uid == cohort)
                .order_by(CohortCourse.position)
            )
        ]
    for course in courses:
        study(database, reader, enrollment, course, upto=len(course.activities) - 1, right=90)
