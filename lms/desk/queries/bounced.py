"""Whether letters to a person come back, for queries."""

from sqlalchemy import ColumnElement, func, select

from lms.foundation.mail.models import Letter, LetterState
from lms.people.models import Person


def _last_state() -> ColumnElement[str]:
    last = (
        select(func.max(Letter.id))
        .where(Letter.person_id == Person.id, Letter.state != LetterState.PENDING)
        .correlate(Person)
        .scalar_subquery()
    )
    return select(Letter.state).where(Letter.id == last).correlate(Person).scalar_subquery()


LAST_BOUNCED: ColumnElement[bool] = _last_state() == LetterState.BOUNCED
"""Whether the last letter to a person came back."""
