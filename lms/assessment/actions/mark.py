"""A person marks an answer, and changes what was given; the attempt has its mark with the last."""

from uuid import UUID

from sqlalchemy import bindparam, exists, func, select

from lms.assessment.actions.chain import link_marks
from lms.assessment.actions.finish import graded
from lms.assessment.facts import MarkGiven
from lms.assessment.models import Attempt, HandMark, Mark
from lms.assessment.rules.by_hand import Given, Stands, changes
from lms.assessment.rules.marking import total
from lms.assessment.rules.quiz import Settings
from lms.catalog.models import Activity, CourseVersion
from lms.enrollment.models import Cohort, Enrollment
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import NotFound
from lms.foundation.kernel.points import divide
from lms.foundation.mail.actions import tell

_OF = Attempt.uid == bindparam("attempt", type_=Attempt.uid.type)
# The cohort first: while its act is being closed nobody changes a mark (decision 0007).
_cohort = (
    select(Cohort)
    .join(Enrollment, Enrollment.cohort_id == Cohort.id)
    .join(Attempt, Attempt.enrollment_id == Enrollment.id)
    .where(_OF)
    .with_for_update(of=Cohort)
)
_enrollment = (
    select(Enrollment)
    .join(Attempt, Attempt.enrollment_id == Enrollment.id)
    .where(_OF)
    .with_for_update(of=Enrollment)
)
_attempt = select(Attempt).where(_OF).with_for_update(of=Attempt)


def give(work: Work, attempt: UUID, slot: int, given: Given, seen: int) -> bool:
    """Give an answer its points and a comment; ``seen`` is how many markings the marker has seen.

    Every marking is kept. Tells whether the attempt has its whole mark now. Refused once the act of
    the course is closed.
    """
    session, values = work.session, {"attempt": attempt}
    cohort = session.scalar(_cohort, values)
    if cohort is None or work.actor.person_id is None:
        raise NotFound()
    enrollment = session.scalars(_enrollment, values).one()
    found = session.scalars(_attempt, values).one()
    mark = session.scalar(select(Mark).where(Mark.attempt_id == found.id, Mark.slot == slot))
    last = session.scalar(
        select(HandMark)
        .where(HandMark.attempt_id == found.id, HandMark.slot == slot)
        .order_by(HandMark.edition.desc())
        .limit(1)
    )
    if mark is None or (last is None and not mark.waits):
        raise NotFound()
    stands = Stands() if last is None else Stands(last.edition, last.points, last.comment)
    if not changes(given, stands, seen) and not mark.waits:
        return found.points is not None
    session.add(
        HandMark(
            institution_id=found.institution_id,
            attempt_id=found.id,
            slot=slot,
            edition=stands.edition + 1,
            points=given.points,
            comment=given.comment,
            reason=given.reason,
            marker_id=work.actor.person_id,
            at=work.now,
        )
    )
    mark.points, mark.ratio = given.points, divide(given.points, mark.out_of)
    mark.waits, mark.marked_at = False, work.now
    session.flush()
    _note(work, found, slot, given, stands)
    _hear(work, cohort, found)
    return _settle(work, enrollment, found)


def _note(work: Work, attempt: Attempt, slot: int, given: Given, stands: Stands) -> None:
    before = {"points": stands.points} if stands.edition else {}
    record(
        work,
        "attempt.mark_changed" if stands.edition else "attempt.marked",
        attempt,
        detail={"question": slot, "before": before, "after": {"points": given.points}},
        personal={"reason": given.reason} if given.reason else None,
    )


def _hear(work: Work, cohort: Cohort, attempt: Attempt) -> None:
    key = work.session.scalars(
        select(CourseVersion.key)
        .join(Activity, Activity.course_version_id == CourseVersion.id)
        .where(Activity.id == attempt.activity_id)
    ).one()
    work.record(MarkGiven(cohort.id, key))


def _settle(work: Work, enrollment: Enrollment, attempt: Attempt) -> bool:
    """With the last of its marks an attempt is marked, and its person is told."""
    session, of = work.session, Mark.attempt_id == attempt.id
    if session.scalar(select(exists().where(of, Mark.waits))):
        return False
    activity = session.get_one(Activity, attempt.activity_id)
    was = attempt.points
    reached = session.scalar(select(func.sum(Mark.points)).where(of))
    attempt.points = total([int(reached or 0)])
    attempt.passed = Settings.of(activity.settings).passed(attempt.points, attempt.out_of)
    session.flush()
    link_marks(work, attempt)
    work.record(graded(attempt, by_staff=True))
    tell(
        work,
        enrollment.person_id,
        "assessment/marked",
        link=f"/intentos/{attempt.uid}/resultado",
        institution_id=attempt.institution_id,
        title=activity.title,
        again=was is not None,
    )
    return True
