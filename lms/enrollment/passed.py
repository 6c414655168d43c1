"""Which courses people have passed, asked by those who may not know the gradebook.

Enrollment stands below grading and must still tell a registrar that somebody who asks for a seat
has passed the course before. It asks here; grading gives the answer, put in by wiring.
"""

from collections.abc import Callable, Collection, Mapping, Sequence

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from lms.enrollment.rules.doubles import Passed

Answer = Callable[[Session | Connection, int, Collection[int]], Mapping[int, Sequence[Passed]]]
_answers: list[Answer] = []


def use_passed(answer: Answer) -> None:
    """Called once by the composition root: who knows the results of courses."""
    _answers[:] = [answer]


def passed_before(
    reader: Session | Connection, cohort_id: int, person_ids: Collection[int]
) -> Mapping[int, Sequence[Passed]]:
    """The courses of a cohort that these people have passed in other cohorts, by person."""
    return _answers[0](reader, cohort_id, person_ids) if _answers and person_ids else {}
