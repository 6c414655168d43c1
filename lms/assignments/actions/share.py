"""Works are shared out among those who teach."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from lms.assignments.models import Submission
from lms.assignments.queries.marking import assignment_of
from lms.assignments.rules.sharing import shared
from lms.enrollment.models import Cohort, Enrollment
from lms.enrollment.queries.team import members
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, Invalid, NotFound


def share_out(work: Work, cohort: UUID, activity: UUID, tutors: Collection[UUID]) -> int:
    """Give each unmarked work one of these tutors, as evenly as it goes; gives back how many works
    have another one now. A work that one of them has already stays theirs."""
    found = work.session.scalar(
        select(Cohort).where(Cohort.uid == cohort).with_for_update(of=Cohort)
    )
    if found is None:
        raise NotFound()
    assignment = assignment_of(work.session.connection(), cohort, activity)
    team = {each.person: each.person_id for each in members(work.session, found.id, work.now)}
    chosen = sorted({team[uid] for uid in tutors if uid in team})
    if not chosen:
        said = N_("Choose at least one person of the team.")
        raise Invalid(said, fields={"tutors": said})
    works = work.session.scalars(
        select(Submission)
        .join(Enrollment, Enrollment.id == Submission.enrollment_id)
        .where(
            Enrollment.cohort_id == found.id,
            Submission.course_id == assignment.course_id,
            Submission.activity_key == assignment.activity_key,
            Submission.latest,
            Submission.points.is_(None),
        )
        .order_by(Submission.handed_in_at, Submission.id)
        .with_for_update(of=Submission)
    ).all()
    moved = 0
    for each, tutor in zip(works, shared([one.tutor_id for one in works], chosen), strict=True):
        moved += each.tutor_id != tutor
        each.tutor_id = tutor
    record(
        work,
        "cohort.works_shared",
        found,
        detail={"activity": assignment.activity_key, "works": len(works), "moved": moved},
    )
    return moved
