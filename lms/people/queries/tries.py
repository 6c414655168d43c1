"""How often one may try to get in, and who has used that up."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from sqlalchemy.orm import Session

from lms.foundation.db.work import Work
from lms.foundation.web.limits import Limit
from lms.people.formats import typed
from lms.people.models import Identifier, Person

QUARTER = 15 * 60
HOUR = 3600

# Ten wrong tries for one account, fifty from one place (a whole classroom may share an address).
SIGN_IN_AS = Limit("sign-in-as", 10, QUARTER)
SIGN_IN_FROM = Limit("sign-in-from", 50, QUARTER)
CODE_FROM = Limit("code-from", 20, QUARTER)
PASSWORD_OF = Limit("password-of", 10, QUARTER)
REGISTER_FROM = Limit("register-from", 60, HOUR)
LETTERS_TO = Limit("letters-to", 5, HOUR)


def who(text: str) -> str:
    """What somebody typed, as a place to count at: counts hold nobody's data."""
    return sha256(typed.alike(text).encode()).hexdigest()[:32]


def places_of(person: Person, identifiers: Iterable[Identifier]) -> list[str]:
    """Everywhere the tries of one person are counted: each way to write what they are known by."""
    written = [text for each in identifiers for text in typed.spellings(each.kind, each.value)]
    return [who(text) for text in (str(person.uid), *written)]


def locked_until(session: Session, now: datetime, places: list[str]) -> datetime | None:
    """Until when somebody is kept out for having tried too often."""
    until = [each.closed_until(session, now, *places) for each in (SIGN_IN_AS, PASSWORD_OF)]
    return max((each for each in until if each is not None), default=None)


def unlock(work: Work, places: list[str]) -> bool:
    """Everything one person used up may be tried again; says whether anything was."""
    forgiven = [limit.forgive(work, *places) for limit in (SIGN_IN_AS, PASSWORD_OF, LETTERS_TO)]
    return any(forgiven)
