"""Who may see the site as whom: only staff of all that person's houses, with all their rights."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from lms.foundation.access.permissions import Permission
from lms.foundation.access.policy import POLICY
from lms.foundation.access.rights import lacking
from lms.foundation.access.roles import Role
from lms.foundation.access.scopes import Grant
from lms.foundation.kernel.errors import N_
from lms.people.queries.grants import above_of
from lms.people.queries.reach import reach_of, whereabouts


def why_not(
    session: Session, mine: Sequence[Grant], person: UUID, theirs: Sequence[Grant]
) -> str | None:
    """Why somebody may not see the site as this person does; nothing if they may."""
    rule = POLICY[Permission.PERSON_SEE_AS]
    by = [grant for grant in mine if (Role(grant.role), grant.kind) in rule]
    if not by:
        return N_("Your role does not let you see the site as somebody else.")
    if not reach_of(session, by).has_all(whereabouts(session, person).institutions):
        return N_(
            "This person is of another institution too: somebody who looks after all of them may"
            " see the site as they do."
        )
    if lacking(mine, theirs, above_of(session, mine, theirs)):
        return N_("This person may do more than you: you cannot see the site as they do.")
    return None


def is_over(until: datetime | None, now: datetime) -> bool:
    """Whether a look has ended by itself."""
    return until is None or now >= until
