"""Background work of certificates: issuing to a whole cohort, sealing one document."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import select

from lms.certificates.actions.issue import BATCH, issue
from lms.certificates.actions.seal import seal
from lms.certificates.formats import pdf
from lms.certificates.formats.record import from_json
from lms.certificates.models import Credential
from lms.certificates.queries.candidates import Pair
from lms.certificates.queries.prepare import Unprintable, prepare
from lms.certificates.rules.jobs import ISSUE, SEAL
from lms.foundation.db.database import Database
from lms.foundation.files.actions import keep
from lms.foundation.files.store import Store
from lms.foundation.jobs.progress import report
from lms.foundation.jobs.runner import Task
from lms.foundation.kernel.actor import SYSTEM, Actor
from lms.foundation.web.reading import database


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many documents were issued, and whose names cannot be printed."""

    issued: int
    unprintable: Sequence[Unprintable]


def issue_all(
    database: Database,
    actor: Actor,
    cohort_uid: UUID,
    public_url: str,
    pairs: Collection[Pair] | None = None,
) -> Outcome:
    """Issue to everybody of a cohort who qualifies, 25 at a time.

    Killed at any point and begun again, or run by several at once, each document is issued once
    and the numbers have no gap: every batch looks again who has none yet.
    """
    with database.reading() as session:
        prepared = prepare(session, cohort_uid, public_url, database.clock(), pairs)
    issued = 0
    for start in range(0, len(prepared.ready), BATCH):
        some = prepared.ready[start : start + BATCH]
        issued += len(database.perform(issue, actor, cohort_uid, public_url, some).numbers)
        report(start + len(some), len(prepared.ready))
    return Outcome(issued, prepared.unprintable)


def seal_one(database: Database, store: Store, credential_uid: UUID) -> bool:
    """Make the document of a record and keep its bytes; harmless to repeat."""
    with database.reading() as session:
        row = session.execute(
            select(Credential.record, Credential.sealed_sha256).where(
                Credential.uid == credential_uid
            )
        ).first()
    if row is None or row.sealed_sha256 is not None:
        return False
    stored = keep(store, pdf.render(from_json(row.record)))
    return database.perform(seal, SYSTEM, credential_uid, stored)


def _issue(payload: dict[str, Any]) -> None:
    pairs = payload.get("pairs")
    issue_all(
        database(),
        Actor(payload["actor"], "worker"),
        UUID(payload["cohort"]),
        current_app.config["PUBLIC_URL"],
        None if pairs is None else [(enrollment, course) for enrollment, course in pairs],
    )


def _seal(payload: dict[str, Any]) -> None:
    store: Store = current_app.extensions["cabildo.files"]
    seal_one(database(), store, UUID(payload["credential"]))


TASKS: Mapping[str, Task] = {ISSUE: _issue, SEAL: _seal}
