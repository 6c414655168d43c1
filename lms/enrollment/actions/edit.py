"""Changing a cohort that is open, and telling its people when dates are others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from lms.enrollment.actions.open import grades_kept, signers_kept
from lms.enrollment.actions.waiting import seats_freed
from lms.enrollment.models import CalendarChange, Cohort, EnrollmentState
from lms.enrollment.queries import editing as queries
from lms.enrollment.queries import opening, team
from lms.enrollment.queries.editing import Editing
from lms.enrollment.rules import calendar as days
from lms.enrollment.rules import editing as rules
from lms.enrollment.rules import links
from lms.enrollment.rules.calendar import Calendar
from lms.enrollment.rules.changes import WHAT, Change, changes
from lms.enrollment.rules.opening import Grades
from lms.foundation.audit.actions import changed, record
from lms.foundation.db.work import Work
from lms.foundation.jobs.actions import enqueue
from lms.foundation.kernel.errors import N_, Conflict, Refused
from lms.foundation.kernel.text import fold, one_line
from lms.foundation.mail.actions import tell

TELL = "enrollment.tell_dates"
BATCH = 25
"""People told in one transaction: others wait for it, so it must stay short."""


@dataclass(frozen=True)
class Edit:
    """A cohort as it is to be; what is None stays. ``seen`` says what its editor had in view."""

    seen: str
    title: str
    calendar: Calendar
    door: str
    capacity: int | None
    mode: str | None = None
    grades: Grades | None = None
    signers: Sequence[UUID] | None = None


def edit_cohort(work: Work, uid: UUID, edit: Edit) -> int:
    """Change what may still be changed; returns how many dates are others now.

    Refused when somebody else has changed the cohort meanwhile, so that nobody's change is lost.
    """
    found = queries.editing(work.session, uid, work.now, lock=True)
    cohort = found.cohort
    if edit.seen != found.seen:
        raise Conflict(
            N_("Somebody changed this cohort meanwhile. Open the page again and look at it first.")
        )
    calendar = refuse(found, edit)
    before = _plain(cohort)
    _put(work, found, edit, calendar)
    after = _plain(cohort)
    different = changed(before, after)
    if different is None:
        return 0
    record(work, "cohort.changed", subject=cohort, detail=different)
    moved = changes(found.standing.calendar, calendar)
    if moved:
        _announce(work, cohort, moved)
    seats_freed(work, cohort)  # there may be more of them now
    return len(moved)


def refuse(found: Editing, edit: Edit) -> Calendar:
    """The calendar as it would be, unless the rules refuse the change."""
    fixed = rules.fixed(found.standing)
    if "title" in fixed:
        raise Refused(fixed["title"])
    calendar = rules.kept(found.standing, edit.calendar)
    rules.check(found.standing, calendar, edit.capacity)
    return calendar


def _put(work: Work, found: Editing, edit: Edit, calendar: Calendar) -> None:
    cohort, fixed = found.cohort, rules.fixed(found.standing)
    cohort.title = one_line(edit.title)
    cohort.title_folded = fold(cohort.title)
    cohort.door, cohort.capacity = edit.door, edit.capacity
    if edit.mode is not None and "mode" not in fixed:
        cohort.mode = edit.mode
    policy = dict(cohort.policy)
    if edit.grades is not None and "scale" not in fixed:
        policy |= grades_kept(edit.grades)
    if "signers" not in fixed:
        policy["signers"] = _signers(work, found, edit, calendar)
    if policy != cohort.policy:
        cohort.policy = policy
    for what in days.WHOLE:
        setattr(cohort, what, getattr(calendar, what))
    cohort.calendar = days.stored(calendar.windows)


def _signers(work: Work, found: Editing, edit: Edit, calendar: Calendar) -> list[dict[str, str]]:
    kept: list[dict[str, str]] = found.cohort.policy.get("signers") or []
    if edit.signers is None:
        return kept
    named = opening.signers_named(work.session, found.cohort.institution_id, edit.signers)
    return signers_kept(named, calendar.ends_at, found.zone)


def _plain(cohort: Cohort) -> dict[str, Any]:
    """What can be changed, as the log keeps it."""
    return {
        "title": cohort.title,
        "mode": cohort.mode,
        "door": cohort.door,
        "capacity": cohort.capacity,
        "policy": cohort.policy,
        "calendar": cohort.calendar,
        **{what: getattr(cohort, what).isoformat() for what in days.WHOLE},
    }


def kept(change: Change) -> dict[str, str | None]:
    """A changed date as it is kept and told; ``said`` is the message id of what it is."""
    return {
        "said": WHAT[change.what],
        "title": change.title,
        "before": change.before.isoformat() if change.before else None,
        "after": change.after.isoformat() if change.after else None,
    }


def _announce(work: Work, cohort: Cohort, moved: Sequence[Change]) -> None:
    change = CalendarChange(
        institution_id=cohort.institution_id,
        cohort_id=cohort.id,
        changes=[kept(each) for each in moved],
        to_seated=any(rules.concerns_seated(each.what) for each in moved),
        at=work.now,
        by_id=work.actor.person_id,
    )
    work.session.add(change)
    work.session.flush()
    for member in team.members(work.session, cohort.id, work.now):
        _tell(work, change, cohort, member.person_id, links.desk(cohort.uid))
    enqueue(work, TELL, key=str(change.uid), payload={"change": str(change.uid)})


def tell_some(work: Work, change_uid: UUID) -> bool:
    """Tell the next people of changed dates; returns whether others are left.

    How far telling has come is kept in the same transaction, so that a worker killed between two
    batches leaves nobody out and tells nobody twice.
    """
    change = work.session.scalar(
        select(CalendarChange).where(CalendarChange.uid == change_uid).with_for_update()
    )
    if change is None or change.told_at is not None:
        return False
    cohort = work.session.get_one(Cohort, change.cohort_id)
    people = queries.next_told(work.session, change, BATCH)
    if not people:
        return _tell_preparing(work, change, cohort)
    slug = cohort.programme_version.programme.slug
    for each in people:
        waits = each.state in (EnrollmentState.APPLIED, EnrollmentState.WAITLISTED)
        link = links.programme(slug) if waits else links.classroom(each.uid)
        _tell(work, change, cohort, each.person_id, link)
        change.told_up_to = each.id
    return True


def _tell_preparing(work: Work, change: CalendarChange, cohort: Cohort) -> bool:
    """The same for whoever has begun an application and not handed it in."""
    people = queries.next_preparing(work.session, change, BATCH)
    for each in people:
        _tell(work, change, cohort, each.person_id, links.application(each.uid))
        change.preparing_up_to = each.id
    if len(people) < BATCH:
        change.told_at = work.now
        return False
    return True


def _tell(work: Work, change: CalendarChange, cohort: Cohort, person_id: int, link: str) -> None:
    tell(
        work,
        person_id,
        "enrollment/dates_changed",
        link=link,
        institution_id=cohort.institution_id,
        cohort=cohort.title,
        programme=cohort.programme_version.title,
        changes=change.changes,
    )
