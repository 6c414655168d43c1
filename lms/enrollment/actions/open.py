"""Opening a cohort, and the keys that let people into it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from lms.enrollment.models import Cohort, CohortCourse, InvitationKey
from lms.enrollment.queries import opening as queries
from lms.enrollment.rules import opening as rules
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, Invalid, NotFound, Refused
from lms.foundation.kernel.ids import new_code
from lms.foundation.kernel.points import scale_of
from lms.foundation.kernel.text import fold, one_line

MOST_USES = 10_000


def open_cohort(
    work: Work,
    programme: str,
    *,
    key: str,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    enrollment_opens_at: datetime,
    enrollment_closes_at: datetime,
    mode: str = "online",
    door: str = "approval",
    capacity: int | None = None,
    courses: Sequence[str] = (),
    calendar: dict[str, Any] | None = None,
    institution: str | None = None,
) -> UUID:
    """A cohort pins the published versions and the institution's rules of the day it opens.

    Whatever is published or decided later does not reach it: who studies in it is graded and
    attested by what was announced to them.
    """
    version, owner = queries.programme_and_institution(work.session, programme)
    if institution is not None and institution != owner.key:
        raise Refused(
            N_("The programme %(programme)s belongs to %(owner)s."),
            programme=version.title,
            owner=owner.short_name,
        )
    plan = rules.Plan(
        key=key,
        title=one_line(title),
        mode=mode,
        door=door,
        capacity=capacity,
        enrollment_opens_at=enrollment_opens_at,
        enrollment_closes_at=enrollment_closes_at,
        starts_at=starts_at,
        ends_at=ends_at,
    )
    rules.check(plan, version.modes.split())
    taken = select(Cohort.id).where(Cohort.institution_id == owner.id, Cohort.key == key)
    if work.session.scalar(taken) is not None:
        raise Refused(N_("There is already a cohort %(key)s."), key=key)
    published = {course.key: course for course in queries.courses_of(work.session, version.id)}
    offered = [rules.Offered(c.key, c.title, c.state == "outline") for c in published.values()]
    chosen = rules.choose(offered, courses)
    today = work.now.astimezone(ZoneInfo(owner.zone)).date()
    signers = queries.signers_of(work.session, owner.id, today)
    cohort = Cohort(
        institution_id=owner.id,
        key=plan.key,
        title=plan.title,
        title_folded=fold(plan.title),
        programme_id=version.programme_id,
        programme_version_id=version.id,
        mode=plan.mode,
        door=plan.door,
        capacity=plan.capacity,
        enrollment_opens_at=plan.enrollment_opens_at,
        enrollment_closes_at=plan.enrollment_closes_at,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        policy={
            "scale": scale_of(owner.scale).key,
            "pass_mark": owner.pass_mark,
            "signers": [{"name": each.name, "position": each.position} for each in signers],
            "place": owner.place,
            "zone": owner.zone,
        },
        calendar=calendar or {},
        created_at=work.now,
    )
    cohort.courses = [
        CohortCourse(
            institution_id=owner.id,
            course_version_id=published[course.key].id,
            position=position,
        )
        for position, course in enumerate(chosen, 1)
    ]
    work.session.add(cohort)
    work.session.flush()
    record(
        work,
        "cohort.opened",
        subject=cohort,
        detail={
            "key": cohort.key,
            "programme": programme,
            "programme_version": version.number,
            "courses": {c.key: published[c.key].number for c in chosen},
        },
    )
    return cohort.uid


def make_key(work: Work, cohort_uid: UUID, *, uses: int, until: date) -> str:
    """A code that lets a number of people into a cohort, until the end of a day.

    Returns the code: it is shown once to whoever will hand it out.
    """
    cohort = work.session.scalar(select(Cohort).where(Cohort.uid == cohort_uid))
    if cohort is None:
        raise NotFound()
    today = work.now.astimezone(ZoneInfo(cohort.policy["zone"])).date()
    if not 1 <= uses <= MOST_USES:
        raise Invalid(N_("A key is for at least one person."))
    if until < today:
        raise Invalid(N_("A key cannot expire before today."))
    key = InvitationKey(
        institution_id=cohort.institution_id,
        cohort_id=cohort.id,
        code=new_code(),
        uses_left=uses,
        expires_on=until,
        created_at=work.now,
    )
    work.session.add(key)
    work.session.flush()
    record(
        work,
        "cohort.key_made",
        subject=cohort,
        detail={"key": str(key.uid), "uses": uses, "until": until.isoformat()},
    )
    return key.code
