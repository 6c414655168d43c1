"""Opening a cohort."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from lms.catalog.models import CourseVersion
from lms.enrollment.actions.call import copy_call
from lms.enrollment.actions.quotas import copy_quotas
from lms.enrollment.actions.team import Part, appoint
from lms.enrollment.models import Cohort, CohortCourse
from lms.enrollment.queries import opening as queries
from lms.enrollment.queries.calendar import windows_of
from lms.enrollment.queries.calls import cohort_of
from lms.enrollment.rules import calendar as days
from lms.enrollment.rules import opening as rules
from lms.enrollment.rules.opening import Grades
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, Invalid, Refused
from lms.foundation.kernel.text import fold, one_line
from lms.people.models import Institution, Signer


@dataclass(frozen=True)
class Choices:
    """What is chosen of the programme and the institution; nothing chosen takes what is usual.

    ``version`` is a published version of the programme, the current one unless said. ``grades``
    are otherwise the institution's. ``signers`` are otherwise all in office on the last day.
    ``call_of`` is an earlier cohort whose call and ways of grading the new one keeps.
    """

    version: int | None = None
    courses: Sequence[str] = ()
    grades: Grades | None = None
    signers: Collection[UUID] | None = None
    team: Sequence[Part] = ()
    call_of: UUID | None = None


USUAL = Choices()


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
    calendar: Mapping[str, Mapping[str, str]] | None = None,
    institution: str | None = None,
    chosen: Choices = USUAL,
) -> UUID:
    """A cohort pins the published versions and the institution's rules of the day it opens.

    Whatever is published or decided later does not reach it: who studies in it is graded and
    attested by what was announced to them. Without a key it gets one from its title.
    """
    version, owner = queries.programme_and_institution(work.session, programme, chosen.version)
    if institution is not None and institution != owner.key:
        raise Refused(
            N_("The programme %(programme)s belongs to %(owner)s."),
            programme=version.title,
            owner=owner.short_name,
        )
    published = {course.key: course for course in queries.courses_of(work.session, version.id)}
    offered = [rules.Offered(c.key, c.title, c.state == "outline") for c in published.values()]
    courses = [published[course.key] for course in rules.choose(offered, chosen.courses)]
    windows = windows_of(work.session, [course.id for course in courses], calendar or {})
    plan = rules.Plan(
        key=_key(work, owner, key, one_line(title)),
        title=one_line(title),
        mode=mode,
        door=door,
        capacity=capacity,
        enrollment_opens_at=enrollment_opens_at,
        enrollment_closes_at=enrollment_closes_at,
        starts_at=starts_at,
        ends_at=ends_at,
        windows=windows,
    )
    rules.check(plan, version.modes.split())
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
        policy=_policy(work, owner, chosen, plan),
        calendar=days.stored(windows),
        created_at=work.now,
    )
    cohort.courses = _pinned(owner, courses)
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
            "courses": {course.key: course.number for course in courses},
        },
    )
    for part in chosen.team:
        appoint(work, cohort.uid, part)
    if chosen.call_of is not None:
        earlier = cohort_of(work.session, chosen.call_of)
        copy_call(work, chosen.call_of, cohort.uid)
        copy_quotas(work, earlier, cohort)
        # What this floor does not decide, such as how a grade is put together, goes along as it is.
        cohort.policy = {**earlier.policy, **cohort.policy}
    return cohort.uid


def grades_kept(grades: Grades) -> dict[str, Any]:
    """A grading policy as a cohort keeps it."""
    rules.check_grades(grades)
    return {"scale": grades.scale, "pass_mark": grades.pass_mark, "for_all": grades.for_all}


def signers_kept(signers: Sequence[Signer], last: datetime, zone: str) -> list[dict[str, str]]:
    """Signers as a cohort keeps them: name and post as they are printed."""
    day = last.astimezone(ZoneInfo(zone)).date()
    terms = [rules.Term(each.name, each.starts_on, each.ends_on) for each in signers]
    rules.check_signers(terms, day)
    return [
        {"uid": str(each.uid), "name": each.name, "position": each.position} for each in signers
    ]


def _policy(work: Work, owner: Institution, chosen: Choices, plan: rules.Plan) -> dict[str, Any]:
    if chosen.signers is None:
        day = plan.ends_at.astimezone(ZoneInfo(owner.zone)).date()
        signers = queries.signers_of(work.session, owner.id, day)
    else:
        signers = queries.signers_named(work.session, owner.id, chosen.signers)
    return {
        **grades_kept(chosen.grades or Grades(owner.scale, owner.pass_mark)),
        "signers": signers_kept(signers, plan.ends_at, owner.zone),
        "place": owner.place,
        "zone": owner.zone,
    }


def _key(work: Work, owner: Institution, key: str, title: str) -> str:
    """The key that was written, which nobody else may have; otherwise one made from the title."""
    wanted = key or rules.key_of(title)
    taken = set(queries.keys_like(work.session, owner.id, wanted[: rules.LONGEST_KEY - 4]))
    if not key:
        return rules.free_key(wanted, taken)
    if key in taken:
        said = N_("There is already a cohort %(key)s.")
        raise Invalid(said, fields={"key": said}, key=key)
    return key


def _pinned(owner: Institution, courses: Sequence[CourseVersion]) -> list[CohortCourse]:
    return [
        CohortCourse(
            institution_id=owner.id,
            course_version_id=course.id,
            position=position,
        )
        for position, course in enumerate(courses, 1)
    ]
