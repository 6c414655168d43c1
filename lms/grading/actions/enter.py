"""Marks typed in columns that have no activity: all of them, or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import insert, select, update

from lms.enrollment.models import HAS_SEAT, Cohort, Enrollment
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.jobs.actions import enqueue
from lms.foundation.kernel.errors import N_, Conflict, NotFound, Refused
from lms.foundation.kernel.ids import uuid7
from lms.foundation.kernel.points import Ratio
from lms.grading.actions.recompute import SOME, recompute
from lms.grading.models import Entry
from lms.grading.queries.book import MOST_PEOPLE, Book, book
from lms.grading.queries.entries import ENTRY_STANDS

AT_ONCE = 500
FEW = 5
"""As many are worked out at once; more of them in the background."""
MOST_CHANGES = 10_000


@dataclass(frozen=True, slots=True)
class Mark:
    """What is to stand in one column for one person; ``seen`` is what its writer had in view."""

    enrollment: UUID
    key: str
    ratio: Ratio | None
    seen: Ratio | None


def enter(work: Work, cohort: UUID, course: str, marks: Sequence[Mark]) -> int:
    """Write the marks that are different; returns how many those are.

    Where somebody else wrote another mark since it was in view nothing is written at all: whoever
    writes looks at it first. A mark is taken away by leaving it empty.
    """
    of = book(work.session, cohort, course, lock=True)
    if len(marks) > MOST_CHANGES:
        raise Refused(N_("These are more marks than fit at once: send fewer columns."))
    columns = {each.key for each in of.scheme.columns}
    if any(each.key not in columns for each in marks):
        raise NotFound()
    people = _people(work, of)
    if any(each.enrollment not in people for each in marks):
        raise Refused(N_("Somebody of this list holds no seat here any more. Look at it again."))
    standing = standing_marks(work, of)
    new: list[tuple[int, Mark, Entry | None]] = []
    apart = 0
    for each in marks:
        enrollment_id = people[each.enrollment]
        now = standing.get((enrollment_id, each.key))
        ratio = now.ratio if now is not None else None
        if ratio == each.ratio:
            continue
        if ratio != each.seen:
            apart += 1
        new.append((enrollment_id, each, now))
    if apart:
        raise Conflict(
            N_(
                "Somebody wrote other marks meanwhile: %(many)s of these. Nothing was saved. Look"
                " at them and save again."
            ),
            many=apart,
        )
    if new:
        _write(work, of, new)
    return len(new)


def standing_marks(work: Work, of: Book) -> Mapping[tuple[int, str], Entry]:
    """Every mark by hand that stands in this course of the cohort."""
    rows = work.session.scalars(
        select(Entry)
        .join(Enrollment, Enrollment.id == Entry.enrollment_id)
        .where(
            Enrollment.cohort_id == of.cohort_id,
            Entry.course_id == of.course.course_id,
            ENTRY_STANDS,
        )
        .order_by(Entry.id)
        .limit(MOST_PEOPLE * 10)
        .execution_options(populate_existing=True)
    )
    return {(row.enrollment_id, row.item_key): row for row in rows}


def _people(work: Work, of: Book) -> Mapping[UUID, int]:
    rows = work.session.execute(
        select(Enrollment.uid, Enrollment.id)
        .where(Enrollment.cohort_id == of.cohort_id, HAS_SEAT)
        .order_by(Enrollment.id)
        .limit(MOST_PEOPLE)
    )
    return {row.uid: row.id for row in rows}


def _write(work: Work, of: Book, new: Sequence[tuple[int, Mark, Entry | None]]) -> None:
    old = [entry.id for _id, _mark, entry in new if entry is not None]
    for at in range(0, len(old), AT_ONCE):
        work.session.execute(
            update(Entry)
            .where(Entry.id.in_(old[at : at + AT_ONCE]))
            .values(revoked_at=work.now, revoked_by_id=work.actor.person_id)
        )
    rows = [
        {
            "uid": uuid7(),
            "institution_id": of.institution_id,
            "enrollment_id": enrollment_id,
            "course_id": of.course.course_id,
            "item_key": mark.key,
            "ratio": mark.ratio,
            "before": entry.ratio if entry is not None else None,
            "reason": "",
            "at": work.now,
            "by_id": work.actor.person_id,
            "revoked_reason": "",
        }
        for enrollment_id, mark, entry in new
        if mark.ratio is not None
    ]
    if rows:
        work.session.execute(insert(Entry), rows)
    columns = sorted({mark.key for _id, mark, _entry in new})
    record(
        work,
        "grade.entered",
        subject=work.session.get_one(Cohort, of.cohort_id),
        detail={"course": of.course.key, "columns": columns, "marks": len(new)},
    )
    work.session.flush()
    work_out(work, sorted({enrollment_id for enrollment_id, _mark, _entry in new}))


def work_out(work: Work, people: Sequence[int]) -> None:
    """Bring the grades of these up to date: a few at once, many in the background."""
    if len(people) <= FEW:
        for each in people:
            recompute(work, each, by_learner=False)
        return
    for at in range(0, len(people), AT_ONCE):
        enqueue(work, SOME, payload={"enrollments": list(people[at : at + AT_ONCE])})
