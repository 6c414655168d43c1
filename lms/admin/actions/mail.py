"""What administrators do with letters: send them again, note that they came back."""

from uuid import UUID

from lms.admin.queries import mail
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, Invalid, Refused
from lms.foundation.kernel.text import one_line
from lms.foundation.mail import actions
from lms.foundation.mail.models import LetterState
from lms.people.queries.reach import Reach


def send_again(work: Work, uid: UUID, reach: Reach) -> None:
    """A letter leaves once more, as it was written, to the address it was written to."""
    letter = mail.one(work.session, uid, reach, lock=True)
    if letter.state == LetterState.PENDING:
        raise Refused(N_("This e-mail is waiting to leave already."))
    actions.send_again(work, letter)
    record(work, "letter.sent_again", letter, detail={"kind": letter.template})


def note_bounce(work: Work, uid: UUID, reach: Reach, why: str) -> None:
    """Somebody saw that a letter came back: it is on record, and not tried again."""
    letter = mail.one(work.session, uid, reach, lock=True)
    why = one_line(why)
    if not why:
        raise Invalid(
            N_("Write what the answer said."), fields={"why": N_("Write what the answer said.")}
        )
    if letter.state == LetterState.BOUNCED:
        raise Refused(N_("It is on record already that this e-mail came back."))
    actions.mark_bounced(work, letter, why)
    record(work, "letter.bounced", letter, detail={"kind": letter.template})
