"""A question is corrected for a cohort: one deed, and every attempt is marked anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from lms.assessment.actions.chain import link, link_marks
from lms.assessment.actions.finish import graded
from lms.assessment.models import Adjustment, Answer, Attempt, Mark, QuestionVersion
from lms.assessment.models.attempt import HandedInBy
from lms.assessment.queries.adjusting import as_rules, corrections_of, line, place_of
from lms.assessment.queries.tries import tried_of
from lms.assessment.rules.adjusting import REASON, SHORTEST_REASON, Change, Worth, refuse, settle
from lms.assessment.rules.chain import Event, Kind
from lms.assessment.rules.marking import total
from lms.assessment.rules.sitting import Settings
from lms.assessment.rules.tries import NOT_TRIED
from lms.catalog.models import Activity, CourseVersion
from lms.enrollment.acted import act_closed
from lms.enrollment.models import Cohort, Enrollment
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.jobs.actions import enqueue
from lms.foundation.kernel.errors import N_, Invalid, NotFound, Refused
from lms.foundation.kernel.points import divide, written
from lms.foundation.kernel.text import one_line
from lms.foundation.mail.actions import tell
from lms.people.models import Person

REGRADE = "assessment.regrade"
BATCH = 5
"""Attempts in one transaction: grades are worked out anew in it."""
AGAIN = timedelta(minutes=1)
ACT_CLOSED = N_(
    "The act of this course is closed: its marks change no more. Only an amending act changes a "
    "grade of it."
)

_mine = (
    select(Mark, Answer.value, QuestionVersion.source)
    .join(QuestionVersion, QuestionVersion.id == Mark.question_version_id)
    .outerjoin(Answer, Answer.id == Mark.answer_id)
    .where(Mark.attempt_id == bindparam("attempt"))
    .order_by(Mark.slot)
)


@dataclass(frozen=True)
class Wanted:
    """What is to be done about a question; ``keeps``: whoever would lose by it keeps theirs."""

    version: int
    change: Change
    data: Mapping[str, Any]
    keeps: bool = True


def adjust(work: Work, cohort: UUID, quiz: UUID, wanted: Wanted, reason: str) -> UUID:
    """Correct a question for a cohort; its attempts are marked anew in the background.

    Attempts that run, or are begun later, are marked with it when they are handed in. Refused once
    the act of the course is closed.
    """
    reason = one_line(reason)
    found = _locked(work, cohort, quiz)
    place = place_of(work.session.connection(), cohort, quiz)
    asked = work.session.get(QuestionVersion, wanted.version)
    if asked is None or work.actor.person_id is None:
        raise NotFound()
    refuse(asked.source, wanted.change, wanted.data, reason)
    row = Adjustment(
        institution_id=found.institution_id,
        cohort_id=found.id,
        course_id=place.course_id,
        activity_key=place.activity_key,
        question_version_id=wanted.version,
        change=wanted.change,
        data=dict(wanted.data),
        keeps=wanted.keeps,
        reason=reason,
        by_id=work.actor.person_id,
        at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    record(
        work,
        "attempt.question_corrected",
        row,
        detail={"question": str(asked.uid), "change": wanted.change, "keeps": wanted.keeps},
        personal={"reason": reason},
    )
    _begin(work, row)
    uid: UUID = row.uid
    return uid


def take_back(work: Work, cohort: UUID, quiz: UUID, adjustment: UUID, reason: str) -> None:
    """A correction does not hold any more: every attempt is marked as if it had not been made."""
    reason = one_line(reason)
    if len(reason) < SHORTEST_REASON:
        raise Invalid(REASON, fields={"reason": REASON})
    found = _locked(work, cohort, quiz)
    row = work.session.scalar(
        select(Adjustment)
        .where(Adjustment.uid == adjustment, Adjustment.cohort_id == found.id)
        .with_for_update()
    )
    if row is None:
        raise NotFound()
    if row.taken_back_at is not None:
        return
    row.taken_back_at, row.taken_back_by_id = work.now, work.actor.person_id
    row.taken_back_why = reason
    record(work, "attempt.correction_taken_back", row, personal={"reason": reason})
    _begin(work, row)


def regrade_some(work: Work, adjustment: UUID) -> bool:
    """Mark the next attempts anew; tells whether others are left. It may be done twice.

    It stops where the act of the course was closed meanwhile: what that says stands.
    """
    row = work.session.scalar(select(Adjustment).where(Adjustment.uid == adjustment))
    if row is None:
        return False
    cohort = work.session.scalars(
        select(Cohort).where(Cohort.id == row.cohort_id).with_for_update()
    ).one()
    work.session.refresh(row, with_for_update=True)
    key = _course_key(work, row)
    if act_closed(work.session, cohort.id, key):
        return False
    corrections = as_rules(
        corrections_of(work.session.connection(), row.cohort_id, row.course_id, row.activity_key)
    )
    attempts = work.session.execute(
        select(Attempt.id, Attempt.enrollment_id)
        .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        .where(
            Enrollment.cohort_id == row.cohort_id,
            Attempt.course_id == row.course_id,
            Attempt.activity_key == row.activity_key,
            Attempt.handed_in_at.is_not(None),
            Attempt.handed_in_by != HandedInBy.ABANDONED,
            Attempt.id > row.through,
        )
        .order_by(Attempt.id)
        .limit(BATCH)
    ).all()
    # Locked in the order of enrollments, as everywhere (decision 0007).
    for each in sorted(attempts, key=lambda each: (each.enrollment_id, each.id)):
        _regrade(work, row, each.id, corrections)
    if attempts:
        row.through = attempts[-1].id
    left = len(attempts) == BATCH
    if not left and row.settled_at is None:
        row.settled_at = work.now
        payload = {"adjustment": str(row.uid), "again": True}
        enqueue(work, REGRADE, key=f"{row.uid}-again", payload=payload, due=work.now + AGAIN)
    return left


def begin_again(work: Work, adjustment: UUID) -> None:
    """Look at every attempt once more: one that was just being handed in may have been missed."""
    row = work.session.scalar(select(Adjustment).where(Adjustment.uid == adjustment))
    if row is not None:
        row.through = 0


def _locked(work: Work, cohort: UUID, quiz: UUID) -> Cohort:
    """The cohort first: while its act is being closed no mark changes (decision 0007)."""
    found = work.session.scalar(select(Cohort).where(Cohort.uid == cohort).with_for_update())
    if found is None:
        raise NotFound()
    if found.closed_at is not None:
        raise Refused(N_("This cohort is closed: its grades stand."))
    key = place_of(work.session.connection(), cohort, quiz).course_key
    if act_closed(work.session, found.id, key):
        raise Refused(ACT_CLOSED)
    return found


def _begin(work: Work, row: Adjustment) -> None:
    row.through, row.settled_at = 0, None
    enqueue(work, REGRADE, key=str(row.uid), payload={"adjustment": str(row.uid)})


def _course_key(work: Work, row: Adjustment) -> str:
    return work.session.scalars(
        select(CourseVersion.key).where(CourseVersion.course_id == row.course_id).limit(1)
    ).one()


def _regrade(work: Work, row: Adjustment, attempt_id: int, corrections: Sequence[Any]) -> None:
    """One attempt as it comes out with all the corrections that hold now."""
    session = work.session
    enrollment = session.scalars(
        select(Enrollment)
        .join(Attempt, Attempt.enrollment_id == Enrollment.id)
        .where(Attempt.id == attempt_id)
        .with_for_update(of=Enrollment)
    ).one()
    attempt = session.get_one(Attempt, attempt_id, with_for_update=True, populate_existing=True)
    if attempt.handed_in_at is None:
        return  # reopened meanwhile: it is marked when it is handed in
    concerned = {each.version for each in corrections} | {row.question_version_id}
    marks, lines, others = {}, [], Worth(0, 0)
    tried = tried_of(session.connection(), attempt_id)
    for mark, value, source in session.execute(_mine, {"attempt": attempt_id}):
        marks[mark.slot] = mark
        if mark.question_version_id in concerned:
            tries = tried.get(mark.slot, NOT_TRIED)
            lines.append(line(_Given(mark, value), attempt.slots, source, tries))
        else:
            others = Worth(others.points + mark.points, others.out_of + mark.out_of)
    settled = settle(others, lines, corrections)
    changed = [
        slot
        for slot, worth in settled.items()
        if (marks[slot].points, marks[slot].out_of) != (worth.points, worth.out_of)
    ]
    if not changed:
        return
    for slot in changed:
        mark, worth = marks[slot], settled[slot]
        mark.points, mark.out_of = worth.points, worth.out_of
        mark.ratio = divide(worth.points, worth.out_of) if worth.out_of else 0
        mark.marked_at = work.now
    before = (attempt.points, attempt.out_of)
    attempt.out_of = sum(each.out_of for each in marks.values())
    activity = session.get_one(Activity, attempt.activity_id)
    if attempt.points is not None:
        attempt.points = total(each.points for each in marks.values())
        attempt.passed = Settings.of(activity.settings).passed(attempt.points, attempt.out_of)
    session.flush()
    by = session.get_one(Person, row.taken_back_by_id or row.by_id).uid
    link(
        work,
        attempt,
        Event(Kind.REGRADED, work.now, {"adjustment": str(row.uid), "by": str(by)}),
    )
    if attempt.points is None:
        return
    digest = link_marks(work, attempt)
    record(
        work,
        "attempt.regraded",
        attempt,
        person_id=enrollment.person_id,
        detail={
            "before": {"points": before[0], "out_of": before[1]},
            "after": {"points": attempt.points, "out_of": attempt.out_of},
            "digest": digest,
        },
    )
    work.record(graded(attempt, by_staff=True))
    tell(
        work,
        enrollment.person_id,
        "assessment/regraded",
        link=f"/intentos/{attempt.uid}/nota",
        institution_id=attempt.institution_id,
        title=activity.title,
        reason=row.taken_back_why or row.reason,
        before=_plain(*before),
        after=_plain(attempt.points, attempt.out_of),
    )


@dataclass(frozen=True)
class _Given:
    """A mark with the answer it was given for, as a row of a list has them."""

    mark: Mark
    value: Any

    @property
    def slot(self) -> int:
        return self.mark.slot

    @property
    def question_version_id(self) -> int:
        return self.mark.question_version_id


def _plain(points: int | None, out_of: int) -> list[str]:
    return [str(written(points or 0)), str(written(out_of))]
