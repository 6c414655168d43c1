"""Whether a learner can begin an attempt now, as the page says it and the button decides it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Text, and_, bindparam, cast, func, or_, select
from sqlalchemy.orm import Session

from lms.assessment.models import Attempt
from lms.assessment.queries.attempts import Found
from lms.assessment.rules import attempts
from lms.assessment.rules.attempts import closes_at
from lms.assessment.rules.sitting import with_extra
from lms.assessment.rules.standing import Standing
from lms.enrollment.gate import lock_reason
from lms.enrollment.models import Cohort
from lms.enrollment.models.enrollment import Enrollment, EnrollmentState
from lms.enrollment.rules.allowances import calendar_of, extra, later
from lms.enrollment.rules.calendar import moments
from lms.foundation.kernel.errors import N_, Refused

MOST_EXCEPTIONS = 10_000

_cohort_id = (
    select(Enrollment.cohort_id)
    .where(Enrollment.id == bindparam("enrollment_id"))
    .scalar_subquery()
)
_running = (
    select(func.max(Attempt.deadline))
    .select_from(Attempt)
    .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
    .where(
        Enrollment.cohort_id == Cohort.id,
        Attempt.course_id == bindparam("course_id"),
        Attempt.activity_key == bindparam("activity_key"),
        Attempt.handed_in_at.is_(None),
    )
    .correlate(Cohort)
    .scalar_subquery()
)
# One row at least: whether or not anybody has days of their own, an attempt may run.
_others = (
    select(_running.label("running"), Enrollment.allowances, Enrollment.ends_at.label("own_end"))
    .select_from(Cohort)
    .outerjoin(
        Enrollment,
        and_(
            Enrollment.cohort_id == Cohort.id,
            Enrollment.state == EnrollmentState.ENROLLED,
            or_(Enrollment.ends_at.is_not(None), cast(Enrollment.allowances, Text) != "{}"),
        ),
    )
    .where(Cohort.id == _cohort_id)
    .order_by(Enrollment.id)
    .limit(MOST_EXCEPTIONS)
)


def refuse_start(
    reader: Session | Connection, place: Found, stands: Standing, now: datetime
) -> None:
    """Say why this learner cannot begin now: their place in the cohort, the order or the days of
    the course, or no attempts left."""
    if place.enrollment_state == EnrollmentState.COMPLETED:
        raise Refused(N_("You have completed this cohort. Its grades stand."))
    if place.enrollment_state != EnrollmentState.ENROLLED:
        raise Refused(N_("Your place in this cohort does not allow new attempts."))
    locked = lock_reason(reader, place.enrollment_id, place.activity_id, now)
    if locked is not None:
        raise Refused(locked.message, **locked.params)
    attempts.refuse_start(stands.settings, stands.used, closes_of(place), now, stands.ended_at)


def closes_of(place: Found) -> datetime:
    """When this quiz closes to this learner."""
    return _closes_to(place, place)


def _closes_to(place: Found, person: Found) -> datetime:
    calendar = calendar_of(place.calendar, person.allowances)
    own = moments(calendar, place.course_key, place.activity_key)
    return closes_at(own, later(place.ends_at, person.own_end), place.closed_at)


def closes_to_all(connection: Connection, place: Found) -> datetime:
    """When this quiz closes to the last of the cohort: later days that somebody was given and
    attempts that were opened again count."""
    rows = connection.execute(
        _others,
        {
            "enrollment_id": place.enrollment_id,
            "course_id": place.course_id,
            "activity_key": place.activity_key,
        },
    ).all()
    last = max([closes_of(place), *(_closes_to(place, row) for row in rows)])
    running: datetime | None = rows[0].running if rows else None
    return last if running is None else max(last, running)


def settings_of(place: Found, now: datetime) -> Mapping[str, Any]:
    """The settings of this quiz as they are for this learner now."""
    more = extra(place.allowances, place.course_key, place.activity_key, now)
    return with_extra(place.settings, more.attempts, more.minutes)
