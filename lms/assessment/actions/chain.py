"""Linking what happens to the chain of an attempt. Whoever links holds the attempt's lock."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert

from lms.assessment.models import Attempt, AttemptEvent
from lms.assessment.queries.chain import head_of
from lms.assessment.rules import chain
from lms.assessment.rules.chain import BEGINNING, Event, Kind, Link
from lms.foundation.db.work import Work


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
