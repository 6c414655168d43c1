"""Where a lesson or quiz is used: versions, cohorts, and what in its course speaks of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from lms.authoring.rules.package import CourseText
from lms.catalog.models import Activity, Course, CourseVersion, Programme
from lms.catalog.rules.sources import ActivitySource, FactSource
from lms.enrollment.models import Cohort, CohortCourse

MOST = 50


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A published version of a course in which it stands."""

    number: int
    published_at: datetime
    title: str


@dataclass(frozen=True, slots=True)
class CohortLine:
    """A cohort that is taught with it."""

    uid: UUID
    title: str
    number: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Usage:
    """Where an activity is used, and what it uses."""

    versions: Sequence[VersionLine]
    cohorts: Sequence[CohortLine]
    linked_from: Sequence[ActivitySource]
    links_to: Sequence[ActivitySource]
    facts: Sequence[FactSource]
    weight: object


def usage(
    session: Session,
    programme: Programme,
    course: CourseText,
    source: ActivitySource,
    seen: ColumnElement[bool],
) -> Usage:
    """Everything that a change of this activity may concern; the latest fifty of each list.

    ``seen`` is the condition on cohorts that the reader may see.
    """
    key = source.data.get("key")
    here = (
        Course.institution_id == programme.institution_id,
        Course.key == f"{programme.key}/{course.folder}",
        Activity.key == key,
    )
    standing = (
        select(CourseVersion.id)
        .join(Course, Course.id == CourseVersion.course_id)
        .join(Activity, Activity.course_version_id == CourseVersion.id)
        .where(*here)
    )
    versions = session.execute(
        select(CourseVersion.number, CourseVersion.published_at, Activity.title)
        .join(Course, Course.id == CourseVersion.course_id)
        .join(Activity, Activity.course_version_id == CourseVersion.id)
        .where(*here)
        .order_by(CourseVersion.number.desc())
        .limit(MOST)
    )
    cohorts = session.execute(
        select(
            Cohort.uid,
            Cohort.title,
            CourseVersion.number,
            Cohort.starts_at,
            func.coalesce(Cohort.closed_at, Cohort.ends_at),
        )
        .join(CohortCourse, CohortCourse.cohort_id == Cohort.id)
        .join(CourseVersion, CourseVersion.id == CohortCourse.course_version_id)
        .where(CourseVersion.id.in_(standing), seen)
        .order_by(Cohort.starts_at.desc(), Cohort.id)
        .limit(MOST)
    )
    weights = course.data.get("grading", {}).get("weights", {})
    return Usage(
        versions=[VersionLine(*row) for row in versions],
        cohorts=[CohortLine(*row) for row in cohorts],
        linked_from=_linked_from(course, source),
        links_to=_named(course, source),
        facts=_facts(course, source),
        weight=weights.get(key),
    )


def _linked_from(course: CourseText, source: ActivitySource) -> list[ActivitySource]:
    key = source.data.get("key")
    return [
        each
        for each in course.activities()
        if each.path != source.path
        and any(ref.to == "activity" and ref.key == key for ref in course.references[each.path])
    ]


def _named(course: CourseText, source: ActivitySource) -> list[ActivitySource]:
    keys = {ref.key for ref in course.references[source.path] if ref.to == "activity"}
    return [each for each in course.activities() if each.data.get("key") in keys]


def _facts(course: CourseText, source: ActivitySource) -> list[FactSource]:
    keys = {ref.key for ref in course.references[source.path] if ref.to == "fact"}
    return [fact for key, fact in course.facts.items() if key in keys]
