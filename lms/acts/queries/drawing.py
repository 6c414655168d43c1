"""Drawing up an act: everything it would say if it were closed now, and what keeps it open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.acts.models import GradeAct
from lms.acts.queries.closed import acted
from lms.acts.queries.standings import PEOPLE, in_course
from lms.acts.rules.amending import Entry
from lms.acts.rules.blockers import Blocker, Checked, blockers
from lms.acts.rules.outcomes import CourseEnd, Ended, Outcome, of_programme
from lms.acts.rules.signing import who_signs_for
from lms.catalog.models import CourseVersion
from lms.certificates.queries.office import Office, office
from lms.enrollment.models import Cohort, CohortCourse, Enrollment, EnrollmentState
from lms.foundation.kernel.errors import NotFound
from lms.foundation.kernel.points import GradeScale, Ratio, scale_of
from lms.grading.rules.policy import grading_of
from lms.people.models import Signer
from lms.people.queries.institution import signers
from lms.people.rules.names import name_of

WHOLE = ""
"""The subject of the programme's own act."""
MOST_COURSES = 60


@dataclass(frozen=True, slots=True)
class Course:
    """A course that a cohort is taught by."""

    id: int
    version_id: int
    key: str
    title: str
    hours: int
    pass_mark: Ratio


@dataclass(frozen=True, slots=True)
class Drawn:
    """An act as it would be closed now: people in the order of the list, signers in theirs."""

    office: Office
    subject: str
    title: str
    hours: int
    scale: GradeScale
    pass_mark: Ratio
    entries: Sequence[Entry]
    signers: Sequence[Signer]
    blockers: Sequence[Blocker]

    @property
    def totals(self) -> Mapping[Outcome, int]:
        """How many end how."""
        ends = [each.ended.outcome for each in self.entries]
        return {each: ends.count(each) for each in Outcome if each in ends}


def courses_of(session: Session, cohort_id: int) -> Sequence[Course]:
    """The courses of a cohort, in their order."""
    rows = session.execute(
        select(
            CourseVersion.course_id,
            CourseVersion.id,
            CourseVersion.key,
            CourseVersion.title,
            CourseVersion.hours,
            CourseVersion.pass_mark,
        )
        .join(CohortCourse, CohortCourse.course_version_id == CourseVersion.id)
        .where(CohortCourse.cohort_id == cohort_id)
        .order_by(CohortCourse.position, CohortCourse.id)
        .limit(MOST_COURSES)
    )
    return [Course(*row) for row in rows]


def drawn(session: Session, cohort: UUID, subject: str, now: datetime) -> Drawn:
    """The act of a course by its key, or of the programme, as it would be closed now."""
    found = office(session, cohort)
    scale = scale_of(found.policy.get("scale", ""))
    courses = courses_of(session, found.cohort_id)
    sign, absent = _signers(session, found, now)
    without_act: list[str] = []
    if subject == WHOLE:
        pass_mark = grading_of(found.policy, 0).pass_mark
        title, hours = found.programme, sum(each.hours for each in courses)
        people, without_act = _of_programme(session, found.cohort_id, courses, scale)
    else:
        course = next((each for each in courses if each.key == subject), None)
        if course is None:
            raise NotFound()
        pass_mark = grading_of(found.policy, course.pass_mark).pass_mark
        title, hours = course.title, course.hours
        people = in_course(session, found.cohort_id, course.id, course.version_id, scale, now)
    return Drawn(
        office=found,
        subject=subject,
        title=title,
        hours=hours,
        scale=scale,
        pass_mark=pass_mark,
        entries=[entry for entry, _checked in people],
        signers=sign,
        blockers=blockers(
            [checked for _entry, checked in people],
            is_over=_is_over(session, found, now),
            undecided=_undecided(session, found.cohort_id),
            signers=len(sign) + len(absent),
            out_of_office=absent,
            without_act=without_act,
        ),
    )


def _of_programme(
    session: Session, cohort_id: int, courses: Sequence[Course], scale: GradeScale
) -> tuple[Sequence[tuple[Entry, Checked]], list[str]]:
    """Everybody as the acts of the courses have them; and the courses that have no act yet."""
    closed = set(
        session.scalars(
            select(GradeAct.subject)
            .where(
                GradeAct.cohort_id == cohort_id,
                GradeAct.edition == 0,
                GradeAct.closed_at.is_not(None),
            )
            .order_by(GradeAct.subject)
            .limit(MOST_COURSES + 1)
        )
    )
    ends = {each.key: acted(session, cohort_id, each.key) for each in courses}
    found = []
    for row in session.execute(PEOPLE.where(Enrollment.cohort_id == cohort_id)):
        own = [
            CourseEnd(ends[each.key][row.id].ended, each.hours)
            if row.id in ends[each.key]
            else CourseEnd(Ended(Outcome.ABSENT), each.hours)
            for each in courses
        ]
        entry = Entry(
            row.id,
            name_of(row).surnames_first,
            row.sort_name,
            row.document or "",
            of_programme(row.state, own, scale),
        )
        checked = Checked(
            entry.name,
            entry.ended.outcome,
            name_confirmed=row.name_confirmed_at is not None,
            has_identity=bool(row.document),
        )
        found.append((entry, checked))
    return found, [each.title for each in courses if each.key not in closed]


def _signers(session: Session, found: Office, now: datetime) -> tuple[list[Signer], list[str]]:
    """Who signs today for whom the cohort named, and who was named and nobody stands in for."""
    everybody = signers(session, found.institution_id)
    today = found.day(now)
    sign, absent = [], []
    named: Sequence[Mapping[str, Any]] = found.policy.get("signers") or ()
    for each in named:
        who = who_signs_for(UUID(str(each["uid"])), everybody, today)
        if who is None:
            absent.append(each["name"])
        else:
            sign.append(who)
    return sign, absent


def _is_over(session: Session, found: Office, now: datetime) -> bool:
    closed_at = session.scalar(select(Cohort.closed_at).where(Cohort.id == found.cohort_id))
    return now >= (min(found.ends_at, closed_at) if closed_at else found.ends_at)


def _undecided(session: Session, cohort_id: int) -> int:
    asked = (EnrollmentState.APPLIED, EnrollmentState.WAITLISTED)
    return (
        session.scalar(
            select(func.count())
            .select_from(Enrollment)
            .where(Enrollment.cohort_id == cohort_id, Enrollment.state.in_(asked))
        )
        or 0
    )
