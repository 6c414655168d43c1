"""Linking what happens to the chain of an attempt. Whoever links holds the attempt's lock."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, insert, select

from lms.assessment.models import Attempt, AttemptEvent, Mark
from lms.assessment.queries.chain import head_of
from lms.assessment.rules import chain
from lms.assessment.rules.chain import BEGINNING, Event, Kind, Link
from lms.foundation.db.work import Work

_marks = (
    select(Mark.slot, Mark.points, Mark.out_of)
    .where(Mark.attempt_id == bindparam("attempt_id"))
    .order_by(Mark.slot)
)


def begin(work: Work, attempt: Attempt, shown: Mapping[str, Any]) -> str:
    """The first link: what somebody was given to answer. Gives back its digest."""
    first = chain.links(attempt.uid, BEGINNING, [Event(Kind.SHOWN, work.now, shown)])
    _keep(work, attempt, first)
    return first[-1].digest


def link(work: Work, attempt: Attempt, *events: Event) -> str | None:
    """The next links, in their order; gives back the last digest. An attempt from before chains
    were kept has none, and none is made up for it."""
    head = head_of(work.session.connection(), attempt.id)
    found = chain.links(attempt.uid, head, events)
    if not found:
        return None
    _keep(work, attempt, found)
    return found[-1].digest


def link_marks(work: Work, attempt: Attempt) -> str | None:
    """The marks of an attempt as they are on record now, as the next link."""
    assert attempt.points is not None
    rows = work.session.connection().execute(_marks, {"attempt_id": attempt.id})
    told = chain.marked(
        attempt.points, attempt.out_of, ((row.slot, row.points, row.out_of) for row in rows)
    )
    return link(work, attempt, Event(Kind.MARKED, work.now, told))


def _keep(work: Work, attempt: Attempt, found: Sequence[Link]) -> None:
    work.session.connection().execute(
        insert(AttemptEvent),
        [
            {
                "institution_id": attempt.institution_id,
                "attempt_id": attempt.id,
                "position": each.position,
                "kind": each.kind,
                "at": each.at,
                "what": each.what,
                "digest": each.digest,
            }
            for each in found
        ],
    )
