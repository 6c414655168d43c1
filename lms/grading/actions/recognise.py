"""Recognising a course that somebody passed elsewhere, and taking it back."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from lms.catalog.models import CourseVersion
from lms.enrollment.documents import has_documents
from lms.enrollment.models import Cohort, CohortCourse, Enrollment
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.files.actions import refer
from lms.foundation.files.attachment import Attachment
from lms.foundation.kernel.errors import NotFound
from lms.foundation.kernel.text import one_line
from lms.foundation.mail.actions import tell
from lms.grading.actions.recompute import recompute
from lms.grading.models import CourseResult, Recognition
from lms.grading.rules import recognition as rules


@dataclass(frozen=True, slots=True)
class Passed:
    """What was passed elsewhere, as its document says, and why it counts here."""

    where_passed: str
    title: str
    hours: int
    grade: str
    passed_on: date
    reason: str
    document: Attachment


@dataclass(frozen=True, slots=True)
class _Place:
    """One course of one enrollment, which is locked."""

    cohort: Cohort
    enrollment: Enrollment
    version: CourseVersion


def recognise(work: Work, cohort: UUID, enrollment: UUID, course: str, passed: Passed) -> str:
    """The course counts as completed, without a grade; all else is worked out anew.

    Returns what the course is called.
    """
    place = _placed(work, cohort, enrollment, CourseVersion.key == course)
    where, title = one_line(passed.where_passed), one_line(passed.title)
    reason = one_line(passed.reason)
    result = work.session.scalar(
        select(CourseResult.completed).where(
            CourseResult.enrollment_id == place.enrollment.id,
            CourseResult.course_version_id == place.version.id,
        )
    )
    rules.recognise(
        place.cohort.title,
        state=place.enrollment.state,
        is_closed=place.cohort.closed_at is not None,
        is_completed=bool(result),
        said={"where_passed": where, "title": title},
        hours=passed.hours,
        passed_on=passed.passed_on,
        today=place.cohort.day(work.now),
        reason=reason,
    )
    refer(work, passed.document.stored)
    row = Recognition(
        institution_id=place.enrollment.institution_id,
        enrollment_id=place.enrollment.id,
        course_id=place.version.course_id,
        where_passed=where,
        title=title,
        hours=passed.hours,
        grade=one_line(passed.grade),
        passed_on=passed.passed_on,
        reason=reason,
        document_sha256=passed.document.stored.sha256,
        document_name=passed.document.name,
        at=work.now,
        by_id=work.actor.person_id,
    )
    work.session.add(row)
    work.session.flush()
    record(
        work,
        "recognition.recorded",
        row,
        person_id=place.enrollment.person_id,
        detail={
            "course": place.version.key,
            "cohort": str(place.cohort.uid),
            "file": row.document_sha256,
        },
        personal={"where_passed": where, "title": title, "reason": reason},
    )
    recompute(work, place.enrollment.id, by_learner=False)
    _tell(work, place, "grading/recognised", where=where, title=title, reason=reason)
    return place.version.title


def revoke(work: Work, cohort: UUID, recognition: UUID, reason: str) -> str:
    """It does not count any more: the course is as complete as what was done here says.

    Returns what the course is called. Refused once a document of the course was issued.
    """
    found = work.session.execute(
        select(Recognition.id, Recognition.course_id, Enrollment.uid)
        .join(Enrollment, Enrollment.id == Recognition.enrollment_id)
        .join(Cohort, Cohort.id == Enrollment.cohort_id)
        .where(Recognition.uid == recognition, Cohort.uid == cohort)
    ).first()
    if found is None:
        raise NotFound()
    place = _placed(work, cohort, found.uid, CourseVersion.course_id == found.course_id)
    row = work.session.get_one(Recognition, found.id, with_for_update=True)
    reason = one_line(reason)
    ids = (place.cohort.id, place.enrollment.id, place.version.id)
    rules.revoke(
        place.cohort.title,
        is_closed=place.cohort.closed_at is not None,
        is_revoked=row.revoked_at is not None,
        has_document=has_documents(work.session, *ids),
        reason=reason,
    )
    row.revoked_at, row.revoked_by_id = work.now, work.actor.person_id
    row.revoked_reason = reason
    record(
        work,
        "recognition.revoked",
        row,
        person_id=place.enrollment.person_id,
        detail={"course": place.version.key, "cohort": str(place.cohort.uid)},
        personal={"reason": reason},
    )
    work.session.flush()
    recompute(work, place.enrollment.id, by_learner=False)
    _tell(work, place, "grading/recognised_no_more", reason=reason)
    return place.version.title


def _placed(work: Work, cohort: UUID, enrollment: UUID, which: Any) -> _Place:
    """A course of somebody's cohort; the enrollment is locked, as whenever grades change."""
    locked = work.session.scalar(
        select(Enrollment)
        .join(Cohort, Cohort.id == Enrollment.cohort_id)
        .where(Enrollment.uid == enrollment, Cohort.uid == cohort)
        .with_for_update(of=Enrollment)
        .execution_options(populate_existing=True)
    )
    if locked is None:
        raise NotFound()
    version = work.session.scalar(
        select(CourseVersion)
        .join(CohortCourse, CohortCourse.course_version_id == CourseVersion.id)
        .where(CohortCourse.cohort_id == locked.cohort_id, which)
    )
    if version is None:
        raise NotFound()
    return _Place(work.session.get_one(Cohort, locked.cohort_id), locked, version)


def _tell(work: Work, place: _Place, template: str, **said: str) -> None:
    tell(
        work,
        place.enrollment.person_id,
        template,
        link=f"/aula/{place.enrollment.uid}/que-me-falta",
        institution_id=place.enrollment.institution_id,
        course=place.version.title,
        cohort=place.cohort.title,
        **said,
    )
