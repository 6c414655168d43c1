"""What became of two documents of the demo: one with a wrong name, one of somebody who cheated."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from lms.certificates.actions.withdraw import Where, correct, withdraw
from lms.certificates.formats.record import from_json
from lms.certificates.models import Credential
from lms.certificates.rules.status import Status
from lms.certificates.rules.withdrawing import Resolution
from lms.enrollment.models import Cohort
from lms.foundation.db.database import Database
from lms.foundation.kernel.actor import Actor

NOTICE = timedelta(days=8)


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
