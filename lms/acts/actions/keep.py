"""What an act says stays as it is: only an amending act changes a grade of it."""

from collections.abc import Sequence

from sqlalchemy import exists, select

from lms.acts.models import GradeAct
from lms.assessment.facts import MarkGiven
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, Refused


def hear_mark(work: Work, facts: Sequence[MarkGiven]) -> None:
    """Nobody gives or changes a mark in a course whose act is closed. Whoever marks has locked the
    cohort, as whoever closes does."""
    for fact in facts:
        closed = exists().where(
            GradeAct.cohort_id == fact.cohort_id,
            GradeAct.subject == fact.course_key,
            GradeAct.closed_at.is_not(None),
        )
        if work.session.scalar(select(closed)):
            raise Refused(N_("The act of this course is closed: its marks change no more."))
