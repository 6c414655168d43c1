"""What those who run a quiz do for people in the middle of it: more time, reopened, handed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, exists, select
from sqlalchemy.orm import aliased

from lms.assessment.actions.chain import link
from lms.assessment.actions.finish import close
from lms.assessment.actions.start import CLOSE, PATIENCE
from lms.assessment.facts import AttemptReopened, MarkGiven
from lms.assessment.models import Attempt, Intervention, Mark
from lms.assessment.models.attempt import BY_TIME
from lms.assessment.queries.watching import heard_at
from lms.assessment.rules import chain
from lms.assessment.rules.attempts import State, state
from lms.assessment.rules.chain import Event, Kind
from lms.assessment.rules.standing import times
from lms.assessment.rules.watching import (
    NOBODY,
    REASON,
    SHORTEST_REASON,
    Deed,
    More,
    Seen,
    refuse,
    reopened_until,
    sitting,
)
from lms.catalog.models import Activity, CourseVersion
from lms.enrollment.actions.allow import allow
from lms.enrollment.models import Cohort, Enrollment
from lms.enrollment.rules.allowances import Allowed, later
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.jobs.actions import enqueue
from lms.foundation.kernel.errors import N_, Invalid, NotFound, Refused
from lms.foundation.kernel.ids import uuid7
from lms.foundation.kernel.text import one_line
from lms.foundation.mail.actions import tell
from lms.people.models import Person

INTERVENE = "assessment.intervene"
BATCH = 5
"""Attempts in one transaction: grades are worked out anew in it."""

_of_attempt = (
    select(Enrollment)
    .join(Attempt, Attempt.enrollment_id == Enrollment.id)
    .where(Attempt.id == bindparam("attempt"))
    .with_for_update(of=Enrollment)
)


@dataclass(frozen=True)
class Wanted:
    """What is to be done to these attempts of a cohort's quiz; minutes only to reopen."""

    deed: Deed
    attempts: Sequence[UUID]
    minutes: int = 0


def extend(
    work: Work, cohort: UUID, about: str, given: Sequence[tuple[int, More]], reason: str
) -> int:
    """People in a quiz end later, each by the exception that this takes; tells how many.

    Whoever needs the same is given it together; attempts that run are reached as by any exception.
    """
    if not given:
        raise Refused(NOBODY)
    alike: dict[tuple[int, bool], list[tuple[int, More]]] = {}
    for enrollment_id, more in given:
        alike.setdefault((more.minutes, more.closes_at is not None), []).append(
            (enrollment_id, more)
        )
    reached = 0
    for (minutes, _), people in sorted(alike.items(), key=lambda each: each[0]):
        closes = [more.closes_at for _id, more in people if more.closes_at is not None]
        allowed = Allowed(
            about,
            closes_at=max(closes) if closes else None,
            minutes=minutes,
            expires_at=max(more.until for _id, more in people),
        )
        reached += allow(work, cohort, [each for each, _more in people], allowed, reason)
    return reached


def intervene(work: Work, cohort: UUID, wanted: Wanted, reason: str) -> int:
    """Reopen attempts, or hand them in for their people; tells how many were asked for.

    One is done at once and says why it cannot be; several are done in the background, each in its
    own turn, and one that cannot be done any more by then is left as it is.
    """
    found = work.session.scalars(select(Cohort).where(Cohort.uid == cohort)).first()
    by_id = work.actor.person_id
    if found is None or by_id is None:
        raise NotFound()
    if found.closed_at is not None:
        raise Refused(N_("This cohort is closed: its grades stand."))
    reason = one_line(reason)
    if len(reason) < SHORTEST_REASON:
        raise Invalid(REASON, fields={"reason": REASON})
    attempts = work.session.execute(
        select(Attempt.id, CourseVersion.key)
        .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        .join(Activity, Activity.id == Attempt.activity_id)
        .join(CourseVersion, CourseVersion.id == Activity.course_version_id)
        .where(Enrollment.cohort_id == found.id, Attempt.uid.in_(wanted.attempts))
        .order_by(Attempt.enrollment_id, Attempt.id)
    ).all()
    if not attempts:
        raise Refused(NOBODY)
    batch = uuid7()
    rows = [
        Intervention(
            batch=batch,
            institution_id=found.institution_id,
            attempt_id=each.id,
            deed=wanted.deed,
            minutes=wanted.minutes or None,
            reason=reason,
            by_id=by_id,
            asked_at=work.now,
            refused="",
        )
        for each in attempts
    ]
    work.session.add_all(rows)
    work.session.flush()
    # Whoever closed the act of the course says so at once, and not only in the background.
    for key in sorted({each.key for each in attempts}):
        work.record(MarkGiven(found.id, key))
    if len(rows) == 1:
        _lock(work, rows[0])
        _do(work, rows[0])
    else:
        payload = {"batch": str(batch), "actor": by_id}
        enqueue(work, INTERVENE, key=str(batch), payload=payload)
    return len(rows)


