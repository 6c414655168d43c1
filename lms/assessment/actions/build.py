"""A new attempt that builds on the one before: the same questions, already answered."""

from sqlalchemy import insert

from lms.assessment.actions.save import rows_of
from lms.assessment.models import Answer, Attempt
from lms.assessment.queries.attempts import held_answers
from lms.assessment.queries.chain import head_of
from lms.assessment.rules.paging import as_given
from lms.assessment.rules.saves import Save, taken_over
from lms.foundation.db.work import Work
from lms.foundation.kernel.ids import uuid7


def same_questions(work: Work, begun: Attempt, before: int) -> None:
    """The questions of an earlier attempt as it was given them, while the quiz is the same version;
    of another version they are drawn anew."""
    last = work.session.get_one(Attempt, before)
    if last.activity_id == begun.activity_id:
        begun.seed, begun.out_of = last.seed, last.out_of
        begun.slots = as_given(last.slots)


def take_over(work: Work, begun: Attempt, before: int) -> None:
    """What was answered in an earlier attempt is kept as answered in this one, linked to its chain
    like any other answer."""
    connection = work.session.connection()
    last = work.session.get_one(Attempt, before)
    held = {slot: one.value for slot, one in held_answers(connection, before).items()}
    saved = [
        Save(slot, str(uuid7()), 1, value, work.now)
        for slot, value in taken_over(last.slots, held, begun.slots).items()
    ]
    if saved:
        head = head_of(connection, begun.id)
        connection.execute(insert(Answer), rows_of(begun, head, saved, late=False))
