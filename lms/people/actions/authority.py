"""Nobody changes how somebody gets in whose account may do what they could not."""

from lms.foundation.access.rights import may_act_on
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, Refused
from lms.people.models import Person
from lms.people.queries import grants

BEYOND = N_(
    "This account has rights that yours does not have. Ask somebody of the administration to do it."
)


def must_reach(work: Work, person: Person) -> None:
    """Refuse to act on an account with rights beyond those of who acts; commands may."""
    if work.actor.person_id is None:
        return
    theirs = [grants.plain(row) for row in grants.standing(work.session, person.id, work.now)]
    own = grants.holding(work.session, work.actor.person_id, work.now)
    mine = [grants.plain(row) for row in own]
    if not may_act_on(mine, theirs, grants.above_of(work.session, mine, theirs)):
        raise Refused(BEYOND)
