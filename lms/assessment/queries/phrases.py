"""The comments that somebody who marks keeps to give again."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.orm import Session

from lms.assessment.models import MarkingPhrase
from lms.assessment.queries.attempts import Found
from lms.people.rules.merging import MOST, Fitting

MOST_PHRASES = 60

_phrases = (
    select(MarkingPhrase.uid, MarkingPhrase.text)
    .where(MarkingPhrase.person_id == bindparam("person_id"))
    .order_by(MarkingPhrase.kept_at, MarkingPhrase.id)
    .limit(MOST_PHRASES)
)


def phrases_of(connection: Connection, person_id: int) -> Sequence[Found]:
    """One's own comments, the oldest first."""
    return connection.execute(_phrases, {"person_id": person_id}).all()


def phrases_fit(session: Session, stays: int, goes: int) -> Fitting:
    """Of two accounts that become one, a comment that both kept is kept once."""
    theirs = select(MarkingPhrase.text).where(MarkingPhrase.person_id == stays)
    left = session.scalars(
        select(MarkingPhrase.id)
        .where(MarkingPhrase.person_id == goes, MarkingPhrase.text.in_(theirs))
        .order_by(MarkingPhrase.id)
        .limit(MOST)
    )
    return Fitting(frozenset(left))
