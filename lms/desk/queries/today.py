"""What waits in the cohorts somebody sees, in a fixed number of statements."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from lms.assessment.models import Answer, Attempt
from lms.catalog.activity import activity_kinds
from lms.catalog.models import CourseVersion
from lms.catalog.queries.structure import structure
from lms.certificates.queries.candidates import ready_by_cohort
from lms.desk.queries.bounced import LAST_BOUNCED
from lms.desk.queries.cohort import Frame, result_of, standing
from lms.desk.queries.unmarked import unmarked
from lms.desk.rules.standings import Stand
from lms.desk.rules.today import Closing, CohortNow
from lms.enrollment.models import (
    HAS_SEAT,
    Application,
    Cohort,
    CohortCourse,
    Enrollment,
    EnrollmentState,
)
from lms.enrollment.queries.cohorts import APPLICATIONS_WAITING, SEATS_TAKEN, WAITS, is_over
from lms.enrollment.queries.quotas import KEPT_SEATS
from lms.enrollment.queries.waiting import WAITLISTED
from lms.enrollment.rules.applying import ApplicationState
from lms.enrollment.rules.calendar import moments
from lms.foundation.mail.models import Letter, LetterState
from lms.grading.models import CourseResult
from lms.learning.models import Inquiry
from lms.people.models import Person

MOST = 60
"""So many cohorts are looked through: those that run, and then those that begin soonest."""
LATELY = timedelta(days=7)
LONGEST = timedelta(days=60)
BEGINNING = timedelta(days=60)

_OLDEST = (
    select(func.min(Enrollment.applied_at))
    .where(Enrollment.cohort_id == Cohort.id, WAITS)
    .correlate(Cohort)
    .scalar_subquery()
)
_OVERDUE = (
    select(func.count())
    .select_from(Application)
    .join(Enrollment, Enrollment.id == Application.enrollment_id)
    .where(
        Application.cohort_id == Cohort.id,
        Application.state == ApplicationState.CORRECTING,
        Application.correct_by_at <= bindparam("now", type_=Cohort.starts_at.type),
        Enrollment.state.in_((EnrollmentState.APPLIED, EnrollmentState.WAITLISTED)),
    )
    .correlate(Cohort)
    .scalar_subquery()
)
_COURSE = (
    select(CohortCourse.course_version_id)
    .where(CohortCourse.cohort_id == Cohort.id)
    .order_by(CohortCourse.position, CohortCourse.id)
    .limit(1)
    .correlate(Cohort)
    .scalar_subquery()
)

_FRAME = Frame(
    CohortCourse.course_version_id,
    CourseVersion.course_id,
    Cohort.starts_at,
    func.coalesce(Cohort.closed_at, Cohort.ends_at),
    Cohort.closed_at.is_not(None),
)


def cohorts_now(
    session: Session,
    seen: ColumnElement[bool],
    now: datetime,
    *,
    reviews: bool,
    answers: ColumnElement[bool] | None,
    marks: ColumnElement[bool] | None,
) -> Sequence[CohortNow]:
    """The cohorts that run, begin within two months, can be asked for or have documents to issue,
    with what waits in them. ``reviews`` says whether late answers are of interest, ``answers`` in
    which cohorts questions are theirs to answer, ``marks`` in which they mark (none: nowhere)."""
    ready = ready_by_cohort(seen).subquery()
    to_issue = func.coalesce(ready.c.ready, 0)
    rows = session.execute(
        select(
            Cohort.id,
            Cohort.uid,
            Cohort.title,
            Cohort.starts_at,
            func.coalesce(Cohort.closed_at, Cohort.ends_at).label("ends_at"),
            Cohort.enrollment_opens_at,
            Cohort.enrollment_closes_at,
            Cohort.capacity,
            Cohort.calendar,
            SEATS_TAKEN.label("seated"),
            APPLICATIONS_WAITING.label("applied"),
            _OLDEST.label("oldest"),
            _OVERDUE.label("overdue"),
            WAITLISTED.label("waitlisted"),
            KEPT_SEATS.label("kept"),
            _COURSE.label("course"),
            to_issue.label("ready"),
        )
        .outerjoin(ready, ready.c.cohort_id == Cohort.id)
        .where(
            seen,
            or_(
                and_(
                    ~is_over(now),
                    or_(Cohort.starts_at <= now + BEGINNING, Cohort.enrollment_opens_at <= now),
                ),
                to_issue > 0,
            ),
        )
        .order_by((to_issue > 0).desc(), Cohort.starts_at, Cohort.id)
        .limit(MOST),
        {"now": now},
    ).all()
    running = [row.id for row in rows if row.starts_at <= now < row.ends_at]
    stands = _standing(session, running, now)
    asked = _asked(session, answers) if answers is not None else {}
    essays, works = unmarked(session, marks, now) if marks is not None else ({}, {})
    late = _late(session, running, now) if reviews else {}
    bounced = _bounced(session, running)
    return [
        CohortNow(
            uid=row.uid,
            title=row.title,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            enrollment_opens_at=row.enrollment_opens_at,
            enrollment_closes_at=row.enrollment_closes_at,
            capacity=row.capacity,
            seated=row.seated,
            applied=row.applied,
            oldest=row.oldest,
            overdue=row.overdue,
            waitlisted=row.waitlisted,
            kept=row.kept,
            questions=asked.get(row.id, (0, None))[0],
            asked_at=asked.get(row.id, (0, None))[1],
            essays=essays.get(row.id, 0),
            works=works.get(row.id, 0),
            ready=row.ready,
            late=late.get(row.id, 0),
            bounced=bounced.get(row.id, 0),
            closing=_closing(session, row) if row.id in running else (),
            standing=stands.get(row.id, {}),
        )
        for row in rows
    ]


def _standing(
    session: Session, cohorts: Sequence[int], now: datetime
) -> Mapping[int, Mapping[Stand, int]]:
    """How many stand how in the first course of each cohort, as its list says it."""
    if not cohorts:
        return {}
    each = (
        select(
            Cohort.id.label("cohort"),
            standing(_FRAME, now).label("stands"),
        )
        .select_from(Enrollment)
        .join(Cohort, Cohort.id == Enrollment.cohort_id)
        .join(
            CohortCourse,
            and_(CohortCourse.cohort_id == Cohort.id, CohortCourse.course_version_id == _COURSE),
        )
        .join(CourseVersion, CourseVersion.id == CohortCourse.course_version_id)
        .join(Person, Person.id == Enrollment.person_id)
        .outerjoin(CourseResult, result_of(CohortCourse.course_version_id))
        .where(Cohort.id.in_(cohorts), HAS_SEAT)
        .subquery()
    )
    found: dict[int, dict[Stand, int]] = {}
    for cohort, stands, many in session.execute(
        select(each.c.cohort, each.c.stands, func.count())
        .group_by(each.c.cohort, each.c.stands)
        .order_by(each.c.cohort, each.c.stands)
    ):
        found.setdefault(cohort, {})[Stand(stands)] = many
    return found


def _asked(
    session: Session, answers: ColumnElement[bool]
) -> Mapping[int, tuple[int, datetime | None]]:
    """How many questions wait in the cohorts in which somebody answers, and since when."""
    rows = session.execute(
        select(Inquiry.cohort_id, func.count(), func.min(Inquiry.waiting_since))
        .join(Cohort, Cohort.id == Inquiry.cohort_id)
        .where(answers, Inquiry.waiting_since.is_not(None))
        .group_by(Inquiry.cohort_id)
        .order_by(Inquiry.cohort_id)
        .limit(MOST)
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def _late(session: Session, cohorts: Sequence[int], now: datetime) -> Mapping[int, int]:
    """In how many attempts of each cohort an answer came late within a week."""
    return _counted(
        session,
        select(Enrollment.cohort_id, func.count(Attempt.id.distinct()))
        .join(Attempt, Attempt.enrollment_id == Enrollment.id)
        .join(Answer, Answer.attempt_id == Attempt.id)
        .where(
            Enrollment.cohort_id.in_(cohorts),
            Attempt.started_at > now - LONGEST,
            Answer.late.is_(True),
            Answer.received_at > now - LATELY,
        )
        if cohorts
        else None,
    )


def _bounced(session: Session, cohorts: Sequence[int]) -> Mapping[int, int]:
    """To how many people of each cohort the last letter came back."""
    return _counted(
        session,
        select(Enrollment.cohort_id, func.count())
        .join(Person, Person.id == Enrollment.person_id)
        .where(
            Enrollment.cohort_id.in_(cohorts),
            HAS_SEAT,
            # Few letters ever come back: only their readers are looked at more closely.
            Person.id.in_(select(Letter.person_id).where(Letter.state == LetterState.BOUNCED)),
            LAST_BOUNCED,
        )
        if cohorts
        else None,
    )


def _counted(session: Session, statement: Select[*tuple[Any, ...]] | None) -> Mapping[int, int]:
    if statement is None:
        return {}
    rows = session.execute(
        statement.group_by(Enrollment.cohort_id).order_by(Enrollment.cohort_id).limit(MOST)
    )
    return {row[0]: row[1] for row in rows}


def _closing(session: Session, row: Any) -> Sequence[Closing]:
    """The graded activities that the calendar of a cohort closes, by their days."""
    if row.course is None or not row.calendar:
        return ()
    course, kinds = structure(session, row.course), activity_kinds()
    found = []
    for each in course.activities:
        closes = moments(row.calendar, course.key, each.key).get("closes_at")
        if closes and kinds[each.kind].graded:
            found.append(Closing(each.key, each.title, datetime.fromisoformat(closes)))
    return sorted(found, key=lambda each: each.at)
