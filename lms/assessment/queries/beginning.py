"""Whether a learner can begin an attempt now, as the page says it and the button decides it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from lms.assessment.queries.attempts import Found
from lms.assessment.rules import attempts
from lms.assessment.rules.attempts import closes_at
from lms.assessment.rules.sitting import with_extra
from lms.assessment.rules.standing import Standing
from lms.enrollment.gate import lock_reason
from lms.enrollment.models.enrollment import EnrollmentState
from lms.enrollment.rules.allowances import calendar_of, extra, later
from lms.enrollment.rules.calendar import moments
from lms.foundation.kernel.errors import N_, Refused


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
    calendar = calendar_of(place.calendar, place.allowances)
    own = moments(calendar, place.course_key, place.activity_key)
    return closes_at(own, later(place.ends_at, place.own_end), place.closed_at)


def settings_of(place: Found, now: datetime) -> Mapping[str, Any]:
    """The settings of this quiz as they are for this learner now."""
    more = extra(place.allowances, place.course_key, place.activity_key, now)
    return with_extra(place.settings, more.attempts, more.minutes)
