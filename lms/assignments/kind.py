"""The assignment as a kind of activity: what courses, player and gradebook need of it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.assignments.actions.rehearse import rehearse
from lms.assignments.models import Submission
from lms.assignments.queries.standing import states
from lms.assignments.queries.works import KIND
from lms.assignments.rules import assignment
from lms.catalog.activity import ActivityState, Evidence, Rehearsed
from lms.catalog.models import Activity, CourseVersion, SourceText
from lms.catalog.rules.problems import Problem
from lms.catalog.rules.shapes import Object
from lms.catalog.rules.sources import ActivitySource, CourseSource, as_json
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_

MOST_EVIDENCE = 1_000


class AssignmentKind:
    """A work that is handed in as text or files, and that a person marks."""

    name: str = KIND
    suffix: str = ".assignment.yaml"
    shape: Object = assignment.SHAPE
    graded: bool = True
    wording: Collection[str] = ("title", "instructions", "description")
    noun: str = N_("Assignment")
    begun: str = N_("Add an assignment")
    icon: str = "pencil"

    def begin(self, key: str, title: str) -> Mapping[str, Any]:
        return assignment.begin(key, title)

    def check(self, source: ActivitySource, course: CourseSource) -> list[Problem]:
        return assignment.check(source.data)

    def import_(self, work: Work, activity: Activity, source: ActivitySource) -> dict[str, Any]:
        """An assignment has no rows of its own before somebody works at it."""
        plain: dict[str, Any] = as_json(source.data)
        return plain

    def export(self, session: Session, activity: Activity) -> str:
        """The very text it was imported from: what is published is its source."""
        return session.get_one(SourceText, activity.content_sha256).text

    def freeze(self, work: Work, activity: Activity) -> None:
        """Nothing to do: what it asks is part of the activity, which never changes."""

    def launch(self, activity_uid: str, enrollment_uid: str) -> str:
        return url_for("assignments.work", enrollment=enrollment_uid, activity=activity_uid)

    def open_to_all(self, slug: str, course_key: str, activity_key: str) -> str:
        return url_for(
            "assignments.seen", slug=slug, course_key=course_key, activity_key=activity_key
        )

    def state(
        self, session: Session, enrollment_id: int, activity_ids: Collection[int], now: datetime
    ) -> Mapping[int, ActivityState]:
        return states(session, enrollment_id, activity_ids, now)

    def rehearse(
        self, work: Work, enrollment_uid: UUID, activity_uid: UUID, how: Rehearsed
    ) -> UUID | None:
        """A work that was begun, or handed in and marked as badly or as well as can be."""
        rehearse(work, enrollment_uid, activity_uid, how)
        return None

    def evidence(
        self, session: Session, enrollment_id: int, activity_ids: Collection[int]
    ) -> Sequence[Evidence]:
        rows = session.execute(
            select(Activity.id, Submission.uid, Submission.handed_in_at)
            .join(CourseVersion, CourseVersion.id == Activity.course_version_id)
            .join(
                Submission,
                (Submission.course_id == CourseVersion.course_id)
                & (Submission.activity_key == Activity.key),
            )
            .where(
                Submission.enrollment_id == enrollment_id,
                Activity.id.in_(activity_ids),
                Submission.handed_in_at.is_not(None),
            )
            .order_by(Submission.handed_in_at, Submission.id)
            .limit(MOST_EVIDENCE)
        )
        return [
            Evidence(
                activity_id,
                N_("Work handed in"),
                at,
                "assignments.mark",
                {"submission": str(uid)},
            )
            for activity_id, uid, at in rows
            if at is not None
        ]
