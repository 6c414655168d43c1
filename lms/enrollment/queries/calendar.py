"""The activities that a cohort's calendar may date, with the dates they have."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from lms.catalog.queries.structure import CourseStructure, structure
from lms.enrollment.rules.calendar import Window, moments
from lms.foundation.kernel.errors import N_, Refused


def windows_of(
    session: Session, course_version_ids: Sequence[int], calendar: Mapping[str, Mapping[str, Any]]
) -> tuple[Window, ...]:
    """The windows that a calendar gives to activities of these courses, in their order.

    Without a calendar nothing is read. A date for what the courses do not have is refused.
    """
    if not calendar:
        return ()
    courses = [structure(session, each) for each in course_version_ids]
    windows = tuple(each for each in every_window(courses, calendar) if _has_dates(each))
    known = {name for each in windows for name in (each.key, each.key.rpartition("/")[2])}
    for name in calendar:
        if name not in known:
            raise Refused(N_("The courses of the cohort have no activity %(name)s."), name=name)
    return windows


def every_window(
    courses: Sequence[CourseStructure], calendar: Mapping[str, Mapping[str, Any]]
) -> list[Window]:
    """Every activity of the courses with the dates that a calendar gives it, if any."""
    return [
        Window(
            key=f"{course.key}/{activity.key}",
            title=activity.title,
            in_order=course.is_sequential,
            **{
                name: datetime.fromisoformat(text)
                for name, text in moments(calendar, course.key, activity.key).items()
            },
        )
        for course in courses
        for activity in course.activities
    ]


def _has_dates(window: Window) -> bool:
    return window.opens_at is not None or window.closes_at is not None
