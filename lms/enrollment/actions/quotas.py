"""Keeping seats for an agreement, and letting them fall to everybody."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from lms.enrollment.actions.waiting import seats_freed
from lms.enrollment.models import Cohort, Quota
from lms.enrollment.queries import quotas as queries
from lms.enrollment.queries.seats import locked_cohort
from lms.enrollment.rules import calls
from lms.enrollment.rules import quotas as rules
from lms.enrollment.rules.quotas import Plan
from lms.foundation.audit.actions import changed, record
from lms.foundation.db.work import Work
from lms.foundation.jobs.actions import enqueue
from lms.foundation.kernel.errors import N_, Refused

FALL = "enrollment.seats_fall"


def keep_seats(work: Work, cohort_uid: UUID, plan: Plan) -> str:
    """Keep so many seats for an agreement; returns its name.

    The cohort is locked first, so that no seat is kept for two or given while it is being kept.
    """
    cohort = _opened(work, cohort_uid)
    _check(work, cohort, plan, None)
    quota = Quota(institution_id=cohort.institution_id, cohort_id=cohort.id)
    _put(work, quota, plan)
    work.session.add(quota)
    work.session.flush()
    record(work, "quota.kept", subject=quota, detail=_said(quota))
    _fall_later(work, quota)
    return quota.name


def keep_otherwise(work: Work, cohort_uid: UUID, uid: UUID, plan: Plan) -> str:
    """Keep more seats or fewer, or until another moment; returns the name."""
    cohort = _opened(work, cohort_uid)
    quota = queries.quota_of(work.session, cohort.id, uid)
    _check(work, cohort, plan, quota.id)
    before = _said(quota)
    _put(work, quota, plan)
    work.session.flush()
    different = changed(before, _said(quota))
    if different is not None:
        record(work, "quota.changed", subject=quota, detail=different)
    _fall_later(work, quota)
    seats_freed(work, cohort)
    return quota.name


def let_fall(work: Work, cohort_uid: UUID, uid: UUID) -> str:
    """From now on what is left of the seats is everybody's; returns the name.

    Taken back by keeping them until another moment, if they are still free.
    """
    cohort = _opened(work, cohort_uid)
    quota = queries.quota_of(work.session, cohort.id, uid)
    before = _said(quota)
    if quota.until_at is None or quota.until_at > work.now:
        quota.until_at = work.now
        work.session.flush()
        record(work, "quota.fell", subject=quota, detail=changed(before, _said(quota)))
        seats_freed(work, cohort)
    return quota.name


def fall(work: Work, uid: UUID) -> None:
    """The moment until which seats were kept has come: whoever waits may have them."""
    cohort_uid = work.session.scalar(
        select(Cohort.uid)
        .join(Quota, Quota.cohort_id == Cohort.id)
        .where(Quota.uid == uid, Quota.until_at <= work.now)
    )
    if cohort_uid is not None:
        seats_freed(work, locked_cohort(work.session, cohort_uid))


def copy_quotas(work: Work, earlier: Cohort, cohort: Cohort) -> None:
    """A copied cohort keeps its seats by door, each until a moment as far from its closing."""
    moved = cohort.enrollment_closes_at - earlier.enrollment_closes_at
    for each in queries.lines(work.session, earlier.id, work.now):
        until = _moved(each.until_at, moved)
        if cohort.capacity is None or (until is not None and until <= work.now):
            continue
        quota = Quota(institution_id=cohort.institution_id, cohort_id=cohort.id)
        _put(work, quota, Plan(each.name, each.seats, until))
        work.session.add(quota)
        work.session.flush()
        _fall_later(work, quota)


def _moved(until: datetime | None, by: timedelta) -> datetime | None:
    return until + by if until is not None else None


def _opened(work: Work, cohort_uid: UUID) -> Cohort:
    cohort = locked_cohort(work.session, cohort_uid)
    over = cohort.closed_at is not None or work.now >= cohort.ends_at
    calls.refuse_closed(cohort.title, is_over=over)
    return cohort


def _check(work: Work, cohort: Cohort, plan: Plan, quota_id: int | None) -> None:
    lines = queries.lines(work.session, cohort.id, work.now)
    if quota_id is None and len(lines) >= rules.MOST_QUOTAS:
        raise Refused(N_("Seats are kept for twenty agreements at most."))
    room = queries.room_of(work.session, cohort, work.now)
    held = [each for each in lines if each.holds and each.id != quota_id]
    own = next((each.taken for each in lines if each.id == quota_id), 0)
    # A seat that was taken by a door that holds counts among those of the door.
    others = [max(each.seats, each.taken) for each in held]
    rules.check(
        plan,
        capacity=cohort.capacity,
        others=others,
        taken=room.taken - own - sum(each.taken for each in held),
        now=work.now,
    )


def _put(work: Work, quota: Quota, plan: Plan) -> None:
    quota.name, quota.seats, quota.until_at = plan.name, plan.seats, plan.until


def _said(quota: Quota) -> dict[str, object]:
    until = quota.until_at.isoformat() if quota.until_at else None
    return {"name": quota.name, "seats": quota.seats, "until": until}


def _fall_later(work: Work, quota: Quota) -> None:
    if quota.until_at is not None:
        enqueue(
            work, FALL, key=str(quota.uid), payload={"quota": str(quota.uid)}, due=quota.until_at
        )
