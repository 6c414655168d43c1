"""The player's answer to those below who ask whether an activity is open (see enrollment.gate)."""

from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from lms.enrollment.gate import Locked
from lms.foundation.kernel.errors import N_
from lms.learning.queries.outline import courses_of, outline
from lms.learning.queries.places import marks_of, place_by_id


def locked(
    reader: Session | Connection, enrollment_id: int, activity_id: int, now: datetime
) -> Locked | None:
    """Why this learner cannot take up this activity now; nothing means that they can.

    Two statements.
    """
    learner = place_by_id(reader, enrollment_id)
    for course in courses_of(reader, learner):
        activity = course.by_id.get(activity_id)
        if activity is not None:
            marks = marks_of(reader, enrollment_id)
            standing = outline(course, marks, learner.days, now).item(activity.key).standing
            if standing.is_open:
                return None
            return Locked(standing.message, standing.params, standing.opens_at)
    return Locked(N_("This activity is not part of your courses."))
