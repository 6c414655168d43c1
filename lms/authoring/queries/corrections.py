"""The running cohorts of a programme, and whom a correction would reach in each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from lms.assessment.models import Attempt
from lms.authoring.queries.changes import between, version_files
from lms.authoring.rules.changes import Change
from lms.catalog.models import CourseVersion, ProgrammeCourse, ProgrammeVersion
from lms.certificates.models import Credential
from lms.enrollment.models import Cohort, Enrollment
from lms.enrollment.models.enrollment import HAS_SEAT
from lms.learning.models import Progress

MOST = 50
_MET: tuple[Any, ...] = (Progress, Attempt)
"""By what one sees that people have met an activity: its marks, its attempts."""


@dataclass(frozen=True, slots=True)
class Running:
    """A cohort that is taught another version, with how many people hold a seat."""

    id: int
    uid: UUID
    title: str
    version_id: int
    number: int
    starts_at: datetime
    ends_at: datetime
    people: int


def running(session: Session, version: ProgrammeVersion, now: datetime) -> Sequence[Running]:
    """The cohorts of its programme that are not over and have another version, the latest first."""
    people = (
        select(func.count(Enrollment.id))
        .where(Enrollment.cohort_id == Cohort.id, HAS_SEAT)
        .correlate(Cohort)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            Cohort.id,
            Cohort.uid,
            Cohort.title,
            ProgrammeVersion.id,
            ProgrammeVersion.number,
            Cohort.starts_at,
            Cohort.ends_at,
            people,
        )
        .join(ProgrammeVersion, ProgrammeVersion.id == Cohort.programme_version_id)
        .where(
            Cohort.programme_id == version.programme_id,
            Cohort.programme_version_id != version.id,
            Cohort.closed_at.is_(None),
            Cohort.ends_at > now,
        )
        .order_by(Cohort.starts_at.desc(), Cohort.id)
        .limit(MOST)
    )
    return [Running(*row) for row in rows]


def what_changes(
    session: Session, old_id: int, version: ProgrammeVersion
) -> Mapping[str, Sequence[Change]]:
    """What a version says otherwise than an older one, by part."""
    return between(session, version_files(session, old_id), version_files(session, version.id))


def touched(
    session: Session,
    cohorts: Collection[Running],
    changed: Mapping[int, Collection[tuple[str, str]]],
) -> Mapping[int, Mapping[tuple[str, str], tuple[int, int]]]:
    """By cohort and (course folder, activity key): who has seen it, and who has attempts at it.

    ``changed`` names the activities by the version from which they change. Two statements.
    """
    wanted = sorted({pair for pairs in changed.values() for pair in pairs})
    ids = [each.id for each in cohorts]
    if not wanted or not ids:
        return {}
    found: dict[int, dict[tuple[str, str], tuple[int, int]]] = {}
    for place, model in enumerate(_MET):
        rows = session.execute(
            select(
                Enrollment.cohort_id,
                CourseVersion.key,
                model.activity_key,
                func.count(func.distinct(model.enrollment_id)),
            )
            .join(Enrollment, Enrollment.id == model.enrollment_id)
            .join(CourseVersion, CourseVersion.course_id == model.course_id)
            .where(
                Enrollment.cohort_id.in_(ids),
                HAS_SEAT,
                tuple_(CourseVersion.key, model.activity_key).in_(wanted),
            )
            .group_by(Enrollment.cohort_id, CourseVersion.key, model.activity_key)
            .order_by(Enrollment.cohort_id, CourseVersion.key, model.activity_key)
        )
        for cohort_id, folder, key, count in rows:
            both = list(found.setdefault(cohort_id, {}).get((folder, key), (0, 0)))
            both[place] = count
            found[cohort_id][folder, key] = (both[0], both[1])
    return found


def with_documents(
    session: Session, cohort_ids: Collection[int], version: ProgrammeVersion
) -> frozenset[int]:
    """The cohorts in which documents of courses were issued that the version has otherwise."""
    new = select(ProgrammeCourse.course_version_id).where(
        ProgrammeCourse.programme_version_id == version.id
    )
    return frozenset(
        session.scalars(
            select(Enrollment.cohort_id)
            .join(Credential, Credential.enrollment_id == Enrollment.id)
            .where(
                Enrollment.cohort_id.in_(sorted(cohort_ids)),
                Credential.course_version_id.not_in(new),
            )
            .distinct()
            .order_by(Enrollment.cohort_id)
        )
    )
