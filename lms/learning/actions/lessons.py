"""Marking lessons as seen, taking that back, and keeping one's place."""

import re
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from lms.enrollment.actions.standing import keep_place as note_place
from lms.enrollment.actions.standing import went_on
from lms.enrollment.models import Enrollment
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, Invalid, NotFound, Refused
from lms.learning.facts import LessonSeen, LessonUnseen
from lms.learning.models import Progress
from lms.learning.queries.outline import CourseOutline, Item, course_named, outline
from lms.learning.queries.places import Learner, marks_of, own_place
from lms.learning.rules.marks import Mark
from lms.learning.rules.places import place_name

_BLOCK = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
_LOCKED = select(Enrollment).with_for_update(of=Enrollment)


@dataclass(frozen=True, slots=True)
class Onward:
    """Where a learner goes after marking something: the next activity, if there is one."""

    course_key: str
    next_key: str | None
    first_time: bool


def mark_seen(work: Work, enrollment: UUID, course_key: str, activity_key: str) -> Onward:
    """A learner has seen a lesson that is open to them. Marking it again changes nothing."""
    learner, found, row = _taken_up(work, enrollment, course_key)
    item = _markable(found, activity_key)
    if item.mark is None and not item.standing.is_open:
        raise Refused(item.standing.message, **item.standing.params)
    following = found.around(activity_key)[1]
    onward = Onward(course_key, following.key if following else None, item.mark is None)
    if item.mark is not None:
        return onward
    work.session.add(
        Progress(
            institution_id=learner.institution_id,
            enrollment_id=learner.enrollment_id,
            course_id=found.course.course_id,
            activity_key=activity_key,
            state=Mark.SEEN,
            at=work.now,
        )
    )
    went_on(work, row, place_name(course_key, onward.next_key or activity_key))
    work.session.flush()
    work.record(LessonSeen(learner.enrollment_id, item.activity.id))
    return onward


def unmark(work: Work, enrollment: UUID, course_key: str, activity_key: str) -> None:
    """A learner takes back that they have seen a lesson, while nothing rests on it."""
    learner, found, row = _taken_up(work, enrollment, course_key)
    item = _markable(found, activity_key)
    if item.mark is None:
        return
    if not item.standing.is_open:
        raise Refused(item.standing.message, **item.standing.params)
    progress = work.session.scalars(
        select(Progress).where(
            Progress.enrollment_id == learner.enrollment_id,
            Progress.course_id == found.course.course_id,
            Progress.activity_key == activity_key,
        )
    ).one()
    work.session.delete(progress)
    went_on(work, row, place_name(course_key, activity_key))
    record(
        work,
        "progress.unseen",
        subject=row,
        detail={"course": course_key, "activity": activity_key, "since": progress.at.isoformat()},
    )
    work.session.flush()
    work.record(LessonUnseen(learner.enrollment_id, item.activity.id))


def keep_place(
    work: Work, enrollment: UUID, course_key: str, activity_key: str, block: str
) -> None:
    """Remember where somebody stopped reading, so that any device leads them back there."""
    if block and not _BLOCK.fullmatch(block):
        raise Invalid(N_("That is no place in a lesson."))
    note_place(work, enrollment, place_name(course_key, activity_key), block or None)


def _taken_up(
    work: Work, enrollment: UUID, course_key: str
) -> tuple[Learner, CourseOutline, Enrollment]:
    learner = own_place(work.session, enrollment, work.actor.person_id)
    # The enrollment is the aggregate's root: whoever changes its progress waits here in turn.
    row = work.session.scalars(_LOCKED.where(Enrollment.id == learner.enrollment_id)).one()
    marks = marks_of(work.session, learner.enrollment_id)
    course = course_named(work.session, learner, course_key)
    return learner, outline(course, marks, learner.days, work.now), row


def _markable(found: CourseOutline, activity_key: str) -> Item:
    item = found.item(activity_key)
    if item.graded:
        raise NotFound()
    return item
