"""The chain of an attempt as it stands: its last link, and all of them in order."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select, union_all

from lms.assessment.models import Answer, AttemptEvent
from lms.assessment.queries.attempts import Found
from lms.assessment.rules import chain
from lms.assessment.rules.chain import Head, Kind, Link

MOST_LINKS = 5_000


def _last(table: type[Answer] | type[AttemptEvent]) -> Select[Any]:
    found = (
        select(table.position, table.digest)
        .where(table.attempt_id == bindparam("attempt_id"), table.position.is_not(None))
        .order_by(table.position.desc())
        .limit(1)
        .subquery()
    )
    return select(found)


_lasts = union_all(_last(Answer), _last(AttemptEvent)).subquery()

HEAD = (
    select(_lasts.c.position.label("head_position"), _lasts.c.digest.label("head_digest"))
    .order_by(_lasts.c.position.desc())
    .limit(1)
    .subquery("head")
)
_head = select(HEAD)

_saved = (
    select(
        Answer.position,
        Answer.digest,
        Answer.slot,
        Answer.client_key,
        Answer.sequence,
        Answer.value,
        Answer.received_at,
        Answer.late,
    )
    .where(Answer.attempt_id == bindparam("attempt_id"), Answer.position.is_not(None))
    .order_by(Answer.position)
    .limit(MOST_LINKS)
)
_events = (
    select(AttemptEvent)
    .where(AttemptEvent.attempt_id == bindparam("attempt_id"))
    .order_by(AttemptEvent.position)
    .limit(MOST_LINKS)
)


def head_of(connection: Connection, attempt_id: int) -> Head | None:
    """The last link, or none if this attempt has no chain."""
    row = connection.execute(_head, {"attempt_id": attempt_id}).first()
    return None if row is None else read_head(row)


def read_head(row: Found) -> Head | None:
    """The same from a row that was read together with others."""
    return None if row.head_position is None else Head(row.head_position, row.head_digest)


def chain_of(connection: Connection, attempt_id: int) -> Sequence[Link]:
    """Every link in its order, answers and events alike."""
    values = {"attempt_id": attempt_id}
    found = [
        Link(
            row.position,
            Kind.SAVED,
            row.received_at,
            chain.saved(row.slot, row.client_key, row.sequence, row.value, late=row.late),
            row.digest,
        )
        for row in connection.execute(_saved, values)
    ]
    found += [
        Link(row.position, row.kind, row.at, row.what, row.digest)
        for row in connection.execute(_events, values)
    ]
    return sorted(found, key=lambda each: each.position)
