"""The acts of the demo: one closed and signed on the site and on paper, one still a draft."""

from datetime import date
from uuid import UUID

from sqlalchemy import select

from lms.acts.actions.close import close
from lms.acts.actions.review import remark, send_for_review
from lms.acts.actions.sign import sign_here, sign_on_paper
from lms.acts.formats.sheet import render
from lms.acts.models import GradeAct
from lms.acts.queries.closed import signatures
from lms.acts.queries.drawing import drawn
from lms.acts.queries.written import document
from lms.cli.demo import people
from lms.cli.demo.cohorts import FINISHED, RUNNING, on_day, person_of
from lms.enrollment.models import Cohort
from lms.foundation.db.database import Database
from lms.foundation.db.work import Work
from lms.foundation.files.actions import keep
from lms.foundation.files.attachment import Attachment
from lms.foundation.files.store import Store
from lms.foundation.kernel.actor import SYSTEM, Actor
from lms.people.models import Signer

COURSE = "transparencia"


def fill(database: Database, today: date, store: Store) -> None:
    """The finished cohort's act is closed and signed by both; the running one's was sent to review.

    The director signs by her account; the coordinator has none, so his signature is on paper.
    """
    clock = database.clock
    registrar, director = (
        Actor(person_of(database, email)) for email in (people.REGISTRAR, people.SIGNER)
    )
    finished, running = (_cohort(database, plan.key) for plan in (FINISHED, RUNNING))
    try:
        with on_day(database, today, FINISHED.ends + 2):
            database.perform(_give_account, SYSTEM, director.person_id)
            with database.reading() as session:
                many = len(drawn(session, finished, COURSE, database.clock()).entries)
            act = database.perform(close, registrar, finished, COURSE, many).uid
        with on_day(database, today, FINISHED.ends + 3):
            database.perform(sign_here, director, finished, act, 1)
        with on_day(database, today, FINISHED.ends + 4):
            scan = Attachment(keep(store, _printed(database, act)), "acta-firmada.pdf")
            day = today_of(database, finished)
            database.perform(sign_on_paper, registrar, finished, act, 2, day, scan)
        with on_day(database, today, -1, 15):
            database.perform(send_for_review, registrar, running, COURSE)
            said = "Falta calificar la segunda evaluación, que cierra la próxima semana."
            instructor = Actor(person_of(database, people.INSTRUCTOR))
            database.perform(remark, instructor, running, COURSE, said)
    finally:
        database.clock = clock


def today_of(database: Database, cohort: UUID) -> date:
    """The day it is where a cohort is taught."""
    with database.reading() as session:
        found = session.scalars(select(Cohort).where(Cohort.uid == cohort)).one()
        return found.day(database.clock())


def _give_account(work: Work, person_id: int | None) -> None:
    first = select(Signer).order_by(Signer.institution_id, Signer.order, Signer.id).limit(1)
    work.session.scalars(first).one().account_id = person_id


def _cohort(database: Database, key: str) -> UUID:
    with database.reading() as session:
        return session.scalars(select(Cohort.uid).where(Cohort.key == key)).one()


def _printed(database: Database, act: UUID) -> bytes:
    with database.reading() as session:
        found = session.scalars(select(GradeAct).where(GradeAct.uid == act)).one()
        said = document(found, signatures(session, found.id))
    return render(said, paper="letter", hue="petrol")
