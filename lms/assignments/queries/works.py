"""A learner's own work: its place in the course, its versions, their files and what was given."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.orm import Session

from lms.assessment.queries.attempts import PLACE, Found
from lms.assessment.queries.beginning import closes_of
from lms.assignments.models import GivenMark, HandedFile, Submission
from lms.assignments.rules.assignment import MOST_VERSIONS, Settings
from lms.assignments.rules.standing import Standing, standing
from lms.catalog.models import Activity, CourseVersion
from lms.enrollment.gate import Locked, lock_reason
from lms.enrollment.models import Cohort, CohortCourse, Enrollment
from lms.enrollment.rules.allowances import extra, later
from lms.foundation.kernel.errors import NotFound
from lms.people.models import Person

KIND = "assignment"
MOST_GIVEN = 1_000
_JUST_BEFORE = timedelta(microseconds=1)

_place = (
    select(*PLACE)
    .select_from(Enrollment)
    .join(Cohort, Cohort.id == Enrollment.cohort_id)
    .join(CohortCourse, CohortCourse.cohort_id == Cohort.id)
    .join(CourseVersion, CourseVersion.id == CohortCourse.course_version_id)
    .join(Activity, Activity.course_version_id == CourseVersion.id)
    .where(
        Enrollment.uid == bindparam("enrollment"),
        Enrollment.person_id == bindparam("person_id"),
        Activity.uid == bindparam("activity"),
        Activity.kind == KIND,
    )
)
_place_locked = _place.with_for_update(of=Enrollment)

VERSION = (
    Submission.id,
    Submission.uid,
    Submission.number,
    Submission.text,
    Submission.begun_at,
    Submission.saved_at,
    Submission.handed_in_at,
    Submission.latest,
    Submission.receipt,
    Submission.digest,
    Submission.due_at,
    Submission.days_late,
    Submission.out_of,
    Submission.earned,
    Submission.points,
    Submission.passed,
    Submission.returned_at,
    Submission.correct_by_at,
    Submission.tutor_id,
)

_versions = (
    select(*VERSION)
    .where(
        Submission.enrollment_id == bindparam("enrollment_id"),
        Submission.course_id == bindparam("course_id"),
        Submission.activity_key == bindparam("activity_key"),
    )
    .order_by(Submission.number)
    .limit(MOST_VERSIONS + 1)
)

_files = (
    select(
        HandedFile.submission_id,
        HandedFile.uid,
        HandedFile.position,
        HandedFile.sha256,
        HandedFile.sent_sha256,
        HandedFile.media_type,
        HandedFile.size,
        HandedFile.filename,
        HandedFile.sent_at,
        HandedFile.edition,
    )
    .where(HandedFile.submission_id.in_(bindparam("submissions", expanding=True)))
    .order_by(HandedFile.submission_id, HandedFile.position)
    .limit(MOST_VERSIONS * 60)
)

_given = (
    select(
        GivenMark.edition,
        GivenMark.judged,
        GivenMark.earned,
        GivenMark.points,
        GivenMark.comment,
        GivenMark.reason,
        GivenMark.correct_by_at,
        GivenMark.at,
        Person.given_names,
        Person.first_surname,
        Person.second_surname,
    )
    .join(Person, Person.id == GivenMark.marker_id)
    .where(GivenMark.submission_id == bindparam("submission_id"))
    .order_by(GivenMark.edition.desc())
    .limit(MOST_GIVEN)
)


def work_place(
    reader: Session | Connection,
    enrollment: UUID,
    activity: UUID,
    person_id: int,
    *,
    lock: bool = False,
) -> Found:
    """An assignment in somebody's own course, or nothing at all; ``lock`` lets one thing be done to
    it at a time."""
    values = {"enrollment": enrollment, "activity": activity, "person_id": person_id}
    row = reader.execute(_place_locked if lock else _place, values).first()
    if row is None:
        raise NotFound()
    return row


def versions_of(
    reader: Session | Connection, enrollment_id: int, course_id: int, activity_key: str
) -> Sequence[Found]:
    """All versions of a work, the first one first, whatever the version of the course."""
    return reader.execute(
        _versions,
        {"enrollment_id": enrollment_id, "course_id": course_id, "activity_key": activity_key},
    ).all()


def standing_at(place: Found, versions: Sequence[Found], now: datetime) -> Standing:
    """Where somebody stands whose place in the course and versions are known."""
    more = extra(place.allowances, place.course_key, place.activity_key, now)
    settings = Settings.of(place.settings)
    if more.attempts and settings.attempts is not None:
        settings = Settings.of({**place.settings, "attempts": settings.attempts + more.attempts})
    ends = later(place.ends_at, place.own_end)
    ends = ends if place.closed_at is None else min(ends, place.closed_at)
    return standing(settings, versions, closes_of(place), ends, now)


def locked_at(reader: Session | Connection, place: Found, now: datetime) -> Locked | None:
    """Why its turn has not come. The order of the course and its first day are the gate's to say;
    the last day is the assignment's own: works may come late, or be sent back after it."""
    moment = min(now, closes_of(place) - _JUST_BEFORE)
    return lock_reason(reader, place.enrollment_id, place.activity_id, moment)


def files_of(
    reader: Session | Connection, submissions: Sequence[int]
) -> Mapping[int, Sequence[Found]]:
    """The files of versions, in their order, those of whoever marked them too."""
    found: dict[int, list[Found]] = {}
    for row in reader.execute(_files, {"submissions": list(submissions)}):
        found.setdefault(row.submission_id, []).append(row)
    return found


def given_to(reader: Session | Connection, submission_id: int) -> Sequence[Found]:
    """What was given to a version, the last first."""
    return reader.execute(_given, {"submission_id": submission_id}).all()
