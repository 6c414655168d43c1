"""The documents of the demo: issued by a check list; one with a wrong name, one of a cheat."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from lms.certificates.actions import checklists
from lms.certificates.actions.deliver import deliver
from lms.certificates.actions.withdraw import Where, correct, withdraw
from lms.certificates.formats.record import from_json
from lms.certificates.models import Credential
from lms.certificates.queries.delivering import papers
from lms.certificates.queries.prepare import by_list, prepare
from lms.certificates.rules.delivering import Handing, Way
from lms.certificates.rules.status import Status
from lms.certificates.rules.withdrawing import Resolution
from lms.enrollment.models import Cohort
from lms.foundation.db.database import Database
from lms.foundation.kernel.actor import Actor

NOTICE = timedelta(days=8)


def issue(
    database: Database, registrar: Actor, second: Actor, cohort: UUID, public_url: str
) -> None:
    """Everybody who qualifies, by a check list that another person approved."""
    listed = lay_list(database, registrar, cohort, public_url)
    database.perform(checklists.approve, second, cohort, listed)
    with database.reading() as session:
        ready = by_list(session, cohort, listed, public_url, database.clock()).prepared
    many = len(ready.ready)
    database.perform(checklists.issue_by, registrar, ready, listed, public_url, confirmed=many)


def lay_list(database: Database, registrar: Actor, cohort: UUID, public_url: str) -> UUID:
    """A check list of everybody who qualifies, for another person to approve."""
    with database.reading() as session:
        ready = prepare(session, cohort, public_url, database.clock())
    return database.perform(checklists.lay, registrar, ready, confirmed=len(ready.ready))


def hand_over(database: Database, registrar: Actor, cohort: UUID) -> None:
    """Some papers were handed over one by one, those of another municipality were sent."""
    with database.reading() as session:
        cohort_id = session.scalars(select(Cohort.id).where(Cohort.uid == cohort)).one()
        here = papers(session, cohort_id)
    day = database.clock().date()
    by_hand = Handing(Way.HOLDER, "", "DPI", "Marcela Ochoa Sum", day)
    sent = Handing(Way.SENT, "Mensajería municipal, guía 1187", "", "Marcela Ochoa Sum", day)
    town = here[-1].municipality
    for handing, some in (
        (by_hand, [each.uid for each in here[:3]]),
        (sent, [each.uid for each in here if each.municipality == town]),
    ):
        database.perform(deliver, registrar, cohort, some, handing, shown=len(some))


def act(database: Database, registrar: Actor, cohort: UUID, public_url: str) -> None:
    """The last document but one is corrected, the last one revoked."""
    with database.reading() as session:
        last, other = session.execute(
            select(Credential.uid, Credential.record)
            .join(Cohort, Cohort.id == Credential.cohort_id)
            .where(Cohort.uid == cohort)
            .order_by(Credential.leaf_index.desc())
            .limit(2)
        ).all()
    today = database.clock().date()
    holder = from_json(other.record).holder
    database.perform(
        correct,
        registrar,
        Where(cohort, other.uid, public_url),
        replace(holder, second_surname="De León"),
        Resolution("RES-031-2026", "Dirección", today, "Certificación del registro civil."),
    )
    database.perform(
        withdraw,
        registrar,
        Where(cohort, last.uid, public_url),
        Status.REVOKED,
        Resolution(
            "RES-032-2026", "Consejo Directivo", today, "Entregó un trabajo ajeno.", today - NOTICE
        ),
    )
