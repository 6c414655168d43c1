"""The quiz as a kind of activity: what courses, player and gradebook need of it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.assessment.actions.finish import hand_in
from lms.assessment.actions.lay import lay
from lms.assessment.actions.start import start
from lms.assessment.actions.take import mark_whole, take
from lms.assessment.models import Attempt
from lms.assessment.queries.standing import standing
from lms.assessment.rules import quiz
from lms.assessment.types import TYPES
from lms.catalog.activity import ActivityState, Evidence, Rehearsed
from lms.catalog.models import Activity, CourseVersion, SourceText
from lms.catalog.rules.problems import Problem
from lms.catalog.rules.shapes import Object
from lms.catalog.rules.sources import ActivitySource, CourseSource
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_

MOST_EVIDENCE = 1_000


class QuizKind:
    """Questions answered in attempts and marked by rule."""

    name: str = "quiz"
    suffix: str = ".quiz.yaml"
    shape: Object = quiz.SHAPE
    graded: bool = True
    wording: Collection[str] = (
        "title", "intro", "stem", "feedback", "facts",
        *{key for type_ in TYPES.values() for key in type_.WORDING},
    )  # fmt: skip
    noun: str = N_("Quiz")
    begun: str = N_("Add a quiz")
    icon: str = "clipboard-check"

    def begin(self, key: str, title: str) -> Mapping[str, Any]:
        return quiz.begin(key, title)

    def check(self, source: ActivitySource, course: CourseSource) -> list[Problem]:
        return quiz.check(source.data)

    def import_(self, work: Work, activity: Activity, source: ActivitySource) -> dict[str, Any]:
        return lay(work, activity, source.data)

    def export(self, session: Session, activity: Activity) -> str:
        """The very text it was imported from: what is published is its source."""
        return session.get_one(SourceText, activity.content_sha256).text

    def freeze(self, work: Work, activity: Activity) -> None:
        """Nothing to do: question versions never change."""

    def launch(self, activity_uid: str, enrollment_uid: str) -> str:
        return url_for("assessment.quiz", enrollment=enrollment_uid, activity=activity_uid)

    def open_to_all(self, slug: str, course_key: str, activity_key: str) -> str:
        return url_for(
            "assessment.self_test", slug=slug, course_key=course_key, activity_key=activity_key
        )

    def state(
        self, session: Session, enrollment_id: int, activity_ids: Collection[int], now: datetime
    ) -> Mapping[int, ActivityState]:
        return standing(session, enrollment_id, activity_ids, now)

    def rehearse(
        self, work: Work, enrollment_uid: UUID, activity_uid: UUID, how: Rehearsed
    ) -> UUID | None:
        """An attempt that was begun, handed in empty, or answered and marked as well as can be."""
        if how is Rehearsed.DONE:
            attempt = take(work, enrollment_uid, activity_uid)
            mark_whole(work, attempt)
            return attempt
        attempt = start(work, enrollment_uid, activity_uid)
        if how is Rehearsed.FAILED:
            hand_in(work, attempt)
        return attempt

    def evidence(
        self, session: Session, enrollment_id: int, activity_ids: Collection[int]
    ) -> Sequence[Evidence]:
        rows = session.execute(
            select(Activity.id, Attempt.uid, Attempt.handed_in_at)
            .join(CourseVersion, CourseVersion.id == Activity.course_version_id)
            .join(
                Attempt,
                (Attempt.course_id == CourseVersion.course_id)
                & (Attempt.activity_key == Activity.key),
            )
            .where(
                Attempt.enrollment_id == enrollment_id,
                Activity.id.in_(activity_ids),
                Attempt.handed_in_at.is_not(None),
            )
            .order_by(Attempt.handed_in_at, Attempt.id)
            .limit(MOST_EVIDENCE)
        )
        return [
            Evidence(
                activity_id,
                N_("Attempt handed in"),
                at,
                "assessment.staff_attempt",
                {"attempt": str(uid)},
            )
            for activity_id, uid, at in rows
            if at is not None
        ]
