"""Grades and completion, worked out again from what is on record. As often as one likes."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from lms.assessment.facts import AttemptGraded
from lms.catalog.activity import Progress as How
from lms.catalog.queries.structure import structure
from lms.enrollment.actions.standing import finished, went_on
from lms.enrollment.models import Cohort, Enrollment
from lms.enrollment.rules.states import SEATED
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.jobs.actions import enqueue
from lms.foundation.kernel.errors import NotFound
from lms.foundation.kernel.facts import Fact
from lms.foundation.mail.actions import tell
from lms.grading.models import CourseResult, Grade
from lms.grading.queries.decisions import Decided, decided, ratio_of
from lms.grading.queries.entries import Entered, entered, with_entered
from lms.grading.queries.recognitions import recognised_courses
from lms.grading.rules.explanation import explanation
from lms.grading.rules.scheme import COLUMN
from lms.learning.actions.refresh import refresh
from lms.learning.queries.places import Learner, place_by_id
from lms.learning.queries.states import States

COHORT = "grading.recompute_cohort"
SOME = "grading.recompute_some"
IN_COLUMN = "column"
"""The source of what comes from no activity."""

_LOCKED = select(Enrollment).with_for_update(of=Enrollment)


def hear(work: Work, facts: Sequence[Fact]) -> None:
    """Something counted for somebody: bring their grades and completion up to date."""
    for enrollment_id in sorted({fact.enrollment_id for fact in facts}):  # type: ignore[attr-defined]
        recompute(work, enrollment_id)


def hear_graded(work: Work, facts: Sequence[AttemptGraded]) -> None:
    """An attempt has its mark: what a rule marked is the learner's doing, what a person marked is
    not."""
    hear(work, [fact for fact in facts if not fact.by_staff])
    hear_by_staff(work, [fact for fact in facts if fact.by_staff])


def hear_by_staff(work: Work, facts: Sequence[Fact]) -> None:
    """Something was decided for somebody (they may try more often, they are back): what counts is
    worked out anew, and is no entry of theirs."""
    for enrollment_id in sorted({fact.enrollment_id for fact in facts}):  # type: ignore[attr-defined]
        recompute(work, enrollment_id, by_learner=False)


def recompute(work: Work, enrollment_id: int, *, by_learner: bool = True) -> bool:
    """Work out the grade and completion of every course of an enrollment.

    The same progress and results give the same rows. Tells whether anything has changed. Unless
    it is the learner's doing, it does not count as an entry of theirs.
    """
    enrollment = work.session.scalars(_LOCKED.where(Enrollment.id == enrollment_id)).one()
    if enrollment.state not in SEATED:
        return False
    learner = place_by_id(work.session, enrollment_id)
    courses = tuple(structure(work.session, each) for each in learner.course_version_ids)
    work.session.flush()
    with work.session.no_autoflush:
        by_hand = entered(work.session, enrollment_id)
        states = refresh(
            work, learner, courses, lambda given: with_entered(learner, courses, given, by_hand)
        )
        elsewhere = recognised_courses(work.session, enrollment_id)
        found = [decided(learner, course, states, elsewhere, by_hand) for course in courses]
        _keep_grades(work, learner, found, states, by_hand)
        completed = _keep_results(work, learner, found)
        changed = _has_changes(work)
    if finished(work, enrollment, completed=all(each.decision.completed for each in found)):
        record(work, f"enrollment.{enrollment.state}", subject=enrollment)
    if changed and by_learner:
        went_on(work, enrollment)
    elif changed:
        enrollment.progress_version += 1
    work.session.flush()
    for each in completed:
        _announce(work, learner, each)
    return changed


def recompute_cohort(work: Work, cohort_uid: UUID) -> int:
    """Have everybody of a cohort worked out again in the background, each in their own time.

    Tells how many people hold a seat now.
    """
    cohort = work.session.scalar(select(Cohort).where(Cohort.uid == cohort_uid))
    if cohort is None:
        raise NotFound()
    enqueue(work, COHORT, key=str(cohort.uid), payload={"cohort": cohort.id})
    record(work, "cohort.recomputed", subject=cohort)
    return (
        work.session.scalar(
            select(func.count())
            .select_from(Enrollment)
            .where(Enrollment.cohort_id == cohort.id, Enrollment.state.in_(SEATED))
        )
        or 0
    )


def _has_changes(work: Work) -> bool:
    session = work.session
    return bool(
        session.new or session.deleted or any(session.is_modified(each) for each in session.dirty)
    )


def _keep_grades(
    work: Work, learner: Learner, found: Sequence[Decided], states: States, by_hand: Entered
) -> None:
    rows = {
        (row.course_id, row.activity_key): row
        for row in work.session.scalars(
            select(Grade).where(Grade.enrollment_id == learner.enrollment_id).order_by(Grade.id)
        )
    }
    for each in found:
        for activity in each.course.activities:
            state = states.get(activity.id)
            ratio = ratio_of(state) if state is not None else None
            row = rows.pop((each.course.course_id, activity.key), None)
            if state is None or ratio is None:
                if row is not None:
                    work.session.delete(row)
                continue
            row = row or _grade(work, learner, each, activity.key, activity.kind)
            row.ratio = ratio
            row.passed = state.progress is How.DONE
            row.at = state.at or work.now
        for line in each.decision.arithmetic.lines:
            written = by_hand.get((each.course.course_id, line.component.key))
            if written is not None and line.component.key.startswith(COLUMN):
                row = rows.pop((each.course.course_id, line.component.key), None)
                row = row or _grade(work, learner, each, line.component.key, IN_COLUMN)
                row.ratio, row.passed, row.at = written.ratio, line.component.passed, written.at
    for row in rows.values():
        if row.source == IN_COLUMN:  # its mark was taken back
            work.session.delete(row)


def _grade(work: Work, learner: Learner, each: Decided, key: str, source: str) -> Grade:
    row = Grade(
        institution_id=learner.institution_id,
        enrollment_id=learner.enrollment_id,
        course_id=each.course.course_id,
        activity_key=key,
        source=source,
    )
    work.session.add(row)
    return row


def _keep_results(work: Work, learner: Learner, found: Sequence[Decided]) -> list[Decided]:
    """Write down each course's result; returns those completed by this."""
    rows = {
        row.course_version_id: row
        for row in work.session.scalars(
            select(CourseResult)
            .where(CourseResult.enrollment_id == learner.enrollment_id)
            .order_by(CourseResult.id)
        )
    }
    completed = []
    for each in found:
        row = rows.get(each.course.id)
        if row is None:
            row = CourseResult(
                institution_id=learner.institution_id,
                enrollment_id=learner.enrollment_id,
                course_version_id=each.course.id,
                completed=False,
                recognised=False,
                computed_at=work.now,
            )
            work.session.add(row)
        if each.decision.completed and not row.completed:
            row.completed_at = work.now
            if not each.decision.recognised:  # of that, they are told what was recognised
                completed.append(each)
        elif not each.decision.completed:
            row.completed_at = None
        _put(work, row, each)
    return completed


def _put(work: Work, row: CourseResult, each: Decided) -> None:
    decision, told = each.decision, explanation(each.decision, each.grading)
    grade, said = decision.arithmetic.ratio, decision.recognised
    values = (grade, decision.completed, decision.failed, said, told)
    if values != (row.ratio, row.completed, row.failed, row.recognised, row.explanation):
        row.ratio, row.completed, row.failed, row.recognised, row.explanation = values
        row.computed_at = work.now


def _announce(work: Work, learner: Learner, each: Decided) -> None:
    ratio = each.decision.arithmetic.ratio
    grade = None if ratio is None else str(each.grading.scale.grade(ratio))
    tell(
        work,
        learner.person_id,
        "grading/completed",
        link=f"/aula/{learner.enrollment_uid}",
        institution_id=learner.institution_id,
        course=each.course.title,
        programme=learner.programme_title,
        grade=grade,
        top=each.grading.scale.top,
    )
