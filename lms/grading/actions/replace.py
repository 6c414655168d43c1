"""A mark that stands in place of what an activity gave: with a reason, and taken back with one."""

from uuid import UUID

from sqlalchemy import select

from lms.enrollment.models import Enrollment
from lms.enrollment.rules.departures import refuse_unsaid
from lms.enrollment.rules.states import SEATED
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, Conflict, NotFound, Refused
from lms.foundation.kernel.points import Ratio
from lms.foundation.kernel.text import one_line
from lms.foundation.mail.actions import tell
from lms.grading.actions.recompute import recompute
from lms.grading.models import Entry, Grade
from lms.grading.queries.book import Book, book
from lms.grading.queries.entries import ENTRY_STANDS


def replace(
    work: Work, cohort: UUID, course: str, enrollment: UUID, key: str, ratio: Ratio, reason: str
) -> str:
    """From now on this mark counts, whatever the activity gives; who wrote it and why stays.

    Returns what the activity is called. What was given before is kept and comes back when the
    mark is taken back.
    """
    of, whose = _placed(work, cohort, course, enrollment)
    activity = next((each for each in of.graded if each.key == key), None)
    if activity is None:
        raise NotFound()
    reason = one_line(reason)
    refuse_unsaid(reason)
    standing = _standing(work, whose, of, key)
    if standing is not None and standing.ratio == ratio:
        raise Refused(N_("This mark stands already."))
    before = work.session.scalar(
        select(Grade.ratio).where(
            Grade.enrollment_id == whose.id,
            Grade.course_id == of.course.course_id,
            Grade.activity_key == key,
        )
    )
    if standing is not None:
        standing.revoked_at, standing.revoked_by_id = work.now, work.actor.person_id
        standing.revoked_reason = reason
        work.session.flush()
    row = Entry(
        institution_id=of.institution_id,
        enrollment_id=whose.id,
        course_id=of.course.course_id,
        item_key=key,
        ratio=ratio,
        before=before,
        reason=reason,
        at=work.now,
        by_id=work.actor.person_id,
        revoked_reason="",
    )
    work.session.add(row)
    work.session.flush()
    record(
        work,
        "grade.replaced",
        row,
        person_id=whose.person_id,
        detail={"course": of.course.key, "activity": key, "cohort": str(of.uid)},
        personal={"before": {"ratio": before}, "after": {"ratio": ratio}, "reason": reason},
    )
    recompute(work, whose.id, by_learner=False)
    _tell(work, of, whose, "grading/mark_replaced", activity.title, reason)
    return activity.title


def restore(work: Work, cohort: UUID, course: str, entry: UUID, reason: str) -> str:
    """What the activity gave counts again. Returns what the activity is called."""
    found = work.session.execute(
        select(Entry.item_key, Enrollment.uid)
        .join(Enrollment, Enrollment.id == Entry.enrollment_id)
        .where(Entry.uid == entry)
    ).first()
    if found is None:
        raise NotFound()
    of, whose = _placed(work, cohort, course, found.uid)
    activity = next((each for each in of.graded if each.key == found.item_key), None)
    standing = _standing(work, whose, of, found.item_key)
    if activity is None:
        raise NotFound()
    if standing is None or standing.uid != entry:
        raise Conflict(N_("This mark does not stand any more."))
    reason = one_line(reason)
    refuse_unsaid(reason)
    standing.revoked_at, standing.revoked_by_id = work.now, work.actor.person_id
    standing.revoked_reason = reason
    record(
        work,
        "grade.restored",
        standing,
        person_id=whose.person_id,
        detail={"course": of.course.key, "activity": activity.key, "cohort": str(of.uid)},
        personal={"reason": reason},
    )
    work.session.flush()
    recompute(work, whose.id, by_learner=False)
    _tell(work, of, whose, "grading/mark_restored", activity.title, reason)
    return activity.title


def _placed(work: Work, cohort: UUID, course: str, enrollment: UUID) -> tuple[Book, Enrollment]:
    """The course, and the enrollment of its cohort, which is locked as whenever grades change."""
    of = book(work.session, cohort, course, lock=True)
    whose = work.session.scalar(
        select(Enrollment)
        .where(Enrollment.uid == enrollment, Enrollment.cohort_id == of.cohort_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if whose is None:
        raise NotFound()
    if whose.state not in SEATED:
        raise Refused(N_("Whoever holds no seat is given no marks."))
    return of, whose


def _standing(work: Work, whose: Enrollment, of: Book, key: str) -> Entry | None:
    return work.session.scalar(
        select(Entry).where(
            Entry.enrollment_id == whose.id,
            Entry.course_id == of.course.course_id,
            Entry.item_key == key,
            ENTRY_STANDS,
        )
    )


def _tell(
    work: Work, of: Book, whose: Enrollment, template: str, activity: str, reason: str
) -> None:
    tell(
        work,
        whose.person_id,
        template,
        link=f"/aula/{whose.uid}/que-me-falta",
        institution_id=of.institution_id,
        activity=activity,
        course=of.course.title,
        cohort=of.title,
        reason=reason,
    )
