"""/aula/<enrollment>: the outline of all courses of one's cohort."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from lms.foundation.access.permissions import Permission
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.reading import database, reading_connection
from lms.learning.queries.outline import CourseOutline, next_step, outlines, step_address
from lms.learning.queries.places import Learner, marks_of, own_place
from lms.learning.views.freshness import fresh, standing_of
from lms.learning.views.outlines import Section, sections


@dataclass(frozen=True, slots=True)
class CourseOnPage:
    """One course of the cohort, ready to be shown."""

    key: str
    title: str
    note: str
    done: int
    total: int
    sections: list[Section]


@dataclass(frozen=True, slots=True)
class NextStep:
    """The one thing to do now."""

    title: str
    url: str


@guard(Permission.COURSE_TAKE)
def show(enrollment: UUID) -> ResponseReturnValue:
    """Every course with its modules, what is done, what is open, and why the rest is not."""
    reader, now = reading_connection(), database().clock()
    learner = own_place(reader, enrollment, signed_in().person_id)
    found = outlines(reader, learner, marks_of(reader, learner.enrollment_id), now)
    return fresh(
        lambda: _page(learner, found, now),
        "course",
        learner,
        [standing_of(each) for each in found],
        now >= learner.days.over_at,
    )


def _page(learner: Learner, found: tuple[CourseOutline, ...], now: datetime) -> str:
    enrollment = learner.enrollment_uid
    return render_template(
        "learning/course.html",
        learner=learner,
        days=learner.days,
        is_before=now < learner.days.starts_at,
        is_over=now >= learner.days.over_at,
        courses=[_course(learner, each) for each in found],
        hours=sum(each.course.hours for each in found),
        kilobytes=sum(each.course.kilobytes for each in found),
        next=_next(learner, found),
        missing_url=url_for("desk.missing", enrollment=enrollment),
        announcements_url=url_for("learning.announcements", enrollment=enrollment),
    )


def _next(learner: Learner, found: tuple[CourseOutline, ...]) -> NextStep | None:
    step = next_step(learner, found)
    if step is None:
        return None
    return NextStep(step.item.activity.title, step_address(learner, step))


def _course(learner: Learner, each: CourseOutline) -> CourseOnPage:
    return CourseOnPage(
        key=each.course.key,
        title=each.course.title,
        note=_note(each),
        done=each.done,
        total=each.total,
        sections=sections(learner.enrollment_uid, each, weights=True),
    )


def _note(each: CourseOutline) -> str:
    if not each.total:
        return _("This course is being prepared.")
    return ngettext(
        "%(done)s of %(num)s activity done", "%(done)s of %(num)s activities done", each.total,
        done=each.done,
    )  # fmt: skip
