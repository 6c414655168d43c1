"""What those who mark works see: the assignments of a cohort, their works, and one of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from lms.assessment.queries.attempts import PLACE, Found
from lms.assignments.models import Submission
from lms.assignments.queries.works import KIND, VERSION
from lms.catalog.models import Activity, CourseVersion
from lms.enrollment.models import HAS_SEAT, Cohort, CohortCourse, Enrollment
from lms.foundation.db.types import UtcDateTime
from lms.foundation.kernel.errors import NotFound
from lms.people.models import Institution, Person

PER_PAGE = 50
MOST_ASSIGNMENTS = 200
MOST_WORKS = 5_000

_NOW = bindparam("now", type_=UtcDateTime())
WAITS: ColumnElement[bool] = and_(
    Submission.latest,
    Submission.points.is_(None),
    or_(Submission.returned_at.is_(None), Submission.correct_by_at < _NOW),
)
"""A last version that somebody has to mark now."""
_RETURNED = and_(
    Submission.latest, Submission.points.is_(None), Submission.returned_at.is_not(None), ~WAITS
)


def _of_cohort(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        statement.select_from(Submission)
        .join(Enrollment, Enrollment.id == Submission.enrollment_id)
        .join(Cohort, Cohort.id == Enrollment.cohort_id)
        .where(Cohort.uid == bindparam("cohort"), Submission.latest)
    )


_counts = (
    _of_cohort(
        select(
            Submission.course_id,
            Submission.activity_key,
            func.count().label("works"),
            func.sum(case((WAITS, 1), else_=0)).label("waiting"),
            func.sum(case((_RETURNED, 1), else_=0)).label("returned"),
        )
    )
    .group_by(Submission.course_id, Submission.activity_key)
    .subquery()
)

_assignments = (
    select(
        Activity.uid,
        Activity.title,
        CourseVersion.title.label("course_title"),
        _counts.c.works,
        _counts.c.waiting,
        _counts.c.returned,
    )
    .join(CourseVersion, CourseVersion.id == Activity.course_version_id)
    .join(CohortCourse, CohortCourse.course_version_id == CourseVersion.id)
    .join(Cohort, Cohort.id == CohortCourse.cohort_id)
    .outerjoin(
        _counts,
        and_(
            _counts.c.course_id == CourseVersion.course_id,
            _counts.c.activity_key == Activity.key,
        ),
    )
    .where(Cohort.uid == bindparam("cohort"), Activity.kind == KIND)
    .order_by(CohortCourse.position, Activity.position, Activity.id)
    .limit(MOST_ASSIGNMENTS)
)

_assignments_in = (
    select(
        Activity.id,
        Activity.uid,
        Activity.key.label("activity_key"),
        Activity.title,
        Activity.settings,
        CourseVersion.course_id,
        CourseVersion.title.label("course_title"),
        Cohort.id.label("cohort_id"),
        Cohort.uid.label("cohort_uid"),
        Cohort.title.label("cohort_title"),
        Institution.zone,
    )
    .join(CourseVersion, CourseVersion.id == Activity.course_version_id)
    .join(CohortCourse, CohortCourse.course_version_id == CourseVersion.id)
    .join(Cohort, Cohort.id == CohortCourse.cohort_id)
    .join(Institution, Institution.id == Cohort.institution_id)
    .where(Cohort.uid == bindparam("cohort"), Activity.kind == KIND)
)
_assignment = _assignments_in.where(Activity.uid == bindparam("activity"))
_assignment_of = _assignments_in.where(
    CourseVersion.course_id == bindparam("course_id"), Activity.key == bindparam("activity_key")
)

_Tutor = aliased(Person)
_works = (
    _of_cohort(
        select(
            *VERSION,
            Enrollment.sort_name,
            Person.given_names,
            Person.first_surname,
            Person.second_surname,
            WAITS.label("waits"),
            _Tutor.given_names.label("tutor_given_names"),
            _Tutor.first_surname.label("tutor_first_surname"),
            _Tutor.second_surname.label("tutor_second_surname"),
        )
    )
    .join(Person, Person.id == Enrollment.person_id)
    .outerjoin(_Tutor, _Tutor.id == Submission.tutor_id)
    .where(
        Submission.course_id == bindparam("course_id"),
        Submission.activity_key == bindparam("activity_key"),
    )
    .order_by(Submission.handed_in_at, Submission.id)
    .limit(MOST_WORKS)
)

_queue = (
    _of_cohort(select(Submission.uid, WAITS.label("waits"), Submission.tutor_id))
    .where(
        Submission.course_id == bindparam("course_id"),
        Submission.activity_key == bindparam("activity_key"),
    )
    .order_by(Submission.handed_in_at, Submission.id)
    .limit(MOST_WORKS)
)

_work = (
    select(
        *PLACE,
        *VERSION,
        Cohort.id.label("cohort_id"),
        Cohort.uid.label("cohort_uid"),
        Institution.zone,
        Person.given_names,
        Person.first_surname,
        Person.second_surname,
        WAITS.label("waits"),
    )
    .select_from(Submission)
    .join(Enrollment, Enrollment.id == Submission.enrollment_id)
    .join(Cohort, Cohort.id == Enrollment.cohort_id)
    .join(Institution, Institution.id == Enrollment.institution_id)
    .join(Person, Person.id == Enrollment.person_id)
    .join(Activity, Activity.id == Submission.activity_id)
    .join(CourseVersion, CourseVersion.id == Activity.course_version_id)
    .where(Submission.uid == bindparam("submission"), Submission.handed_in_at.is_not(None))
)

_enrollment_of = (
    select(Enrollment.uid)
    .join(Submission, Submission.enrollment_id == Enrollment.id)
    .where(Submission.uid == bindparam("submission"))
)

_missing = (
    select(func.count())
    .select_from(Enrollment)
    .join(Cohort, Cohort.id == Enrollment.cohort_id)
    .where(
        Cohort.uid == bindparam("cohort"),
        HAS_SEAT,
        ~exists().where(
            Submission.enrollment_id == Enrollment.id,
            Submission.course_id == bindparam("course_id"),
            Submission.activity_key == bindparam("activity_key"),
            Submission.latest,
        ),
    )
)


def assignments_of(connection: Connection, cohort: UUID, now: datetime) -> Sequence[Found]:
    """The assignments of a cohort, each with how many works it has and how many wait."""
    return connection.execute(_assignments, {"cohort": cohort, "now": now}).all()


def assignment_of(connection: Connection, cohort: UUID, activity: UUID) -> Found:
    """One assignment of a cohort, or nothing at all."""
    row = connection.execute(_assignment, {"cohort": cohort, "activity": activity}).first()
    if row is None:
        raise NotFound()
    return row


def assignment_in(connection: Connection, work: Found) -> Found:
    """The assignment of a work, as the cohort that it is in has it now."""
    row = connection.execute(
        _assignment_of,
        {"cohort": work.cohort_uid, "course_id": work.course_id, "activity_key": work.activity_key},
    ).first()
    if row is None:
        raise NotFound()
    return row


def works_of(connection: Connection, assignment: Found, now: datetime) -> Sequence[Found]:
    """The last version of everybody's work, in the order in which they were handed in."""
    return connection.execute(_works, _asked(assignment, now)).all()


def queue_of(connection: Connection, assignment: Found, now: datetime) -> Sequence[Found]:
    """The same in brief: which there are, which wait, and whose they are to mark."""
    return connection.execute(_queue, _asked(assignment, now)).all()


def missing_in(connection: Connection, assignment: Found) -> int:
    """How many who hold a seat have handed in nothing."""
    asked = _asked(assignment, None)
    return int(connection.execute(_missing, asked).scalar_one())


def work_of(connection: Connection, submission: UUID, now: datetime) -> Found:
    """A version with its place and its person; the guard has asked before."""
    row = connection.execute(_work, {"submission": submission, "now": now}).first()
    if row is None:
        raise NotFound()
    return row


def enrollment_of(connection: Connection, submission: UUID) -> UUID:
    """Whose enrollment a version belongs to."""
    uid: UUID | None = connection.execute(_enrollment_of, {"submission": submission}).scalar()
    if uid is None:
        raise NotFound()
    return uid


def _asked(assignment: Found, now: datetime | None) -> dict[str, Any]:
    asked: dict[str, Any] = {
        "cohort": assignment.cohort_uid,
        "course_id": assignment.course_id,
        "activity_key": assignment.activity_key,
    }
    return asked if now is None else {**asked, "now": now}
