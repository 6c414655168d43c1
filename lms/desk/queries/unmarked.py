"""What waits for somebody to mark it, by cohort."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, func, literal, select, union_all
from sqlalchemy.orm import Session

from lms.assessment.models import Attempt, Mark
from lms.assignments.models import Submission
from lms.assignments.queries.marking import WAITS
from lms.enrollment.models import Cohort, Enrollment

MOST = 400
_ESSAYS, _WORKS = "essays", "works"


def unmarked(
    session: Session, marks: ColumnElement[bool], now: datetime
) -> tuple[Mapping[int, int], Mapping[int, int]]:
    """How many answers and how many works wait, in the cohorts in which somebody marks. One
    statement."""
    essays = (
        select(Enrollment.cohort_id, literal(_ESSAYS).label("sort"), func.count().label("many"))
        .select_from(Mark)
        .join(Attempt, Attempt.id == Mark.attempt_id)
        .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        .join(Cohort, Cohort.id == Enrollment.cohort_id)
        .where(marks, Mark.waits)
        .group_by(Enrollment.cohort_id)
    )
    works = (
        select(Enrollment.cohort_id, literal(_WORKS).label("sort"), func.count().label("many"))
        .select_from(Submission)
        .join(Enrollment, Enrollment.id == Submission.enrollment_id)
        .join(Cohort, Cohort.id == Enrollment.cohort_id)
        .where(marks, WAITS)
        .group_by(Enrollment.cohort_id)
    )
    both = union_all(essays, works).subquery()
    rows = session.execute(
        select(both.c.cohort_id, both.c.sort, both.c.many)
        .order_by(both.c.cohort_id, both.c.sort)
        .limit(MOST),
        {"now": now},
    ).all()
    by_sort: dict[str, dict[int, int]] = {_ESSAYS: {}, _WORKS: {}}
    for cohort_id, sort, many in rows:
        by_sort[sort][cohort_id] = many
    return by_sort[_ESSAYS], by_sort[_WORKS]
