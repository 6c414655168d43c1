"""Asking for the password once more before something that only its owner may do."""

from lms.foundation.kernel.errors import N_
from lms.foundation.web.identity import signed_in
from lms.foundation.web.limits import give_back, take
from lms.foundation.web.perform import perform
from lms.foundation.web.reading import reading
from lms.people.formats.hashes import is_password
from lms.people.models import Person
from lms.people.queries.tries import PASSWORD_OF, who

WRONG = N_("That is not your present password.")


def is_mine(given: str) -> bool:
    """Whether this is the password of who asks; wrong tries are counted, and too many refused."""
    identity = signed_in()
    one = (PASSWORD_OF, who(identity.person_uid))
    take(one)
    right = is_password(reading().get_one(Person, identity.person_id).password_hash, given)
    if right:
        perform(give_back, one)
    return right
