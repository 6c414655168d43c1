"""/aula/<enrollment>/que-me-falta/<course>: what the grade would be; nothing is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import render_template, request

from lms.desk.views.sums import sentence, sums
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import Invalid, NotFound
from lms.foundation.kernel.ids import uuid7
from lms.foundation.kernel.points import Ratio
from lms.foundation.locale.formats import number
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.perform import say
from lms.foundation.web.reading import database, reading
from lms.grading.queries.decisions import Decided, decided
from lms.grading.queries.entries import Entered, Written, entered, with_entered
from lms.grading.queries.recognitions import recognised_courses
from lms.grading.rules.grade import leaves
from lms.grading.rules.marks import Kind, read_mark
from lms.grading.views.figures import out_of, signs
from lms.learning.queries.outline import courses_of
from lms.learning.queries.places import own_place
from lms.learning.queries.states import states_of

LONGEST = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that is still open: what somebody supposes of it, and what is wrong with that."""

    key: str
    title: str
    hint: str
    text: str
    ratio: Ratio | None
    error: str


@guard(Permission.COURSE_TAKE)
def show(enrollment: UUID, course: str) -> str:
    """The grade as it is and, once something is supposed, as it would be."""
    session, now = reading(), database().clock()
    learner = own_place(session, enrollment, signed_in().person_id)
    courses = [each for each in courses_of(session, learner) if each.key == course]
    if not courses:
        raise NotFound()
    by_hand = entered(session, learner.enrollment_id)
    states = states_of(session, learner.enrollment_id, courses, now)
    elsewhere = recognised_courses(session, learner.enrollment_id)

    def decide(marks: Entered) -> Decided:
        known = with_entered(learner, courses, states, marks)
        return decided(learner, courses[0], known, elsewhere, marks)

    found = decide(by_hand)
    asked = _asked(found)
    supposed = _supposed(found, asked, now)
    then = decide({**by_hand, **supposed}) if supposed else None
    is_over = now >= learner.days.over_at
    return render_template(
        "desk/what_if.html",
        learner=learner,
        course=courses[0],
        asked=asked,
        sums=sums(found, by_hand, is_over=is_over),
        then=sums(then, by_hand, is_over=False) if then is not None else None,
        lacks=[sentence(then, each, is_over=False) for each in then.decision.reasons]
        if then is not None
        else [],
    )


def _asked(found: Decided) -> list[Asked]:
    """Everything that is open, with what the address supposes of it."""
    rows = []
    for each in leaves(found.decision.arithmetic.parts):
        if not (each.is_open and (each.counts or each.least)):
            continue
        column = found.scheme.column(each.key)
        top = found.grading.scale.top
        text = request.args.get(each.key, "")[:LONGEST]
        kind, most = (column.kind, column.top) if column else (Kind.NUMBER.value, top)
        hint = out_of(column) if column else _("Out of %(top)s.", top=number(top))
        try:
            ratio, error = read_mark(text, kind, most, **signs()), ""
        except Invalid as wrong:
            ratio, error = None, say(wrong)
        rows.append(Asked(each.key, each.title, hint, text, ratio, error))
    return rows


def _supposed(
    found: Decided, asked: list[Asked], now: datetime
) -> Mapping[tuple[int, str], Written]:
    """What is supposed, as if it had been marked."""
    course_id = found.course.course_id
    return {
        (course_id, each.key): Written(uuid7(), course_id, each.key, each.ratio, None, "", now)
        for each in asked
        if each.ratio is not None
    }
