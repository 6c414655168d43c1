"""The card at the top of home: the one thing to do next, and what it takes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from lms.assessment.rules.attempts import attempts_left
from lms.assessment.rules.quiz import Settings, with_extra
from lms.desk.queries.home import Home, OpenAttempt, Taken
from lms.desk.views.begun import begun, exercise, one_sitting, returned, tries
from lms.enrollment.rules.allowances import extra
from lms.foundation.locale.formats import kilobytes, minutes_text
from lms.foundation.locale.words import gettext as _
from lms.learning.queries.outline import Step, next_step, page_bytes, step_address


@dataclass(frozen=True, slots=True)
class Continue:
    """The card at the top: the next thing of the course that was studied last."""

    title: str
    where: str
    url: str
    meta: list[tuple[str, str]]
    button: str
    percent: int
    is_return: bool


def onward(found: Home, here: datetime) -> Continue | None:
    """The next thing of the cohort that was studied last, or of the first that has one."""
    steps = [
        (each, step)
        for each in found.taken
        if each.has_seat and (step := next_step(each.learner, each.outlines)) is not None
    ]
    if not steps:
        return None
    each, step = max(
        steps, key=lambda pair: pair[0].last_seen_at.timestamp() if pair[0].last_seen_at else 0
    )
    activity = step.item.activity
    minutes, is_return = one_sitting(activity), bool(each.done or step.is_return)
    running = next(
        (
            one
            for one in each.attempts
            if place_of(one) == _place(step) and (one.deadline is None or here < one.deadline)
        ),
        None,
    )
    if running is not None:
        if running.is_returned and running.deadline is not None:
            button, said = _("Correct my work"), returned(running.deadline, here)
        else:
            button, said = _("Go on with the attempt"), begun(running.deadline, here)
    else:
        button = (
            _("Continue: %(minutes)s", minutes=minutes)
            if is_return
            else _("Begin: %(minutes)s", minutes=minutes)
        )
        said = minutes
    return Continue(
        title=activity.title,
        where=_where(each, step),
        url=step_address(each.learner, step),
        meta=[
            ("clock", said),
            *_more(each, step, here, running=running is not None),
            ("download", kilobytes(page_bytes(step.outline.course, activity))),
        ],
        button=button,
        percent=each.percent,
        is_return=is_return or running is not None,
    )


def _more(each: Taken, step: Step, here: datetime, *, running: bool) -> Iterator[tuple[str, str]]:
    """The exercise of a lesson; the attempts that are left of what was not passed."""
    activity = step.item.activity
    if exercise(activity):
        minutes = minutes_text(exercise(activity))
        yield "pencil", _("%(minutes)s of exercise", minutes=minutes)
    used = each.tried.get(_place(step), 0)
    if used and not running:
        more = extra(each.learner.allowances, step.outline.course.key, activity.key, here)
        source = with_extra(activity.settings, more.attempts, more.minutes)
        left = attempts_left(Settings.of(source).attempts, used)
        if left is not None:
            yield "rotate-ccw", tries(left) if left else _("No attempts left")


def _place(step: Step) -> tuple[int, str]:
    return step.outline.course.course_id, step.item.key


def place_of(attempt: OpenAttempt) -> tuple[int, str]:
    """The course and the key of what is being tried."""
    return attempt.course_id, attempt.activity_key


def _where(each: Taken, step: Step) -> str:
    number, total = step.outline.position(step.item.key)
    place = (
        _("Quiz %(number)s of %(total)s", number=number, total=total)
        if step.item.graded
        else _("Lesson %(number)s of %(total)s", number=number, total=total)
    )
    several = len(each.outlines) > 1
    title = step.outline.course.title if several else each.learner.programme_title
    return f"{title} · {place}"
