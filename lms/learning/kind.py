"""The lesson as a kind of activity: read, and marked as seen by whoever has read it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import url_for
from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from lms.catalog.activity import ActivityState, Evidence, Rehearsed, activity_kinds
from lms.catalog.activity import Progress as How
from lms.catalog.models import Activity, CourseVersion, SourceText
from lms.catalog.queries.structure import ActivityStructure
from lms.catalog.rules import lesson, reading
from lms.catalog.rules.problems import Problem
from lms.catalog.rules.shapes import Object
from lms.catalog.rules.sources import ActivitySource, CourseSource
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_
from lms.learning.models import Progress
from lms.learning.rules.places import lesson_path

_SEEN: Select[*tuple[Any, ...]] = (
    select(Activity.id, Progress.at)
    .join(CourseVersion, CourseVersion.id == Activity.course_version_id)
    .join(
        Progress,
        (Progress.course_id == CourseVersion.course_id)
        & (Progress.activity_key == Activity.key)
        & (Progress.enrollment_id == bindparam("enrollment_id")),
    )
    .where(Activity.id.in_(bindparam("activity_ids", expanding=True)))
    .order_by(Activity.position, Activity.id)
)


class LessonKind:
    """A text to read, with its figures, tables, audio and files to take along."""

    name: str = "lesson"
    suffix: str = ".md"
    shape: Object = lesson.SHAPE
    graded: bool = False
    wording: Collection[str] = ("title", "aim", "", "audio.", "downloads.")
    noun: str = N_("Lesson")
    begun: str = N_("Add a lesson")
    icon: str = "book-open"

    def begin(self, key: str, title: str) -> Mapping[str, Any]:
        return lesson.begin(key, title)

    def check(self, source: ActivitySource, course: CourseSource) -> list[Problem]:
        return [*lesson.check(source), *reading.check(source, course.language)]

    def import_(self, work: Work, activity: Activity, source: ActivitySource) -> dict[str, Any]:
        """A lesson has no rows of its own: its text is its source."""
        return lesson.settings(source)

    def export(self, session: Session, activity: Activity) -> str:
        """The very text it was imported from: what is published is its source."""
        return session.get_one(SourceText, activity.content_sha256).text

    def freeze(self, work: Work, activity: Activity) -> None:
        """Nothing to do: the text is known by its hash."""

    def launch(self, activity_uid: str, enrollment_uid: str) -> str:
        return url_for("learning.launch", enrollment=enrollment_uid, activity=activity_uid)

    def open_to_all(self, slug: str, course_key: str, activity_key: str) -> str:
        return url_for(
            "learning.open_lesson", slug=slug, course_key=course_key, activity_key=activity_key
        )

    def state(
        self, session: Session, enrollment_id: int, activity_ids: Collection[int], now: datetime
    ) -> Mapping[int, ActivityState]:
        rows = session.connection().execute(_SEEN, _asked(enrollment_id, activity_ids))
        return {row.id: ActivityState(How.DONE, at=row.at) for row in rows}

    def rehearse(
        self, work: Work, enrollment_uid: UUID, activity_uid: UUID, how: Rehearsed
    ) -> UUID | None:
        """Nothing to bring about: the player marks a lesson as seen."""
        return None

    def evidence(
        self, session: Session, enrollment_id: int, activity_ids: Collection[int]
    ) -> Sequence[Evidence]:
        """Nothing but the mark itself, which the outline shows with its day."""
        return []


def address_of(enrollment: UUID | str, course_key: str, activity: ActivityStructure) -> str:
    """Where a learner takes up an activity, without a detour: by its own kind's address."""
    kind = activity_kinds()[activity.kind]
    if isinstance(kind, LessonKind):
        return lesson_path(enrollment, course_key, activity.key)
    return kind.launch(str(activity.uid), str(enrollment))


def is_read_here(activity: ActivityStructure) -> bool:
    """Whether the player itself shows the activity."""
    return isinstance(activity_kinds()[activity.kind], LessonKind)


def _asked(enrollment_id: int, activity_ids: Collection[int]) -> dict[str, Any]:
    return {"enrollment_id": enrollment_id, "activity_ids": list(activity_ids)}
