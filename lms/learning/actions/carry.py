"""What somebody has seen goes with them to another cohort, by the keys of its lessons."""

from collections.abc import Sequence

from sqlalchemy import exists, select

from lms.catalog.activity import activity_kinds
from lms.catalog.queries.structure import structure
from lms.enrollment.facts import EnrollmentTransferred, TransferUndone
from lms.enrollment.rules.transfers import USED
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import Refused
from lms.learning.models import Progress
from lms.learning.queries.places import place_by_id


def hear_transfer(work: Work, facts: Sequence[EnrollmentTransferred]) -> None:
    """Lessons seen are seen in the other cohort too, where it has them; they stay on record here.

    Marks of what is graded are copies of what its kind says, and are worked out there.
    """
    kinds = activity_kinds()
    for fact in facts:
        there = place_by_id(work.session, fact.to_id)
        courses = [structure(work.session, each) for each in there.course_version_ids]
        lessons = {
            (course.course_id, activity.key)
            for course in courses
            for activity in course.activities
            if not kinds[activity.kind].graded
        }
        lessons -= {(each.course_id, each.activity_key) for each in _of(work, fact.to_id)}
        for each in _of(work, fact.from_id):
            if (each.course_id, each.activity_key) in lessons:
                work.session.add(
                    Progress(
                        institution_id=there.institution_id,
                        enrollment_id=fact.to_id,
                        course_id=each.course_id,
                        activity_key=each.activity_key,
                        state=each.state,
                        at=each.at,
                    )
                )
        work.session.flush()


def hear_undone(work: Work, facts: Sequence[TransferUndone]) -> None:
    """A transfer is not undone over something that was seen since."""
    for fact in facts:
        since = exists().where(Progress.enrollment_id == fact.to_id, Progress.at > fact.moved_at)
        if work.session.scalar(select(since)):
            raise Refused(USED)


def _of(work: Work, enrollment_id: int) -> Sequence[Progress]:
    return work.session.scalars(
        select(Progress).where(Progress.enrollment_id == enrollment_id).order_by(Progress.id)
    ).all()
