"""A person marks a work, changes what was given, or sends it back to be corrected."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import bindparam, func, select

from lms.assessment.facts import MarkGiven
from lms.assignments.facts import WorkJudged
from lms.assignments.models import GivenMark, HandedFile, Submission
from lms.assignments.rules.assignment import Settings
from lms.assignments.rules.lateness import after, penalty
from lms.assignments.rules.marking import Given, Stands, changes, day_fits, whole
from lms.assignments.rules.rubric import as_stored, from_stored
from lms.catalog.models import Activity, CourseVersion
from lms.enrollment.models import Cohort, Enrollment
from lms.enrollment.rules.allowances import later
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.files.actions import refer
from lms.foundation.files.attachment import Attachment
from lms.foundation.kernel.errors import N_, Conflict, NotFound
from lms.foundation.kernel.ids import uuid7
from lms.foundation.mail.actions import tell

_OF = Submission.uid == bindparam("submission", type_=Submission.uid.type)
# The cohort first: while its act is being closed nobody changes a mark (decision 0007).
_cohort = (
    select(Cohort)
    .join(Enrollment, Enrollment.cohort_id == Cohort.id)
    .join(Submission, Submission.enrollment_id == Enrollment.id)
    .where(_OF)
    .with_for_update(of=Cohort)
)
_enrollment = (
    select(Enrollment)
    .join(Submission, Submission.enrollment_id == Enrollment.id)
    .where(_OF)
    .with_for_update(of=Enrollment)
)
_submission = select(Submission).where(_OF).with_for_update(of=Submission)


def give(
    work: Work, submission: UUID, given: Given, seen: int, notes: Sequence[Attachment] = ()
) -> bool:
    """Give a work its mark, or send it back; ``seen`` is how many markings the marker has seen.

    Every marking is kept; ``notes`` are files given back with it. Tells whether the person was
    told. Refused once the act of the course is closed, or when a later version has come in.
    """
    session, values = work.session, {"submission": submission}
    cohort = session.scalar(_cohort, values)
    if cohort is None or work.actor.person_id is None:
        raise NotFound()
    enrollment = session.scalars(_enrollment, values).one()
    found = session.scalars(_submission, values).one()
    if found.handed_in_at is None:
        raise NotFound()
    if not found.latest:
        raise Conflict(N_("A later version of this work was handed in meanwhile: mark that one."))
    activity = session.get_one(Activity, found.activity_id)
    settings = Settings.of(activity.settings)
    whole(given, settings)
    if given.correct_by is not None:
        ends = later(cohort.ends_at, enrollment.ends_at)
        ends = ends if cohort.closed_at is None else min(ends, cohort.closed_at)
        day_fits(given.correct_by, work.now, ends)
    stands = _stands(work, found)
    if not changes(given, stands, seen) and not notes:
        return False
    edition = stands.edition + 1
    taken = penalty(found.days_late, settings.late, found.out_of)
    earned = None if given.is_return else given.earned
    points = None if earned is None else after(earned, taken)
    session.add(
        GivenMark(
            institution_id=found.institution_id,
            submission_id=found.id,
            edition=edition,
            judged=as_stored(given.judged),
            earned=earned,
            points=points,
            comment=given.comment,
            reason=given.reason,
            correct_by_at=given.correct_by,
            marker_id=work.actor.person_id,
            at=work.now,
        )
    )
    before, was_marked = found.points, found.points is not None
    found.earned, found.points = earned, points
    found.passed = None if points is None else settings.passed(points)
    found.returned_at = work.now if given.is_return else None
    found.correct_by_at = given.correct_by
    _attach(work, found, edition, notes)
    session.flush()
    record(
        work,
        "submission.returned" if given.is_return else "submission.marked",
        found,
        detail={
            "number": found.number,
            "edition": edition,
            "before": {"points": before} if was_marked else {},
            "after": {"points": points},
        },
        personal={"reason": given.reason} if given.reason else None,
    )
    key = session.scalars(
        select(CourseVersion.key).where(CourseVersion.id == activity.course_version_id)
    ).one()
    work.record(MarkGiven(cohort.id, key))
    work.record(WorkJudged(found.enrollment_id))
    tell(
        work,
        enrollment.person_id,
        "assignments/returned" if given.is_return else "assignments/marked",
        link=f"/aula/{enrollment.uid}/trabajos/{activity.uid}/entregas/{found.number}",
        institution_id=found.institution_id,
        title=activity.title,
        again=was_marked,
        correct_by=given.correct_by.isoformat() if given.correct_by is not None else "",
    )
    return True


def _stands(work: Work, found: Submission) -> Stands:
    last = work.session.scalar(
        select(GivenMark)
        .where(GivenMark.submission_id == found.id)
        .order_by(GivenMark.edition.desc())
        .limit(1)
    )
    if last is None:
        return Stands()
    judged = from_stored(last.judged)
    points = None if judged else last.earned
    return Stands(last.edition, Given(judged, points, last.comment, correct_by=last.correct_by_at))


def _attach(work: Work, found: Submission, edition: int, notes: Sequence[Attachment]) -> None:
    last = work.session.scalar(
        select(func.max(HandedFile.position)).where(HandedFile.submission_id == found.id)
    )
    for position, each in enumerate(notes, (last or 0) + 1):
        refer(work, each.stored)
        work.session.add(
            HandedFile(
                uid=uuid7(),
                institution_id=found.institution_id,
                submission_id=found.id,
                position=position,
                sha256=each.stored.sha256,
                sent_sha256=each.stored.sha256,
                media_type=each.stored.media_type,
                size=each.stored.size,
                filename=each.name,
                sent_at=work.now,
                edition=edition,
            )
        )
