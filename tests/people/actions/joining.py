"""Joining and parting accounts, for tests: short ways to say it, and all rows to compare."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from lms.foundation.audit.models import AuditEntry, AuditPersonal
from lms.foundation.db.base import Base
from lms.foundation.db.database import Database
from lms.foundation.kernel.actor import Actor
from lms.people.actions.merge import By, Why, merge, part
from lms.people.queries.reach import Reach

EVERYWHERE = By(Reach(everywhere=True), 1)
WHY = Why("document: DPI a la vista", "Se registró dos veces")

# What joining and parting leave behind on purpose: what they did is on record, told, and void.
_TRACES = {"audit_entry", "audit_personal", "merge", "job"}
_VOID = {"login_session": {"revoked_at"}, "one_time_code": {"used_at"}}

Rows = dict[str, dict[Any, dict[str, Any]]]


def join(db: Database, by: Actor, stays: int, goes: int, why: Why = WHY, how: By = EVERYWHERE):
    """Join two accounts; the uid of the merge."""
    return db.perform(merge, by, stays, goes, why, how)


def separate(db: Database, by: Actor, stays: int, uid: UUID, reason: str = "Eran dos personas"):
    """Part them; what the other does not get back."""
    return db.perform(part, by, stays, uid, reason, EVERYWHERE)


def rows(db: Database) -> Rows:
    """Every row of every table by its key, but for traces."""
    found: Rows = {}
    with db.reading() as session:
        for table in Base.metadata.sorted_tables:
            if table.name in _TRACES:
                continue
            found[table.name] = {}
            for row in session.execute(select(table)).mappings():
                key = tuple(row[column.name] for column in table.primary_key)
                found[table.name][key] = {
                    name: value for name, value in row.items()
                    if name not in _VOID.get(table.name, ())
                }  # fmt: skip
    return found


def known_before(before: Rows, after: Rows) -> Rows:
    """Of rows as they are now, those that were there before."""
    return {name: {key: after[name].get(key) for key in kept} for name, kept in before.items()}


def entry(db: Database, deed: str) -> tuple[AuditEntry, dict[str, Any]]:
    """What the records keep of a deed, and the personal part of it."""
    with db.reading() as session:
        kept = session.scalars(select(AuditEntry).where(AuditEntry.deed == deed)).one()
        personal = session.get(AuditPersonal, kept.id)
        return kept, personal.values if personal else {}
