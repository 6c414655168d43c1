"""What people reached stays theirs: in another version of their courses, or in another cohort."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select, update

from lms.catalog.models import CourseVersion
from lms.enrollment.facts import EnrollmentTransferred, TransferUndone
from lms.enrollment.models import CohortCourse, Enrollment
from lms.foundation.db.work import Work
from lms.grading.actions.recompute import recompute
from lms.grading.models import CourseResult, Recognition


def carry_results(work: Work, cohort_id: int, versions: Mapping[int, int]) -> None:
    """Lay the results of a cohort's people to the new versions (old to new) of their courses."""
    people = select(Enrollment.id).where(Enrollment.cohort_id == cohort_id)
    for old, new in versions.items():
        work.session.execute(
            update(CourseResult)
            .where(CourseResult.course_version_id == old, CourseResult.enrollment_id.in_(people))
            .values(course_version_id=new)
        )


def hear_transfer(work: Work, facts: Sequence[EnrollmentTransferred]) -> None:
    """Grades are worked out anew by the rules of the other cohort; a course that was completed
    before keeps its day, and nobody is told of it twice. What is recognised goes along."""
    for fact in facts:
        _move_recognised(work, fact.from_id, fact.to_id)
        _lay_completed(work, fact)
        recompute(work, fact.to_id, by_learner=False)


def hear_undone(work: Work, facts: Sequence[TransferUndone]) -> None:
    """Back where they were, their results are worked out there again."""
    for fact in facts:
        _move_recognised(work, fact.to_id, fact.from_id)
        recompute(work, fact.from_id, by_learner=False)


def _move_recognised(work: Work, from_id: int, to_id: int) -> None:
    taught = (
        select(CourseVersion.course_id)
        .join(CohortCourse, CohortCourse.course_version_id == CourseVersion.id)
        .join(Enrollment, Enrollment.cohort_id == CohortCourse.cohort_id)
        .where(Enrollment.id == to_id)
    )
    work.session.execute(
        update(Recognition)
        .where(
            Recognition.enrollment_id == from_id,
            Recognition.course_id.in_(taught),
            Recognition.revoked_at.is_(None),
        )
        .values(enrollment_id=to_id)
        .execution_options(synchronize_session="fetch")
    )


def _lay_completed(work: Work, fact: EnrollmentTransferred) -> None:
    rows = work.session.execute(
        select(CourseResult, CourseVersion.course_id)
        .join(CourseVersion, CourseVersion.id == CourseResult.course_version_id)
        .where(CourseResult.enrollment_id == fact.from_id, CourseResult.completed.is_(True))
        .order_by(CourseResult.id)
    ).all()
    taught = work.session.execute(
        select(CourseVersion.course_id, CourseVersion.id)
        .join(CohortCourse, CohortCourse.course_version_id == CourseVersion.id)
        .join(Enrollment, Enrollment.cohort_id == CohortCourse.cohort_id)
        .where(Enrollment.id == fact.to_id)
    )
    versions = {row.course_id: row.id for row in taught}
    known = set(
        work.session.scalars(
            select(CourseResult.course_version_id).where(CourseResult.enrollment_id == fact.to_id)
        )
    )
    there = work.session.get_one(Enrollment, fact.to_id)
    for result, course_id in rows:
        version = versions.get(course_id)
        if version is not None and version not in known:
            work.session.add(
                CourseResult(
                    institution_id=there.institution_id,
                    enrollment_id=there.id,
                    course_version_id=version,
                    ratio=result.ratio,
                    completed=True,
                    completed_at=result.completed_at,
                    explanation=result.explanation,
                    computed_at=work.now,
                )
            )
    work.session.flush()
