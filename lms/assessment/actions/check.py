"""Checking one answer while its attempt runs."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lms.assessment.actions.chain import link
from lms.assessment.actions.save import locked
from lms.assessment.models import Attempt
from lms.assessment.queries.attempts import held_answers
from lms.assessment.queries.quizzes import quiz_of
from lms.assessment.queries.tries import checks_of
from lms.assessment.rules import chain, marking, tries
from lms.assessment.rules.attempts import State, state
from lms.assessment.rules.chain import Event, Kind
from lms.assessment.rules.paging import open_from
from lms.assessment.rules.sitting import Settings
from lms.assessment.rules.standing import times
from lms.assessment.rules.tries import Check, Verdict, is_settled, settled_now
from lms.catalog.models import Activity
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, NotFound, Refused

OVER = N_("This answer cannot be checked any more.")


@dataclass(frozen=True)
class Checked:
    """What became of a check: done, repeated, or why nothing was done."""

    verdict: Verdict
    right: bool = False


def check(work: Work, attempt: UUID, asked: Check, received_at: datetime) -> Checked:
    """Check the answer that is held for a question. It is a link of the chain; once it is right, or
    no try is left, the answer stands. What arrives twice is done once."""
    found = locked(work, attempt)
    if not 0 < asked.slot <= len(found.slots):
        raise NotFound()
    if state(times(found), received_at) is not State.OPEN or asked.slot < open_from(found.slots):
        raise Refused(OVER)
    connection = work.session.connection()
    activity = work.session.get_one(Activity, found.activity_id)
    checking = Settings.of(activity.settings).checking
    slot = quiz_of(connection, found.activity_id, found.activity_uid).slots(found.slots)[
        asked.slot - 1
    ]
    held = held_answers(connection, found.id).get(asked.slot)
    value = held.value if held is not None else None
    known = [
        (str(each["key"]), each["value"])
        for each in checks_of(connection, found.id)
        if each["slot"] == asked.slot
    ]
    settled = is_settled(found.slots[asked.slot - 1])
    verdict = tries.receive(asked, slot.source, value, known, checking, settled=settled)
    if verdict is not Verdict.KEEP:
        return Checked(verdict)
    score, number = marking.score(slot.source, slot.shown, value), len(known) + 1
    row = work.session.get_one(Attempt, found.id)
    what = chain.checked(
        asked.slot, asked.key, number, value, score.part, score.whole, checking.penalty
    )
    link(work, row, Event(Kind.CHECKED, received_at, what))
    if score.right or number >= checking.tries:
        row.slots = settled_now(row.slots, asked.slot)
    return Checked(verdict, score.right)
