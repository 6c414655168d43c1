"""Where one learner stands with many assignments, in one statement."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from lms.assessment.queries.attempts import Found
from lms.assignments.models import Submission
from lms.assignments.queries.works import VERSION, standing_at
from lms.assignments.rules.standing import state_of
from lms.catalog.activity import ActivityState
from lms.catalog.models import Activity, CourseVersion
from lms.enrollment.models import Cohort, Enrollment

_standing = (
    select(
        Activity.id.label("asked"),
        Activity.settings,
        Activity.key.label("activity_key"),
        CourseVersion.key.label("course_key"),
        Enrollment.allowances,
        Enrollment.ends_at.label("own_end"),
        Cohort.calendar,
        Cohort.ends_at,
        Cohort.closed_at,
        *VERSION,
    )
    .join(CourseVersion, CourseVersion.id == Activity.course_version_id)
    .join(
        Submission,
        and_(
            Submission.course_id == CourseVersion.course_id,
            Submission.activity_key == Activity.key,
            Submission.enrollment_id == bindparam("enrollment_id"),
        ),
    )
    .join(Enrollment, Enrollment.id == Submission.enrollment_id)
    .join(Cohort, Cohort.id == Enrollment.cohort_id)
    .where(Activity.id.in_(bindparam("activity_ids", expanding=True)))
    .order_by(Activity.position, Activity.id, Submission.number)
)


def states(
    session: Session, enrollment_id: int, activity_ids: Collection[int], now: datetime
) -> dict[int, ActivityState]:
    """The state of each assignment that was begun; what is not named was not."""
    if not activity_ids:
        return {}
    rows = session.connection().execute(
        _standing, {"enrollment_id": enrollment_id, "activity_ids": list(activity_ids)}
    )
    by_activity: dict[int, list[Found]] = {}
    for row in rows:
        by_activity.setdefault(row.asked, []).append(row)
    found = {
        activity_id: state_of(standing_at(versions[0], versions, now))
        for activity_id, versions in by_activity.items()
    }
    return {activity_id: state for activity_id, state in found.items() if state is not None}
