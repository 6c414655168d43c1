"""Everybody of a cohort in one of its courses, as its act would have them now."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from lms.acts.rules.amending import Entry
from lms.acts.rules.blockers import Checked
from lms.acts.rules.outcomes import Standing, of_course
from lms.assessment.models import Attempt
from lms.assignments.models import Submission
from lms.assignments.queries.marking import WAITS
from lms.enrollment.models import HAS_SEAT, SEATED, Enrollment, EnrollmentState
from lms.foundation.kernel.points import GradeScale
from lms.grading.models import CourseResult, Grade
from lms.people.models import Identifier, Person
from lms.people.models.person import IdentifierKind
from lms.people.rules.names import name_of

MOST = 100_000
_DOCUMENT = (
    select(func.min(Identifier.id))
    .where(Identifier.person_id == Person.id, Identifier.kind == IdentifierKind.DOCUMENT)
    .correlate(Person)
    .scalar_subquery()
)
_ENDS = or_(HAS_SEAT, Enrollment.state == EnrollmentState.WITHDRAWN)
PEOPLE = (
    select(
        Enrollment.id,
        Enrollment.state,
        Enrollment.sort_name,
        Enrollment.ends_at,
        Person.given_names,
        Person.first_surname,
        Person.second_surname,
        Person.name_confirmed_at,
        Identifier.shown.label("document"),
    )
    .join(Person, Person.id == Enrollment.person_id)
    .outerjoin(Identifier, Identifier.id == _DOCUMENT)
    .where(_ENDS)
    .order_by(Enrollment.sort_name, Enrollment.id)
    .limit(MOST)
)
"""Who holds or held a seat, by surname, with what an act says of a person."""

Found = tuple[Entry, Checked]


def in_course(
    session: Session,
    cohort_id: int,
    course_id: int,
    course_version_id: int,
    scale: GradeScale,
    now: datetime,
) -> Sequence[Found]:
    """The lines of a course's act as of now, each with what may be open about it, in one statement;
    so all of them stand as of the same moment."""
    of_enrollment = Attempt.enrollment_id == Enrollment.id
    attempts = and_(of_enrollment, Attempt.course_id == course_id)
    # A work that was sent back is open until the day on which it was to be corrected.
    works = and_(
        Submission.enrollment_id == Enrollment.id,
        Submission.course_id == course_id,
        Submission.latest,
    )
    rows = session.execute(
        PEOPLE.add_columns(
            CourseResult.id.label("result_id"),
            func.coalesce(CourseResult.completed, False).label("completed"),
            func.coalesce(CourseResult.recognised, False).label("recognised"),
            CourseResult.ratio,
            CourseResult.explanation,
            exists()
            .where(Grade.enrollment_id == Enrollment.id, Grade.course_id == course_id)
            .correlate(Enrollment)
            .label("presented"),
            or_(
                exists().where(attempts, Attempt.handed_in_at.is_(None)).correlate(Enrollment),
                exists().where(works, ~WAITS, Submission.points.is_(None)).correlate(Enrollment),
            ).label("open_attempt"),
            or_(
                exists()
                .where(attempts, Attempt.handed_in_at.is_not(None), Attempt.points.is_(None))
                .correlate(Enrollment),
                exists().where(works, WAITS).correlate(Enrollment),
            ).label("unmarked"),
        )
        .outerjoin(
            CourseResult,
            and_(
                CourseResult.enrollment_id == Enrollment.id,
                CourseResult.course_version_id == course_version_id,
            ),
        )
        .where(Enrollment.cohort_id == cohort_id),
        {"now": now},
    )
    return [_found(row, scale, now) for row in rows]


def _found(row: Row[*tuple[Any, ...]], scale: GradeScale, now: datetime) -> Found:
    ended = of_course(
        Standing(row.state, row.completed, row.recognised, row.presented, row.ratio), scale
    )
    entry = Entry(row.id, name_of(row).surnames_first, row.sort_name, row.document or "", ended)
    lacks = (row.explanation or {}).get("lacks", ())
    checked = Checked(
        entry.name,
        ended.outcome,
        has_seat=row.state in SEATED,
        has_more_time=row.ends_at is not None and row.ends_at > now,
        has_open_attempt=row.open_attempt,
        waits_for_marks=row.unmarked or any(each["lack"] == "wait" for each in lacks),
        is_computed=row.result_id is not None,
        name_confirmed=row.name_confirmed_at is not None,
        has_identity=bool(row.document),
    )
    return entry, checked
