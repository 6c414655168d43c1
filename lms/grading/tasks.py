"""Background work of grading."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from lms.enrollment.models import Cohort, Enrollment
from lms.enrollment.rules.states import SEATED
from lms.foundation.jobs.runner import Task
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.web.reading import database
from lms.grading.actions.recompute import COHORT, SOME, recompute

BATCH = 500


def _recompute_cohort(payload: dict[str, Any]) -> None:
    """Work out everybody of a cohort again, one transaction each; harmless to repeat."""
    last = 0
    while True:
        with database().reading() as session:
            found = session.scalars(
                select(Enrollment.id)
                .join(Cohort, Cohort.id == Enrollment.cohort_id)
                .where(
                    Cohort.id == payload["cohort"],
                    Enrollment.state.in_(SEATED),
                    Enrollment.id > last,
                )
                .order_by(Enrollment.id)
                .limit(BATCH)
            ).all()
        for enrollment_id in found:
            database().perform(recompute, SYSTEM, enrollment_id)
        if len(found) < BATCH:
            return
        last = found[-1]


def _recompute_some(payload: dict[str, Any]) -> None:
    """The same for these people, whose marks were written."""
    for enrollment_id in payload["enrollments"]:
        database().perform(recompute, SYSTEM, enrollment_id, by_learner=False)


TASKS: Mapping[str, Task] = {COHORT: _recompute_cohort, SOME: _recompute_some}