def intervene_some(work: Work, batch: UUID) -> bool:
    """Do the next of what was asked for together; tells whether others are left."""
    rows = work.session.scalars(
        select(Intervention)
        .join(Attempt, Attempt.id == Intervention.attempt_id)
        .where(Intervention.batch == batch, Intervention.done_at.is_(None))
        .order_by(Attempt.enrollment_id, Attempt.id)
        .limit(BATCH)
    ).all()
    for row in rows:
        _lock(work, row)
        work.session.refresh(row, with_for_update=True)
        if row.done_at is not None:
            continue  # another worker was faster
        try:
            _do(work, row)
        except Refused as refusal:
            row.done_at, row.refused = work.now, refusal.message
    return len(rows) == BATCH


def _lock(work: Work, row: Intervention) -> None:
    """The cohort first: while its act is being closed no mark changes (decision 0007)."""
    work.session.scalars(
        select(Cohort)
        .join(Enrollment, Enrollment.cohort_id == Cohort.id)
        .join(Attempt, Attempt.enrollment_id == Enrollment.id)
        .where(Attempt.id == row.attempt_id)
        .with_for_update(of=Cohort)
    ).one()


def _do(work: Work, row: Intervention) -> None:
    session = work.session
    enrollment = session.scalars(_of_attempt, {"attempt": row.attempt_id}).one()
    attempt = session.get_one(Attempt, row.attempt_id, with_for_update=True, populate_existing=True)
    cohort = session.get_one(Cohort, enrollment.cohort_id)
    seen = Seen(
        sitting(
            started_at=attempt.started_at,
            deadline=attempt.deadline,
            handed_in_at=attempt.handed_in_at,
            by_time=attempt.handed_in_by in BY_TIME,
            heard_at=heard_at(session.connection(), attempt.id),
            now=work.now,
        ),
        enrollment.state,
    )
    refuse(Deed(row.deed), seen)
    key = session.scalars(
        select(CourseVersion.key)
        .join(Activity, Activity.course_version_id == CourseVersion.id)
        .where(Activity.id == attempt.activity_id)
    ).one()
    work.record(MarkGiven(cohort.id, key))
    if row.deed == Deed.HAND_IN:
        close(work, attempt, for_person=_uid(work, row.by_id))
        said = "attempt.handed_in_for"
    else:
        _reopen(work, row, attempt, later(cohort.ends_at, enrollment.ends_at))
        said = "attempt.reopened"
    row.done_at = work.now
    record(
        work,
        said,
        attempt,
        person_id=enrollment.person_id,
        detail={"number": attempt.number}
        | ({"until": chain.moment(attempt.deadline)} if row.deed == Deed.REOPEN else {}),
        personal={"reason": row.reason},
    )
    title = session.get_one(Activity, attempt.activity_id).title
    tell(
        work,
        enrollment.person_id,
        "assessment/reopened" if row.deed == Deed.REOPEN else "assessment/handed_in_for",
        link=f"/intentos/{attempt.uid}/resultado",
        institution_id=row.institution_id,
        title=title,
        reason=row.reason,
        until=attempt.deadline.isoformat() if attempt.deadline else None,
    )


def _reopen(work: Work, row: Intervention, attempt: Attempt, ends: datetime) -> None:
    """The attempt goes on. That it had ended, and with which marks, stays in its chain."""
    session = work.session
    other = aliased(Attempt)
    if session.scalar(
        select(
            exists().where(
                other.enrollment_id == attempt.enrollment_id,
                other.course_id == attempt.course_id,
                other.activity_key == attempt.activity_key,
                other.number > attempt.number,
            )
        )
    ):
        raise Refused(N_("A later attempt has been begun: this one stands."))
    until = reopened_until(work.now, row.minutes or 0, ends)
    if state(times(attempt), work.now) is State.OUT_OF_TIME:
        close(work, attempt)  # that its time was over goes on record before it goes on
        session.flush()
    session.execute(delete(Mark).where(Mark.attempt_id == attempt.id))
    attempt.handed_in_at = attempt.handed_in_by = attempt.receipt = None
    attempt.points = attempt.passed = None
    attempt.deadline, attempt.grace = until, 0
    session.flush()
    told = {"until": chain.moment(until), "by": str(_uid(work, row.by_id))}
    link(work, attempt, Event(Kind.REOPENED, work.now, told))
    uid = str(attempt.uid)
    enqueue(work, CLOSE, key=uid, payload={"attempt": uid}, due=until + PATIENCE)
    work.record(AttemptReopened(attempt.enrollment_id))


def _uid(work: Work, person_id: int) -> UUID:
    uid: UUID = work.session.get_one(Person, person_id).uid
    return uid
