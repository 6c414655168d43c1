"""A learner in a cohort: who, by which courses, on which days. One statement, built once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Select, bindparam, select
from sqlalchemy.orm import Session

from lms.catalog.models import ProgrammeVersion
from lms.enrollment.models import Cohort, CohortCourse, Enrollment
from lms.enrollment.rules.allowances import calendar_of, later
from lms.enrollment.rules.states import SEATED, EnrollmentState
from lms.foundation.kernel.errors import N_, NotFound, Refused
from lms.learning.models import Progress
from lms.learning.rules.gate import Days
from lms.learning.rules.marks import Mark

Reader = Session | Connection
Marks = Mapping[tuple[int, str], Mark]
"""What is on record, by course and activity key."""

MOST_COURSES = 60
MOST_MARKS = 5_000


@dataclass(frozen=True, slots=True)
class Learner:
    """One person's place in one cohort, with all that decides what is open to them."""

    enrollment_id: int
    enrollment_uid: UUID
    institution_id: int
    person_id: int
    state: str
    last_place: str | None
    last_block: str | None
    progress_version: int
    cohort_id: int
    cohort_uid: UUID
    cohort_title: str
    programme_title: str
    language: str
    policy: Mapping[str, Any]
    days: Days
    """Those of the cohort, later where this person was allowed so."""
    allowances: Mapping[str, Any]
    course_version_ids: tuple[int, ...]

    @property
    def zone(self) -> str:
        """By whose clocks the cohort's days are told."""
        found: str = self.policy["zone"]
        return found

    def today(self, now: datetime) -> date:
        """The day where the cohort's institution is."""
        return now.astimezone(ZoneInfo(self.zone)).date()


LEARNER = (
    Enrollment.id.label("enrollment_id"),
    Enrollment.uid.label("enrollment_uid"),
    Enrollment.institution_id,
    Enrollment.person_id,
    Enrollment.state,
    Enrollment.last_activity_key.label("last_place"),
    Enrollment.last_block,
    Enrollment.progress_version,
    Cohort.id.label("cohort_id"),
    Cohort.uid.label("cohort_uid"),
    Cohort.title.label("cohort_title"),
    Cohort.starts_at,
    Cohort.ends_at,
    Cohort.closed_at,
    Cohort.calendar,
    Cohort.policy,
    Enrollment.ends_at.label("own_end"),
    Enrollment.allowances,
    ProgrammeVersion.title.label("programme_title"),
    ProgrammeVersion.language,
)
"""The columns of a learner, for statements that read several."""

_LEARNER = (
    select(*LEARNER, CohortCourse.course_version_id)
    .join(Cohort, Cohort.id == Enrollment.cohort_id)
    .join(ProgrammeVersion, ProgrammeVersion.id == Cohort.programme_version_id)
    .join(CohortCourse, CohortCourse.cohort_id == Cohort.id)
    .order_by(CohortCourse.position, CohortCourse.id)
    .limit(MOST_COURSES)
)
_OWN = _LEARNER.where(
    Enrollment.uid == bindparam("uid", type_=Enrollment.uid.type),
    Enrollment.person_id == bindparam("whose"),
)
_BY_ID = _LEARNER.where(Enrollment.id == bindparam("id"))
_BY_UID = _LEARNER.where(
    Enrollment.uid == bindparam("uid", type_=Enrollment.uid.type),
    Cohort.uid == bindparam("cohort", type_=Cohort.uid.type),
)
_MARKS = (
    select(Progress.course_id, Progress.activity_key, Progress.state)
    .where(Progress.enrollment_id == bindparam("enrollment_id"))
    .order_by(Progress.id)
    .limit(MOST_MARKS)
)

_NO_SEAT = {
    EnrollmentState.APPLIED: N_(
        "Your request has not been answered yet. You will be told by mail and under Notices."
    ),
    EnrollmentState.WAITLISTED: N_(
        "You are on the waiting list. You will be told by mail and under Notices."
    ),
    EnrollmentState.DECLINED: N_("Your request for this cohort was declined."),
    EnrollmentState.WITHDRAWN: N_(
        "You do not study in this cohort any more. Home says why, and what you can do."
    ),
    EnrollmentState.TRANSFERRED: N_("You study this in another cohort now. Home leads to it."),
}


def own_place(reader: Reader, enrollment: UUID, person_id: int | None) -> Learner:
    """One's own place in a cohort; somebody else's does not exist, one without seat says why."""
    found = any_place(reader, enrollment, person_id)
    if found.state not in SEATED:
        raise Refused(_NO_SEAT[EnrollmentState(found.state)])
    return found


def any_place(reader: Reader, enrollment: UUID, person_id: int | None) -> Learner:
    """One's own place in a cohort, with a seat or without one."""
    return _read(reader, _OWN, {"uid": enrollment, "whose": person_id})


def place_by_id(reader: Reader, enrollment_id: int) -> Learner:
    """The place of an enrollment, for rules that no page shows."""
    return _read(reader, _BY_ID, {"id": enrollment_id})


def place_in_cohort(reader: Reader, enrollment: UUID, cohort: UUID) -> Learner:
    """The place of an enrollment of this very cohort, for whoever may see the cohort."""
    return _read(reader, _BY_UID, {"uid": enrollment, "cohort": cohort})


def marks_of(reader: Reader, enrollment_id: int) -> Marks:
    """Everything on record of one enrollment, in one statement."""
    rows = reader.execute(_MARKS, {"enrollment_id": enrollment_id})
    return {(row.course_id, row.activity_key): Mark(row.state) for row in rows}


def _read(
    reader: Reader, statement: Select[*tuple[Any, ...]], values: Mapping[str, Any]
) -> Learner:
    rows = reader.execute(statement, values).all()
    if not rows:
        raise NotFound()
    return learner(rows[0], tuple(row.course_version_id for row in rows))


def learner(row: Any, course_version_ids: tuple[int, ...]) -> Learner:
    """A learner from a row with these columns, whatever statement read it."""
    return Learner(
        enrollment_id=row.enrollment_id,
        enrollment_uid=row.enrollment_uid,
        institution_id=row.institution_id,
        person_id=row.person_id,
        state=row.state,
        last_place=row.last_place,
        last_block=row.last_block,
        progress_version=row.progress_version,
        cohort_id=row.cohort_id,
        cohort_uid=row.cohort_uid,
        cohort_title=row.cohort_title,
        programme_title=row.programme_title,
        language=row.language,
        policy=row.policy,
        days=days_of(
            row.starts_at,
            later(row.ends_at, row.own_end),
            row.closed_at,
            calendar_of(row.calendar or {}, row.allowances),
        ),
        allowances=row.allowances,
        course_version_ids=course_version_ids,
    )


def days_of(
    starts_at: datetime, ends_at: datetime, closed_at: datetime | None, calendar: Any
) -> Days:
    """A cohort's days from its columns."""
    return Days(starts_at, ends_at, closed_at, calendar or {})
