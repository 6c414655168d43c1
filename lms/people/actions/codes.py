"""Single-use codes: made, and used up."""

from dataclasses import dataclass

from sqlalchemy import update

from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, NotFound, Refused
from lms.foundation.web.identity import hash_of
from lms.people.models import OneTimeCode
from lms.people.queries import accounts
from lms.people.rules.codes import LIVES, CodeState, state_of


@dataclass(frozen=True)
class Wording:
    """What is said when a code no longer opens anything."""

    unknown: str
    used: str
    expired: str


LINK = Wording(
    N_("This link is not complete. Copy it whole from the e-mail."),
    N_("This link was already used."),
    N_("This link is too old. Ask for another."),
)
INVITED = Wording(
    N_("This invitation is not complete. Copy it whole from the letter."),
    N_("This invitation was already used. Sign in with your password."),
    N_("This invitation is too old. Ask for another."),
)
SPOKEN = Wording(
    N_("That code is not right. Check it letter by letter."),
    N_("That code was already used. Ask the help desk for another."),
    N_("That code is too old. Ask the help desk for another."),
)


def make(work: Work, person_id: int, purpose: str, code: str, target: str | None = None) -> None:
    """Remember a code by its hash; it lives as long as its purpose allows."""
    work.session.add(
        OneTimeCode(
            person_id=person_id,
            purpose=purpose,
            code_hash=hash_of(code),
            target=target,
            created_at=work.now,
            expires_at=work.now + LIVES[purpose],
        )
    )


def use(work: Work, purpose: str, code: str, words: Wording = LINK) -> OneTimeCode:
    """Take a code in: it opens once, and says why when it does not."""
    found = accounts.one_time_code(work.session, purpose, code, lock=True)
    if found is None:
        raise NotFound(words.unknown)
    match state_of(found.expires_at, found.used_at, work.now):
        case CodeState.USED:
            raise Refused(words.used)
        case CodeState.EXPIRED:
            raise Refused(words.expired)
        case CodeState.OPEN:
            found.used_at = work.now
    return found


def spend_all(work: Work, person_id: int, *purposes: str) -> None:
    """Codes that were still open for this person open nothing any more."""
    work.session.execute(
        update(OneTimeCode)
        .where(
            OneTimeCode.person_id == person_id,
            OneTimeCode.purpose.in_(purposes),
            OneTimeCode.used_at.is_(None),
        )
        .values(used_at=work.now)
    )
