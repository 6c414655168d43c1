"""Where one learner stands with many quizzes, in one statement."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from lms.assessment.models import Attempt
from lms.assessment.queries.attempts import Found
from lms.assessment.queries.beginning import settings_of
from lms.assessment.rules import standing as rules
from lms.assessment.rules.standing import Standing
from lms.catalog.activity import ActivityState, Progress
from lms.catalog.models import Activity, CourseVersion
from lms.enrollment.models import Enrollment

_standing = (
    select(
        Activity.id.label("asked"),
        Activity.settings,
        Activity.key.label("activity_key"),
        CourseVersion.key.label("course_key"),
        Enrollment.allowances,
        Attempt.number,
        Attempt.started_at,
        Attempt.deadline,
        Attempt.grace,
        Attempt.handed_in_at,
        Attempt.points,
        Attempt.out_of,
    )
    .join(CourseVersion, CourseVersion.id == Activity.course_version_id)
    .join(
        Attempt,
        and_(
            Attempt.course_id == CourseVersion.course_id,
            Attempt.activity_key == Activity.key,
            Attempt.enrollment_id == bindparam("enrollment_id"),
        ),
    )
    .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
    .where(Activity.id.in_(bindparam("activity_ids", expanding=True)))
    .order_by(Activity.position, Attempt.number)
)


def standing(
    session: Session, enrollment_id: int, activity_ids: Collection[int], now: datetime
) -> dict[int, ActivityState]:
    """The state of each quiz that was begun; what is not named was not."""
    if not activity_ids:
        return {}
    rows = session.connection().execute(
        _standing, {"enrollment_id": enrollment_id, "activity_ids": list(activity_ids)}
    )
    by_activity: dict[int, list[Found]] = {}
    for row in rows:
        by_activity.setdefault(row.asked, []).append(row)
    return {
        activity_id: state_of(settings_of(attempts[0], now), attempts, now)
        for activity_id, attempts in by_activity.items()
    }


def state_of(source: Mapping[str, Any], attempts: list[Found], now: datetime) -> ActivityState:
    """One quiz: done once the attempt that counts passes; a new attempt never takes that away.
    Nobody has failed while an attempt is still to be marked."""
    found = rules.standing(source, attempts, now)
    started, may_retry = attempts[-1].started_at, found.left != 0
    until = rules.times(attempts[-1]).due_at if found.is_open else None
    if found.settings.is_practice:
        return _practised(found, attempts, until)
    if found.counts is None:
        progress = Progress.STARTED if found.is_open else Progress.WAITING
        return ActivityState(
            progress, may_retry=may_retry, at=started, left=found.left, until=until
        )
    if found.passed:
        progress = Progress.DONE
    else:
        ended = Progress.WAITING if found.waits else Progress.FAILED
        progress = Progress.STARTED if found.is_open else ended
    return ActivityState(
        progress,
        points=found.counts.points,
        out_of=found.counts.out_of,
        may_retry=may_retry,
        at=max(one.handed_in_at for one in attempts if one.handed_in_at is not None),
        left=found.left,
        until=until,
    )


def _practised(found: Standing, attempts: Sequence[Found], until: datetime | None) -> ActivityState:
    """Practice is done once an attempt was handed in, whatever it reached; there is no mark."""
    ended = [one.handed_in_at for one in attempts if one.handed_in_at is not None]
    started = Progress.STARTED if found.is_open else Progress.WAITING
    return ActivityState(
        Progress.DONE if ended else started,
        may_retry=found.left != 0,
        at=max(ended) if ended else attempts[-1].started_at,
        left=found.left,
        until=until,
    )
