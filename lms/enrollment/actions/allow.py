"""Allowing single people more than the rules of their cohort, and taking it back."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select

from lms.enrollment.facts import AllowanceChanged
from lms.enrollment.models import Allowance, Cohort, Enrollment, EnrollmentState
from lms.enrollment.queries.allowances import title_of
from lms.enrollment.rules.allowances import Allowed, end_of, later, stored, wrong
from lms.enrollment.rules.calendar import moments
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.jobs.actions import enqueue
from lms.foundation.kernel.errors import N_, Invalid, NotFound, Refused
from lms.foundation.kernel.ids import uuid7
from lms.foundation.kernel.text import one_line
from lms.foundation.mail.actions import tell

APPLY = "enrollment.apply_allowances"
EXPIRE = "enrollment.expire_allowance"
BATCH = 5
"""People reached in one transaction: their grades are worked out anew in it."""


def allow(
    work: Work,
    cohort: UUID,
    enrollments: Sequence[int],
    given: Allowed,
    reason: str,
) -> int:
    """Give the same to these people of a cohort, to those who still study; tells to how many.

    One person is reached at once, a list in the background.
    """
    by_id = work.actor.person_id
    found = work.session.scalars(select(Cohort).where(Cohort.uid == cohort)).first()
    if found is None or by_id is None:
        raise NotFound()
    if found.closed_at is not None:
        raise Refused(N_("This cohort is closed: its grades stand."))
    reason = one_line(reason)
    course, _, activity = given.about.partition("/")
    closes = moments(found.calendar, course, activity).get("closes_at")
    people = work.session.execute(
        select(Enrollment.id, Enrollment.ends_at)
        .where(
            Enrollment.cohort_id == found.id,
            Enrollment.id.in_(enrollments),
            Enrollment.state == EnrollmentState.ENROLLED,
        )
        .order_by(Enrollment.id)
    ).all()
    if not people:
        raise Invalid(N_("Nobody on this list still studies here: choose another list."))
    wrong(
        given,
        reason,
        now=work.now,
        ends_at=min(later(found.ends_at, each.ends_at) for each in people),
        closes_at=datetime.fromisoformat(closes) if closes else None,
    )
    batch = uuid7()
    work.session.execute(
        insert(Allowance),
        [
            {
                "uid": uuid7(),
                "batch": batch,
                "institution_id": found.institution_id,
                "cohort_id": found.id,
                "enrollment_id": each.id,
                "about": given.about,
                "closes_at": given.closes_at,
                "attempts": given.attempts,
                "minutes": given.minutes,
                "reason": reason,
                "expires_at": given.expires_at,
                "given_at": work.now,
                "by_id": by_id,
            }
            for each in people
        ],
    )
    record(
        work,
        "allowance.given",
        found,
        detail={"batch": str(batch), "people": len(people), **_plain(given)},
    )
    if len(people) == 1:
        apply_some(work, batch)
    else:
        enqueue(work, APPLY, key=str(batch), payload={"batch": str(batch)})
    return len(people)


def apply_some(work: Work, batch: UUID) -> bool:
    """Let the next people of a list have what they were given; tells whether others are left."""
    rows = work.session.scalars(
        select(Allowance)
        .where(
            Allowance.batch == batch,
            Allowance.applied_at.is_(None),
            Allowance.revoked_at.is_(None),
        )
        .order_by(Allowance.enrollment_id)
        .limit(BATCH)
    ).all()
    for row in rows:
        enrollment = _locked(work, row.enrollment_id)
        work.session.refresh(row, with_for_update=True)
        row.applied_at = work.now
        if row.revoked_at is not None:
            continue  # taken back before it got here
        _bring_up(work, enrollment, row)
        record(work, "allowance.applied", row, person_id=enrollment.person_id, detail=_plain(row))
        if row.expires_at is not None:
            payload = {"allowance": str(row.uid)}
            enqueue(work, EXPIRE, key=str(row.uid), payload=payload, due=row.expires_at)
        _tell(work, enrollment, row, "enrollment/allowed")
    return len(rows) == BATCH


def revoke(work: Work, cohort: UUID, allowance: UUID) -> None:
    """Take an allowance back. What was begun with it goes on to its end."""
    found = work.session.execute(
        select(Allowance.id, Allowance.enrollment_id)
        .join(Cohort, Cohort.id == Allowance.cohort_id)
        .where(Allowance.uid == allowance, Cohort.uid == cohort)
    ).first()
    if found is None:
        raise NotFound()
    enrollment = _locked(work, found.enrollment_id)
    row = work.session.get_one(Allowance, found.id, with_for_update=True)
    if row.revoked_at is not None:
        return
    row.revoked_at, row.revoked_by_id = work.now, work.actor.person_id
    _bring_up(work, enrollment, row)
    record(work, "allowance.revoked", row, person_id=enrollment.person_id, detail=_plain(row))
    _tell(work, enrollment, row, "enrollment/allowed_no_more")


def expire(work: Work, allowance: UUID) -> None:
    """The time to use it is over: grades are worked out without what was not used."""
    found = work.session.execute(
        select(Allowance.id, Allowance.enrollment_id).where(Allowance.uid == allowance)
    ).first()
    if found is not None:
        enrollment = _locked(work, found.enrollment_id)
        _bring_up(work, enrollment, work.session.get_one(Allowance, found.id))


def _locked(work: Work, enrollment_id: int) -> Enrollment:
    return work.session.scalars(
        select(Enrollment).where(Enrollment.id == enrollment_id).with_for_update(of=Enrollment)
    ).one()


def _bring_up(work: Work, enrollment: Enrollment, row: Allowance) -> None:
    """What holds now stands on the enrollment, and whoever rests on it hears of it."""
    work.session.flush()
    holding = work.session.scalars(
        select(Allowance)
        .where(
            Allowance.enrollment_id == enrollment.id,
            Allowance.applied_at.is_not(None),
            Allowance.revoked_at.is_(None),
        )
        .order_by(Allowance.id)
    )
    enrollment.allowances = stored(
        [
            Allowed(each.about, each.closes_at, each.attempts, each.minutes, each.expires_at)
            for each in holding
        ],
        work.now,
    )
    enrollment.ends_at = end_of(enrollment.allowances)
    enrollment.progress_version += 1
    work.session.flush()
    work.record(AllowanceChanged(enrollment.id))


def _tell(work: Work, enrollment: Enrollment, row: Allowance, template: str) -> None:
    cohort = work.session.get_one(Cohort, row.cohort_id)
    tell(
        work,
        enrollment.person_id,
        template,
        link=f"/aula/{enrollment.uid}/que-me-falta",
        institution_id=row.institution_id,
        cohort=cohort.title,
        title=title_of(work.session, row.cohort_id, row.about),
        reason=row.reason,
        **_plain(row),
    )


def _plain(given: Allowed | Allowance) -> dict[str, object]:
    return {
        "about": given.about,
        "closes_at": given.closes_at.isoformat() if given.closes_at else None,
        "attempts": given.attempts,
        "minutes": given.minutes,
        "expires_at": given.expires_at.isoformat() if given.expires_at else None,
    }
