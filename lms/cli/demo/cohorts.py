"""The cohorts of the demo: one that has ended, one that is running, one that takes requests."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from lms.catalog.queries.structure import CourseStructure, structure
from lms.cli.demo import desk, documents, gradebook, moves, people
from lms.cli.demo.study import study
from lms.enrollment.actions.ask import ask
from lms.enrollment.actions.decide import admit
from lms.enrollment.actions.keys import make_key
from lms.enrollment.actions.open import Choices, open_cohort
from lms.enrollment.models import Cohort, CohortCourse, Enrollment
from lms.foundation.access.roles import Role
from lms.foundation.access.scopes import ScopeKind
from lms.foundation.db.database import Database
from lms.foundation.db.work import Work
from lms.foundation.kernel.actor import SYSTEM, Actor
from lms.learning.actions.announcements import publish
from lms.people.models import Grant, Identifier
from lms.people.rules.names import Name

PROGRAMME = "gestion-municipal-y-transparencia"
ZONE = ZoneInfo("America/Guatemala")


@dataclass(frozen=True)
class Plan:
    """A cohort of the demo, its calendar in days from today."""

    key: str
    title: str
    starts: int
    ends: int
    opens: int
    closes: int
    door: str
    capacity: int | None
    learners: tuple[int, ...] = ()
    waiting: tuple[int, ...] = ()
    closing: tuple[tuple[str, int], ...] = ()


FINISHED = Plan(
    "2026-1", "Promoción 2026-I", -120, -25, -150, -122, "approval", 30, tuple(range(16))
)
RUNNING = Plan(
    "2026-2", "Promoción 2026-II", -20, 40, -50, 12, "approval", 30,
    tuple(range(16, 26)), (26, 27, 28, 29), (("evaluacion-gobierno-abierto", 6),),
)  # fmt: skip
COMING = Plan("2027-1", "Promoción 2027-I", 55, 150, -5, 50, "approval", 40)
INVITED = Plan("2027-invitados", "Promoción por convenio 2027", 60, 155, -5, 55, "key", 25)


def fill(database: Database, today: date, public_url: str) -> str | None:
    """Open the cohorts and let people study in them; returns an invitation key, the first time."""
    clock = database.clock
    with database.reading() as session:
        if session.scalar(select(Cohort.id).where(Cohort.key == FINISHED.key)) is not None:
            return None
    try:
        for plan in (FINISHED, RUNNING, COMING, INVITED):
            open_plan(database, plan, today)
        _finished(database, today)
        _issued(database, today, public_url)
        _running(database, today)
        _listed(database, today, public_url)
        database.perform(_team, SYSTEM)
        _daily(database, today)
    finally:
        database.clock = clock
    with database.reading() as session:
        invited = session.scalars(select(Cohort.uid).where(Cohort.key == INVITED.key)).one()
    until = today + timedelta(days=INVITED.closes)
    return database.perform(make_key, SYSTEM, invited, uses=20, until=until)


@contextmanager
def on_day(database: Database, today: date, days: int, hour: int = 10) -> Iterator[None]:
    """As if it were another day, at an hour of the morning in Guatemala."""
    moment = datetime.combine(today + timedelta(days=days), time(hour, 12), ZONE)
    database.clock = lambda: moment
    yield


def open_plan(database: Database, plan: Plan, today: date) -> None:
    def at(days: int, hour: time) -> datetime:
        return datetime.combine(today + timedelta(days=days), hour, ZONE)

    with on_day(database, today, plan.opens):
        database.perform(
            open_cohort,
            SYSTEM,
            PROGRAMME,
            key=plan.key,
            title=plan.title,
            starts_at=at(plan.starts, time(8)),
            ends_at=at(plan.ends, time(23, 59)),
            enrollment_opens_at=at(plan.opens, time(8)),
            enrollment_closes_at=at(plan.closes, time(23, 59)),
            door=plan.door,
            capacity=plan.capacity,
            chosen=Choices(courses=("transparencia",)),
            calendar={
                key: {"closes_at": at(days, time(23, 59)).isoformat()} for key, days in plan.closing
            },
        )


def _finished(database: Database, today: date) -> None:
    """All but three went to the end; one of those failed, two stopped half way."""
    cohort, course = _seated(database, FINISHED, today)
    with on_day(database, today, FINISHED.starts - 1):
        gradebook.put_together(database, cohort, course)
    for place, learner in enumerate(FINISHED.learners):
        upto, right = {5: (5, 100), 9: (3, 100), 13: (5, 45)}.get(place, (10, 100 - place))
        with on_day(database, today, -80 + place, 9 + place % 9):
            _study(database, cohort, course, learner, upto, right)
    with on_day(database, today, -60):
        _study_as(database, cohort, course, person_of(database, people.ANA), 10, 97)
    with on_day(database, today, FINISHED.ends - 1):
        gradebook.write(database, person_of(database, people.INSTRUCTOR), cohort, course.key)
    with on_day(database, today, -118):
        _announce(
            database, cohort, "Bienvenida",
            "El curso ya está abierto. Reserve **dos horas por lección** y haga los ejercicios "
            "con los datos de su municipalidad.",
        )  # fmt: skip


def _issued(database: Database, today: date, public_url: str) -> None:
    """The documents of the finished cohort, as the registrar issued them."""
    with database.reading() as session:
        cohort = session.scalars(select(Cohort.uid).where(Cohort.key == FINISHED.key)).one()
    registrar = person_of(database, people.REGISTRAR)
    with on_day(database, today, FINISHED.ends + 5):
        second = Actor(person_of(database, people.ADMINISTRATOR))
        documents.issue(database, Actor(registrar), second, cohort, public_url)
    with on_day(database, today, FINISHED.ends + 16):
        documents.act(database, Actor(registrar), cohort, public_url)
    with on_day(database, today, FINISHED.ends + 18):
        documents.hand_over(database, Actor(registrar), cohort)


def _listed(database: Database, today: date, public_url: str) -> None:
    """Those of the running cohort who have finished stand on a list that waits for approval."""
    with database.reading() as session:
        cohort = session.scalars(select(Cohort.uid).where(Cohort.key == RUNNING.key)).one()
    with on_day(database, today, -1, 15):
        registrar = Actor(person_of(database, people.REGISTRAR))
        documents.lay_list(database, registrar, cohort, public_url)


def _running(database: Database, today: date) -> None:
    """People at every stage: some finished, most half way, some who have not entered."""
    cohort, course = _seated(database, RUNNING, today)
    stages = (10, 10, 10, 7, 6, 5, 5, 4, 3, 2, 1, 0, 0)
    for place, learner in enumerate(RUNNING.learners):
        with on_day(database, today, -18 + place, 9 + place % 9):
            _study(database, cohort, course, learner, stages[place % len(stages)], 98 - place)
    rosa = person_of(database, people.ROSA)
    with on_day(database, today, -4):
        _study_as(database, cohort, course, rosa, 6, 84)
    with on_day(database, today, -1, 16):
        _announce(
            database, cohort, "Fecha de la segunda evaluación",
            "La evaluación de gobierno abierto cierra la próxima semana. Tiene **tres intentos** y "
            "cuenta el mejor. Si su señal es débil, responda con calma: cada respuesta se guarda "
            "al darla.",
        )  # fmt: skip


def _team(work: Work) -> None:
    """Who teaches the running cohort; the tutor sees no other."""
    cohort = work.session.scalars(select(Cohort).where(Cohort.key == RUNNING.key)).one()
    for email, role in ((people.TUTOR, Role.TUTOR), (people.INSTRUCTOR, Role.INSTRUCTOR)):
        work.session.add(
            Grant(
                institution_id=cohort.institution_id,
                person_id=work.session.scalars(
                    select(Identifier.person_id).where(Identifier.value == email)
                ).one(),
                role=role,
                kind=ScopeKind.COHORT,
                cohort_id=cohort.id,
                starts_at=work.now,
            )
        )


def _daily(database: Database, today: date) -> None:
    """What the team of the running cohort does from day to day."""
    with database.reading() as session:
        cohort, version = session.execute(
            select(Cohort, CohortCourse.course_version_id)
            .join(CohortCourse, CohortCourse.cohort_id == Cohort.id)
            .where(Cohort.key == RUNNING.key)
        ).one()
        course = structure(session, version)
        coming = session.scalars(select(Cohort.uid).where(Cohort.key == COMING.key)).one()
    kinds = {each.kind: f"{course.key}/{each.key}" for each in reversed(course.activities)}
    with on_day(database, today, -1, 17):
        desk.fill(database, cohort.id, cohort.uid, (kinds["lesson"], kinds["quiz"]))
        moves.fill(database, cohort.id, cohort.uid, course.key, coming)


def _seated(database: Database, plan: Plan, today: date) -> tuple[UUID, CourseStructure]:
    """Ask and admit everybody of a cohort; the waiting ones ask only."""
    with database.reading() as session:
        cohort, version = session.execute(
            select(Cohort.uid, CohortCourse.course_version_id)
            .join(CohortCourse, CohortCourse.cohort_id == Cohort.id)
            .where(Cohort.key == plan.key)
        ).one()
        course = structure(session, version)
    asked = []
    with on_day(database, today, plan.opens + 3):
        for number in (*plan.learners, *plan.waiting):
            person = learner_of(database, number)
            found = database.perform(ask, Actor(person), cohort)
            if number in plan.learners:
                asked.append(found.enrollment)
        for email in {FINISHED.key: (people.ANA,), RUNNING.key: (people.ROSA,)}[plan.key]:
            person = person_of(database, email)
            asked.append(database.perform(ask, Actor(person), cohort).enrollment)
    registrar = person_of(database, people.REGISTRAR)
    with on_day(database, today, plan.opens + 5):
        database.perform(admit, Actor(registrar), cohort, asked)
    return cohort, course


def learner_of(database: Database, number: int) -> int:
    email = people.learner_email(number)

    def make(work: Work) -> None:
        given, first, second = people.NAMES[number % len(people.NAMES)]
        people.add_person(work, Name(given, first, second), email, place=number)

    database.perform(make, SYSTEM)
    return person_of(database, email)


def person_of(database: Database, email: str) -> int:
    with database.reading() as session:
        statement = select(Identifier.person_id).where(Identifier.value == email)
        return session.scalars(statement).one()


def _study(
    database: Database, cohort: UUID, course: CourseStructure, number: int, upto: int, right: int
) -> None:
    _study_as(database, cohort, course, learner_of(database, number), upto, right)


def _study_as(
    database: Database, cohort: UUID, course: CourseStructure, person: int, upto: int, right: int
) -> None:
    with database.reading() as session:
        enrollment = session.scalars(
            select(Enrollment.uid)
            .join(Cohort, Cohort.id == Enrollment.cohort_id)
            .where(Cohort.uid == cohort, Enrollment.person_id == person)
        ).one()
    study(database, person, enrollment, course, upto=upto, right=right)


def _announce(database: Database, cohort: UUID, title: str, body: str) -> None:
    author = person_of(database, people.INSTRUCTOR)

    database.perform(publish, Actor(author), cohort, title, body)
